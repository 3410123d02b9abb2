"""The measures against worked examples that were printed: data and figures are those of the papers."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.review.agreement.layers import mark, marks

from rubricator.review.agreement.alpha import alpha, alpha_ordinal
from rubricator.review.agreement.distances import interval, jaccard, masi, ratio
from rubricator.review.agreement.kappas import bennett, cohen, fleiss, margins, scott
from rubricator.review.agreement.spans import Counts, counted
from rubricator.review.agreement.unitizing import alpha_u, disagreements

# Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability, example C: 4 coders, 12 units, some values missing.
CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [[int(v) for v in unit if v != "."] for unit in zip(*(coder.split() for coder in CODERS), strict=True)]


def printed(value: float | None, digits: int = 3) -> str:
    assert value is not None
    return f"{value:.{digits}f}"


def test_alpha_of_krippendorff_2011() -> None:
    assert printed(alpha(UNITS)) == "0.743"
    assert printed(alpha_ordinal(UNITS)) == "0.815"
    assert printed(alpha(UNITS, interval)) == "0.849"
    assert printed(alpha(UNITS, ratio)) == "0.797"


def test_alpha_of_krippendorff_2011_for_two_coders() -> None:
    # Examples A (binary, alpha .095) and B (nominal, .692) of the same paper.
    one, other = "0 1 0 0 0 0 0 0 1 0".split(), "1 1 1 0 0 1 0 0 0 0".split()
    assert printed(alpha(list(zip(one, other, strict=True)))) == "0.095"
    one, other = list("aabbdcccedda"), list("babbbccceddd")
    assert printed(alpha(list(zip(one, other, strict=True)))) == "0.692"


# Fleiss, J. (1971), table 1: 30 patients, each with 6 diagnoses: depression, personality disorder, schizophrenia,
# neurosis, other.
PATIENTS = """
0 0 0 6 0 | 0 3 0 0 3 | 0 1 4 0 1 | 0 0 0 0 6 | 0 3 0 3 0 | 2 0 4 0 0 | 0 0 4 0 2 | 2 0 3 1 0 | 2 0 0 4 0 | 0 0 0 0 6
1 0 0 5 0 | 1 1 0 4 0 | 0 3 3 0 0 | 1 0 0 5 0 | 0 2 0 3 1 | 0 0 5 0 1 | 3 0 0 1 2 | 5 1 0 0 0 | 0 2 0 4 0 | 1 0 2 0 3
0 0 0 0 6 | 0 1 0 5 0 | 0 2 0 1 3 | 2 0 0 4 0 | 1 0 0 4 1 | 0 5 0 1 0 | 4 0 0 0 2 | 0 2 0 4 0 | 1 0 5 0 0 | 0 0 0 0 6
"""


def test_kappa_of_fleiss_1971() -> None:
    rows = [[int(n) for n in patient.split()] for line in PATIENTS.split("\n") if line for patient in line.split("|")]
    units = [[k for k, n in enumerate(row) for _ in range(n)] for row in rows]
    assert [len(unit) for unit in units] == [6] * 30
    assert printed(fleiss(units)) == "0.430"


def test_kappa_pi_s_and_alpha_of_artstein_and_poesio_2008() -> None:
    # Table 1 (page 558): two coders, statements and information requests.
    table = margins({("stat", "stat"): 20, ("stat", "ireq"): 10, ("ireq", "stat"): 20, ("ireq", "ireq"): 50})
    assert (table.n, table.agreed) == (100, 70)
    assert printed(cohen(table)) == "0.348"
    assert printed(scott(table)) == "0.341"
    assert printed(bennett(table), 2) == "0.40"
    # Table 5 (page 568): with a third category; alpha, and alpha with “check” half as far from the others.
    cells = {("stat", "stat"): 46, ("ireq", "stat"): 6, ("ireq", "ireq"): 32, ("ireq", "chck"): 6, ("chck", "chck"): 10}
    units = list(Counter(cells).elements())
    # The paper's .800 is 1 - .120/.601, reckoned on from three digits; with all of them (as NLTK has it, too) it is .8005.
    assert alpha(units) == pytest.approx(0.8005345806882727, abs=1e-12)
    assert alpha(units) == pytest.approx(0.800, abs=0.001)
    assert printed(alpha(units, lambda a, b: 0 if a == b else 0.5 if "chck" in (a, b) else 1)) == "0.816"
    assert printed(cohen(margins(cells))) == "0.801"
    assert printed(scott(margins(cells)), 4) == "0.7995"
    assert printed(bennett(margins(cells)), 2) == "0.82"


def test_alpha_u_of_krippendorff_2004() -> None:
    # Content Analysis, 2nd edition, page 254: a text from 150 to 450, two observers, categories c and k.
    first = {"c": [(225, 295), (370, 400)], "k": [(180, 240), (300, 350)]}
    second = {"c": [(220, 300), (355, 375), (400, 420)], "k": [(180, 240), (300, 350)]}
    coders = [{label: [(s - 150, e - 150) for s, e in units] for label, units in x.items()} for x in (first, second)]
    found = disagreements(300, coders)
    weight = 2 * 300**2
    assert printed(found["c"].observed / weight, 4) == "0.0144"
    assert printed(found["c"].expected / weight, 4) == "0.0532"
    assert printed(found["c"].alpha, 4) == "0.7286"
    assert printed(found["k"].expected / weight, 4) == "0.0490"
    assert found["k"].alpha == 1
    assert alpha_u(300, coders) == pytest.approx(0.8591, abs=0.0005)  # the book reckons on with four digits


def test_alpha_u_of_krippendorff_1995() -> None:
    # On the reliability of unitizing contiguous data, page 57: D_o of four pairs of observers, a text of length 24.
    pairs = {
        "Bertha and Bill": ([(2, 10), (14, 20)], [(4, 8), (15, 17)], "0.03125"),
        "John and Jill": ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)], "2.26736"),
        "Gerret and Gill": (
            [(2, 8), (10, 12), (14, 18), (20, 22)],
            [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
            "0.02778",
        ),
        "Heather and Hill": (
            [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
            [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
            "0.38715",
        ),
    }
    for one, other, observed in pairs.values():
        found = disagreements(24, [{"A": one}, {"A": other}])["A"]
        assert printed(found.observed / (2 * 24**2), 5) == observed


def test_masi_of_passonneau_2006() -> None:
    a, ab, bc = frozenset("A"), frozenset("AB"), frozenset("BC")
    assert printed(masi(a, ab), 4) == "0.6667"
    assert printed(masi(ab, bc), 4) == "0.8889"
    assert (masi(ab, ab), masi(a, bc), masi(frozenset(), frozenset()), masi(a, frozenset())) == (0, 1, 0, 1)
    assert (jaccard(a, ab), printed(jaccard(ab, bc), 4)) == (0.5, "0.6667")


# SemEval-2013 task 9.1, the examples of its evaluation script: the six ways a system can answer the key.
SIX = {
    "missing": (marks(("brand", 0, 7)), [], "missing missing missing missing"),
    "spurious": ([], marks(("brand", 0, 7)), "spurious spurious spurious spurious"),
    "wrong border": (marks(("drug", 3, 11)), marks(("drug", 0, 11)), "correct partial incorrect incorrect"),
    "wrong type": (marks(("drug", 0, 11)), marks(("brand", 0, 11)), "incorrect correct correct incorrect"),
    "correct": (marks(("drug", 0, 9)), marks(("drug", 0, 9)), "correct correct correct correct"),
    "wrong border and type": (
        marks(("group", 5, 19)),
        marks(("drug", 0, 19)),
        "incorrect partial incorrect incorrect",
    ),
}


@pytest.mark.parametrize("case", SIX)
def test_the_six_cases_of_semeval_2013(case: str) -> None:
    key, answer, expected = SIX[case]
    found = counted(key, answer)
    for schema, what in zip(("type", "partial", "exact", "strict"), expected.split(), strict=True):
        assert found[schema] == Counts(**{what: 1}), schema  # type: ignore[index]


def test_the_six_cases_of_semeval_2013_together() -> None:
    key = [mark(a.label, 100 * n + a.start, 100 * n + a.end) for n, (k, _, _) in enumerate(SIX.values()) for a in k]
    answer = [mark(a.label, 100 * n + a.start, 100 * n + a.end) for n, (_, r, _) in enumerate(SIX.values()) for a in r]
    found = counted(key, answer)
    assert found["type"] == Counts(2, 2, 0, 1, 1)
    assert found["partial"] == Counts(2, 0, 2, 1, 1)
    assert found["exact"] == Counts(2, 2, 0, 1, 1)
    assert found["strict"] == Counts(1, 3, 0, 1, 1)
    assert (found["type"].f1, found["partial"].f1, found["exact"].f1, found["strict"].f1) == (0.4, 0.6, 0.4, 0.2)
