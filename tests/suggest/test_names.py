"""Name chains: other forms of one name, never another one's, never a common word at a sentence start."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.spans import Span
from rubricator.model.text import canonical
from rubricator.suggest.names import Chain, chain
from rubricator.suggest.persons import agree
from rubricator.suggest.reading import Reading

PIECES = [
    "Sergey Lebedev", "S. Lebedev", "Lebedev", "Mr ", "Ivan ", "'s", ". ", ", ", " ", "\n\n", "S.\n\nLebedev", "CIS", " (CIS)", "(", ")", "-", "the ",
    "Commonwealth of Independent States", "Commonwealth", "Brown", "brown", "May ", "Сергей Лебедев", "أحمد", "東京", "👨\u200d👩\u200d👧", "\u0301",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=16).map(lambda p: canonical("".join(p)).text)


def found(text: str, item: str, nth: int = 0) -> Chain | None:
    start = -1
    for _ in range(nth + 1):
        start = text.index(item, start + 1)
    return chain(Reading(text), Span.of(start, start + len(item)))


def forms(text: str, item: str, nth: int = 0) -> list[str]:
    chained = found(text, item, nth)
    return [f"{mention.span.quote(text)}:{mention.form}" for mention in chained.mentions] if chained else []


@pytest.mark.parametrize(
    ("text", "item", "wanted"),
    [
        ("Sergey Lebedev came. Lebedev said", "Sergey Lebedev", ["Lebedev:last"]),
        ("Sergey Lebedev came. S. Lebedev said", "Sergey Lebedev", ["S. Lebedev:initials"]),
        ("Anna-Lena Brandt came. Brandt said", "Anna-Lena Brandt", ["Brandt:last"]),
        ("Brandt came. Then Anna-Lena Brandt said", "Brandt", ["Anna-Lena Brandt:full"]),
        ("Jean-Paul Morel came. Anna-Lena Morel left. J. Morel said", "Jean-Paul Morel", ["J. Morel:initials"]),
        ("Jean Morel-Duval came. Morel-Duval said so of Morel", "Jean Morel-Duval", ["Morel-Duval:last"]),
        ("Sergey Lebedev came. S.\n\nLebedev said", "Sergey Lebedev", ["S.\n\nLebedev:initials"]),
        ("Sergey Lebedev came, said Mr Lebedev", "Sergey Lebedev", ["Lebedev:last"]),
        ("Sergey Lebedev came in Lebedev's car", "Sergey Lebedev", ["Lebedev:last"]),
        ("Secretary S. Lebedev came. Sergey Lebedev said", "S. Lebedev", ["Sergey Lebedev:full"]),
        ("Lebedev said. Sergey Lebedev left.", "Lebedev", ["Sergey Lebedev:full"]),
        ("Sergey V. Lebedev and Sergey Lebedev", "Sergey Lebedev", ["Sergey V. Lebedev:full"]),
        ("Mohammed bin Salman came, bin Salman said. Salman Rushdie", "Mohammed bin Salman", ["bin Salman:last"]),
        ("Anna Smith-Jones and Smith-Jones and Jones", "Anna Smith-Jones", ["Smith-Jones:last"]),
        ("Xi Jinping arrived. Later Xi left with Mr Xi's aides.", "Xi Jinping", ["Xi:first", "Xi:first"]),
        ("Сергей Лебедев сказал. Лебедев ушёл.", "Сергей Лебедев", ["Лебедев:last"]),
        ("J.K. Rowling wrote. Joanne K. Rowling and Rowling", "J.K. Rowling", ["Joanne K. Rowling:full", "Rowling:last"]),
        ("Stephen King wrote. King said", "Stephen King", ["King:last"]),
        ("SERGEY LEBEDEV came. The end. LEBEDEV", "SERGEY LEBEDEV", ["LEBEDEV:last"]),
    ],
)  # fmt: skip
def test_persons(text: str, item: str, wanted: list[str]) -> None:
    assert forms(text, item) == wanted


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Sergey Lebedev came. Ivan Lebedev said", "Sergey Lebedev"),
        ("Sergey Lebedev came to the Lebedev Institute", "Sergey Lebedev"),
        ("Sergey Lebedev lives in Lebedev-Kumach", "Sergey Lebedev"),
        ("Anna Brown sang. Brown bears are brown. Brown is a colour.", "Anna Brown"),
        ("Theresa May spoke. In May it rained. May is a month.", "Theresa May"),
        ("Will Smith came. Will he stay?", "Will Smith"),
        ("New York is large, said York", "New York"),
        ("The CIS Executive Secretary came with Ch.Amanov, Secretary of the Council.", "CIS Executive Secretary"),
        ("The Deputy Minister came, who was made Minister then", "Deputy Minister"),
        ("Boris Johnson met Boris Becker. Boris left.", "Boris Johnson"),
        ("the Security Council met. The Council of Europe did not.", "Security Council"),
        ("Ivan Lebedev met Sergey Lebedev. Lebedev spoke.", "Ivan Lebedev"),
        ("water is wet, water", "water"),
        ("Dorothea Schlegel, Friedrich von Schlegel", "Dorothea Schlegel"),
        ("Bruno Caloi made the Caloi 10", "Bruno Caloi"),
        ("the Boston Bruins won in Boston", "Boston Bruins"),
        ("in Miami on Miami Beach", "Miami"),
    ],
)
def test_others_are_left_alone(text: str, item: str) -> None:
    assert forms(text, item) == []


def test_a_last_name_alone_is_whoever_was_named_last() -> None:
    text = "Ivan Lebedev came. Lebedev sat. Sergey Lebedev spoke. Lebedev left. Ivan Lebedev stayed."
    assert forms(text, "Ivan Lebedev") == ["Lebedev:last", "Ivan Lebedev:same"]
    assert forms(text, "Sergey Lebedev") == ["Lebedev:last"]
    ambiguous = "Lebedev sat. Ivan Lebedev and Sergey Lebedev came."
    assert forms(ambiguous, "Lebedev") == []


@pytest.mark.parametrize(
    ("text", "item", "wanted"),
    [
        ("The Commonwealth of Independent States (CIS) met. The CIS said", "Commonwealth of Independent States", ["CIS:abbreviation"] * 2),
        ("The Commonwealth of Independent States (CIS) met.", "CIS", ["Commonwealth of Independent States:spelled"]),
        ("CIS (Commonwealth of Independent States) met. CIS", "CIS", ["Commonwealth of Independent States:spelled", "CIS:same"]),
        ("the North Atlantic Treaty Organization, or NATO", "North Atlantic Treaty Organization", ["NATO:abbreviation"]),
        ("Federal Security Service (FSB) and FSB men", "Federal Security Service", ["FSB:abbreviation"] * 2),
        ("the Ministry of Defence said the Ministry knew", "Ministry of Defence", ["Ministry:short"]),
        ("the Ministry of Defence, the Ministry of Health, the Ministry", "Ministry of Defence", []),
        ("Sergey Lebedev (CIS) met the CIS", "Sergey Lebedev", []),
        ("the Security Council and the Security Council's men", "Security Council", ["Security Council:same"]),
    ],
)  # fmt: skip
def test_bodies(text: str, item: str, wanted: list[str]) -> None:
    assert forms(text, item) == wanted


@pytest.mark.parametrize(
    ("text", "item", "fullest"),
    [
        ("S. Lebedev and Sergey Lebedev met. Then Lebedev", "Lebedev", "Sergey Lebedev"),
        ("S. Lebedev and Lebedev", "S. Lebedev", "S. Lebedev"),
        ("the Commonwealth of Independent States (CIS)", "CIS", "Commonwealth of Independent States"),
        ("Kremlin and Kremlin", "Kremlin", "Kremlin"),
    ],
)
def test_the_fullest_form(text: str, item: str, fullest: str) -> None:
    start = text.rindex(item)
    chained = chain(Reading(text), Span.of(start, start + len(item)))
    assert chained is not None
    assert chained.fullest.quote(text) == fullest


@pytest.mark.parametrize(
    "name",
    ["Sir Mervyn King", "Mr Larry King", "Dr Martin Luther King", "BB King", "President Anna King"]
    + [f"Lady Ada {last}" for last in "Pope Judge Marshal Major Bishop Prince Coach".split()],
)
def test_a_title_that_is_a_surname_goes_on_as_one(name: str) -> None:
    last = name.split()[-1]
    text = f"{name} spoke. Later {last} said no. He asked {last} again."
    assert forms(text, name) == [f"{last}:last"] * 2
    assert forms("The Chief Judge came; then the Judge spoke.", "Chief Judge") == []


def test_titles_and_possessives_of_the_label_itself() -> None:
    text = "President Sergey Lebedev came. Lebedev's aide saw Mr Lebedev."
    assert forms(text, "President Sergey Lebedev") == ["Lebedev:last", "Lebedev:last"]
    assert forms(text, "Lebedev's") == ["Sergey Lebedev:full", "Lebedev:same"]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Sergey", "S.", True),
        ("Sergey", "I.", False),
        ("Sergey V.", "Sergey", True),
        ("S. V.", "Sergey Viktorovich", True),
        ("S. V.", "Sergey Ivanovich", False),
        ("J.K.", "Joanne Kathleen", True),
        ("Ch.", "Charymyrat", True),
    ],
)
def test_given_names_that_agree(one: str, other: str, wanted: bool) -> None:
    assert agree(tuple(one.split()), tuple(other.split())) == wanted
    assert agree(tuple(other.split()), tuple(one.split())) == wanted


@given(texts, st.data())
def test_mentions_lie_inside_the_text_and_beside_the_label(text: str, data: st.DataObject) -> None:
    reading = Reading(text)
    if not reading.words:
        return
    first = data.draw(st.integers(0, len(reading.words) - 1))
    last = data.draw(st.integers(first, min(first + 4, len(reading.words) - 1)))
    span = Span.of(reading.words[first].start, reading.words[last].end)
    chained = chain(reading, span)
    if chained is None:
        return
    starts = {word.start for word in reading.words}
    spans = [mention.span for mention in chained.mentions]
    assert spans == sorted(set(spans))
    for found_ in [*spans, chained.fullest]:
        assert 0 <= found_.start < found_.end <= len(text)
        assert found_.start in starts
        assert text[found_.start : found_.end].casefold() not in {"the", "brown", "mr"} or text[found_.start].isupper()
    assert all(found_.end <= span.start or found_.start >= span.end for found_ in spans)


def test_no_chain_for_pieces() -> None:
    reading = Reading("Sergey Lebedev")
    assert chain(reading, Span(((0, 6), (7, 14)))) is None
    assert chain(reading, Span.of(0, 3)) is None
    assert chain(Reading(""), Span.of(0, 1)) is None


def test_the_seed(corpora: Path) -> None:
    text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
    assert forms(text, "S.\n\nLebedev") == []
    assert forms(text, "Collective Security Treaty Organization") == ["CSTO:abbreviation"]
    assert forms(text, "CSTO") == ["Collective Security Treaty Organization:spelled"]
    assert forms(text, "Afghanistan") == ["Afghanistan:same"]
    assert len(forms(text, "CIS")) == 7
    assert all(form == "CIS:same" for form in forms(text, "CIS"))
