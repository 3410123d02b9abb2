"""The small words before a name: articles and titles. What borders differ by, and what names are told by."""

from __future__ import annotations

DETERMINERS = frozenset(
    (
        "the a an der die das den dem des ein eine le la les un une l' l’ el los las lo il gli os as o de het"
        " een den det"
    ).split()
)
"""Articles, folded. Only where a name follows are they looked at: many are other words elsewhere."""

TITLES = frozenset(
    (
        "mr mr. mrs mrs. ms ms. miss sir lady lord dame dr dr. prof prof. professor president vice-president"
        " premier chancellor king queen prince princess pope bishop archbishop cardinal imam rabbi sheikh"
        " ayatollah emperor sultan minister ministers secretary deputy chairman chairwoman chair chairperson"
        " speaker governor gov. mayor senator sen. representative rep. congressman congresswoman ambassador envoy"
        " commissioner judge justice attorney prosecutor general gen. colonel col. major maj. captain capt."
        " lieutenant lt. sergeant sgt. admiral adm. marshal commander director executive ceo chief head officer"
        " inspector detective constable spokesman spokeswoman spokesperson leader coach manager editor"
        " correspondent reporter analyst economist lawyer brother sister father rev. hon. foreign prime defence"
        " defense interior finance former acting comrade citizen herr frau präsident präsidentin kanzler"
        " kanzlerin minister ministerin bundeskanzler außenminister monsieur madame mme président présidente"
        " ministre señor señora sr. sra. don doña presidente ministro ministra signor signora президент премьер"
        " министр премьер-министр генерал секретарь председатель глава господин госпожа"
    ).split()
)
"""What stands before a person's name and is no part of it, folded."""

HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss sir lady lord dame dr dr. prof prof. herr frau hon. rev.".split())
"""Those of them that are no office: one who is called so is called by name."""
