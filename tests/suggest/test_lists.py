"""List completion: the other items of a list, and nothing where there is no list."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.spans import Span
from rubricator.model.text import canonical
from rubricator.suggest.lists import siblings
from rubricator.suggest.reading import Reading

PIECES = [
    "Armenia", "Belarus", "the ", "The ", "United Arab Emirates", "of", "S.\n\nLebedev", "(CIS)", "(", ")", "Bosnia-Herzegovina",
    ", ", "; ", " and ", ", and ", " as well as ", " und ", "、", "和", "،", " و", "و", "أرمينيا", "俄罗斯", "\n", "\n\n", "\u2028", ". ", "! ", " - ", "2014", "apples",
    "l'Arménie", "“", "”", "👨\u200d👩\u200d👧", "\u0301", "שלום", "President ", " ",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=20).map(lambda p: canonical("".join(p)).text)


def others(text: str, item: str, nth: int = 0) -> list[str]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(item, start + 1)
    return [span.quote(text) for span in siblings(text, Span.of(start, start + len(item)))]


SAMPLES = [
    ("Armenia, Belarus and Kyrgyzstan met.", "Armenia|Belarus|Kyrgyzstan"),
    ("Ministers from Armenia, Belarus, Moldova, and Tajikistan met in Minsk.", "Armenia|Belarus|Moldova|Tajikistan"),
    ("Armenia as well as Belarus signed.", "Armenia|Belarus"),
    ("leaders of Armenia; Belarus; and Kyrgyzstan. Moscow and Minsk did not.", "Armenia|Belarus|Kyrgyzstan"),
    ("Anna Smith, of Bonn; Tom Bell, of Rome; and Eva Roth, of Kyiv, came.", "Anna Smith|Tom Bell|Eva Roth"),
    ("Armenia, the United Arab\nEmirates, and\nthe Gambia signed.", "Armenia|United Arab\nEmirates|Gambia"),
    ("Guinea-Bissau, Mali and Togo", "Guinea-Bissau|Mali|Togo"),
    ("Armenien, Belarus und die Ukraine haben", "Armenien|Belarus|Ukraine"),
    ("l'Arménie, la Biélorussie et le Kirghizistan ont", "Arménie|Biélorussie|Kirghizistan"),
    ("Armenia, Bielorrusia y Kirguistán se reunieron", "Armenia|Bielorrusia|Kirguistán"),
    ("Armenia, Bielorussia e Kirghizistan", "Armenia|Bielorussia|Kirghizistan"),
    ("Londen, Parijs en Berlijn", "Londen|Parijs|Berlijn"),
    ("Армения, Беларусь и Кыргызстан подписали", "Армения|Беларусь|Кыргызстан"),
    ("التقى وزراء أرمينيا وبيلاروسيا وكازاخستان في موسكو", "أرمينيا|بيلاروسيا|كازاخستان"),
    ("أرمينيا، بيلاروسيا، وكازاخستان", "أرمينيا|بيلاروسيا|كازاخستان"),
    ("俄罗斯、白俄罗斯和哈萨克斯坦的代表", "俄罗斯|白俄罗斯|哈萨克斯坦"),
    ("日本、韓国、中国が", "日本|韓国|中国"),
    ("the CIS (Commonwealth), CSTO (Treaty) and NATO (Pact) met", "CIS|CSTO|NATO"),
    ("talks (Armenia, Belarus and Georgia) began in Rome and Oslo", "Armenia|Belarus|Georgia"),
    ("the Presidents of Armenia, Belarus and Georgia", "Armenia|Belarus|Georgia"),
    ("Armenia, Belarus And Georgia Sign Treaty In Moscow", "Armenia|Belarus|Georgia"),
    ("apples, pears and plums are", "apples|pears|plums"),
    ("in 2014, 2016 and 2020", "2014|2016|2020"),
    ("President Putin, Prime Minister Modi and Chancellor Merz agreed", "Putin|Modi|Merz"),
    ("Drew, Hootie & the Blowfish and The Stands sang", "Drew|Hootie & the Blowfish|The Stands"),
    ("both Russia and Ukraine said", "Russia|Ukraine"),
    ("“Armenia,” “Belarus” and “Georgia”", "Armenia|Belarus|Georgia"),
]


@pytest.mark.parametrize(("text", "items"), SAMPLES, ids=[text[:30] for text, _ in SAMPLES])
def test_from_each_item_to_all_others(text: str, items: str) -> None:
    for item in items.split("|"):
        assert others(text, item) == [other for other in items.split("|") if other != item], item


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("He met Putin in Minsk, Belarus, on Monday.", "Minsk"),
        ("Smith, president of the bank, and Ivanov", "Smith"),
        ("Russia and, as expected, Ukraine", "Russia"),
        ("Armenia met. Belarus and Georgia did not.", "Armenia"),
        ("Armenia\n\nBelarus and Georgia", "Armenia"),
        ("food and water", "food"),
        ("Moscow. Armenia, Belarus", "Armenia"),
        ("中华人民共和国的代表", "中华人民"),
        ("Armenia", "Armenia"),
        ("Armenian, Belarus and Georgia", "Armenia"),
        (", and ;", ","),
        ("Anna Smith, 15 July 1985; Tom", "Anna Smith"),
        ("Johnson & Johnson said", "Johnson"),
    ],
)
def test_nothing_where_there_is_no_list(text: str, item: str) -> None:
    assert others(text, item) == []


@pytest.mark.parametrize(
    ("text", "item", "items"),
    [
        ("Toll, Vargas s\u0326i Ibarra", "Toll", "Vargas|Ibarra"),
        ("sen\u0303or Toll, sen\u0303ora Vargas y sen\u0303or Ibarra came", "Ibarra", "Toll|Vargas"),
    ],
)
def test_an_accent_behind_its_letter_makes_no_other_word(text: str, item: str, items: str) -> None:
    assert others(text, item) == items.split("|")


def test_a_list_ends_with_its_sentence() -> None:
    text = "In Minsk. Armenia, Belarus and Georgia met. Moldova and Russia did not."
    assert others(text, "Belarus") == ["Armenia", "Georgia"]


def test_no_list_for_pieces_or_places_outside() -> None:
    text = "Armenia, Belarus and Georgia"
    assert siblings(text, Span(((0, 7), (9, 16)))) == []
    assert siblings(text, Span.of(0, 99)) == []
    assert siblings("", Span.of(0, 1)) == []


@given(texts, st.data())
def test_items_lie_apart_inside_the_text_and_beside_the_label(text: str, data: st.DataObject) -> None:
    words = Reading(text).words
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 3, len(words) - 1)))
    span = Span.of(words[first].start, words[last].end)
    found = siblings(text, span)
    assert found == sorted(found)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(item.quote(text) == item.quote(text).strip() for item in found)
    assert all(one.end <= other.start for one, other in pairwise(sorted([*found, span])))
    assert siblings(Reading(text), span) == found


@pytest.mark.parametrize("piece", ["Armenia, ", "a", "( ", "和", "， ", "Armenia and ", "\u0301", "Armenia; "])
def test_only_a_stretch_is_read(piece: str) -> None:
    """A line of a megabyte costs what a paragraph costs: count the words that are read."""
    text = piece * (1_000_000 // len(piece))
    middle = text.index(piece, 500_000)
    assert len(Reading.around(text, middle, middle + 1, 1_500).words) <= 3_100
    siblings(text, Span.of(middle, middle + len(piece.rstrip(", ;").split(" ")[0]) or 1))


def test_the_seed(corpora: Path) -> None:
    text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
    countries = "Azerbaijan Armenia Belarus Kazakhstan Kyrgyzstan Moldova Russia Tajikistan Uzbekistan".split()
    for country in countries:
        assert others(text, country) == [other for other in countries if other != country]
    for item in (
        "Turkmenistan",
        "S.\n\nLebedev",
        "S. Zas",
        "Cabinet of Ministers",
        "Commonwealth",
        "information security",
    ):
        assert others(text, item) == []
