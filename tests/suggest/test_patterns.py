"""What is written like a date, a sum ...: found whole, told apart, and nothing of what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.suggest.patterns import patterns
from rubricator.suggest.reading import Reading
from rubricator.suggest.steps import at_once


def found(text: str) -> list[str]:
    """Return words and kinds."""
    return [f"{text[one.start : one.end]}={one.what}" for one in at_once(patterns(Reading(text)))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Umer 3 minutes ago Thu 19th November 2020 | 06:07 PM", "3 minutes ago=TIME|Thu 19th November 2020=DATE|06:07 PM=TIME"),
        ("Ashgabat (UrduPoint - 19th November, 2020) The", "19th November, 2020=DATE"),
        ("Sunday, 13 September 2026, 18.40h", "Sunday, 13 September 2026=DATE|18.40h=TIME"),
        ("on September 29, 2010 and on 1 January", "September 29, 2010=DATE|1 January=DATE"),
        ("since 2014, in the 1990s, last year’s", "2014=DATE|1990s=DATE|last year=DATE"),
        ("by spring 2021, in autumn 2022 and in winter", "spring 2021=DATE|autumn 2022=DATE"),
        ("for two\ndays", "two\ndays=DATE"),
        ("for two\n\ndays", "two=CARDINAL"),
        ("two hours and twenty minutes", "two hours and twenty minutes=TIME"),
        ("on Friday evening President Odell", "Friday=DATE|evening=part of a day"),
        ("Yesterday morning’s, tomorrow\nnight", "Yesterday=DATE|morning=part of a day|tomorrow=DATE|night=part of a day"),
        ("in the evening, Friday evenings, Monday night-shift, a Sunday. Morning", "Friday=DATE|Monday=DATE|Sunday=DATE"),
        ("at 9 a.m. on Wednesday", "9 a.m.=TIME|Wednesday=DATE"),
        ("another 40 million marks", "40 million marks=MONEY"),
        ("$20,000 bail, £1.2bn, US$5 million, 3 euros", "$20,000=MONEY|£1.2bn=MONEY|US$5 million=MONEY|3 euros=MONEY"),
        ("about 30 per\ncent, 4.5%, eight percent", "30 per\ncent=PERCENT|4.5%=PERCENT|eight percent=PERCENT"),
        ("2.4 million tonnes at 110 kilometres an hour", "2.4 million tonnes=QUANTITY|110 kilometres an hour=QUANTITY"),
        ("Karim Odell, 58, who", "58=AGE"),
        ("a 19-year-old aged 21", "19-year-old=AGE|21=AGE"),
        ("forty-one singers, 310,000 times", "forty-one=CARDINAL|310,000=CARDINAL"),
        ("the third of nine, the 8th meeting", "third=ORDINAL|nine=CARDINAL|8th=ORDINAL"),
        ("12 mai 2020", "12=CARDINAL"),
        ("by May of 2009, the summer of 2008", "May of 2009=DATE|2008=DATE"),
        ("Each of 12 people. NATO of 30 members", "12=CARDINAL|30=CARDINAL"),
        ("Prices of 2008 fell. A Group of 20 leaders", "2008=DATE|20=CARDINAL"),
        ("the Spring of 2009", "2009=DATE"),
        ("after 1,200 of 2100 votes", "1,200=CARDINAL|2100=CARDINAL"),
    ],
)  # fmt: skip
def test_what_is_found(text: str, wanted: str) -> None:
    assert found(text) == wanted.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "the 8th meeting of the ministers", "The 8th Meeting Of The Ministers", "an eighth joint session of the union",
        "Covid-19 and G20", "one of them", "It may march", "May said so", "a second look at second hand", "3-1", "v1.2.3",
        "http://example.org/2020/11/19", "the Sunday Times", "the marks", "page/12", "the Academy Act of 1814, the War of\n1812", "x=5y", "",
    ],
)  # fmt: skip
def test_what_is_none_of_it(text: str) -> None:
    assert found(text) == []


@given(st.text("0123456789 .,:-$%\nMonday two million marks 19th", max_size=80) | st.text(max_size=60))
def test_they_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for one in at_once(patterns(Reading(text))):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        last = one.end


def test_a_long_text_of_digits_is_read_in_no_time_of_its_own() -> None:
    text = "1,000 " * 20_000
    assert len(at_once(patterns(Reading(text)))) == 20_000
