"""The anatomy of wire articles: the seed, common forms of bylines and datelines, and texts that have none."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.anatomy import Anatomy, read_anatomy
from rubricator.model.dates import find_date
from rubricator.model.tokens import inside_grapheme

ROOT = Path(__file__).resolve().parents[2]
SEED = Path(os.environ.get("RUBRICATOR_CORPORA") or ROOT.parent / "shared" / "data") / "seed" / "turkmenistan-cis.txt"

HEADLINE = "Harbour ministers meet on grain corridor"
BODY = "The ministers met on Monday to talk about nothing at all.\n"


def zones(text: str) -> list[tuple[str, str]]:
    return [(zone.kind, text[zone.start : zone.end]) for zone in read_anatomy(text).zones]


@pytest.mark.skipif(not SEED.exists(), reason="no seed article in the folder of real data (RUBRICATOR_CORPORA)")
def test_the_seed() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = read_anatomy(text)
    assert found.title == text.partition("\n")[0]
    assert found.byline == "Umer Jamshaid"
    assert found.published == "2020-11-19T18:07:00"
    assert found.dateline == "Ashgabat"
    assert found.source == "UrduPoint / Pakistan Point News"
    kinds = [kind for kind, _ in zones(text)]
    assert kinds == ["headline", "byline", "repeat", "lead", "dateline", "repeat"]
    parts = [part for _, part in zones(text)]
    assert parts[2].casefold() == parts[0].casefold()
    assert parts[5] == parts[3] + "."
    assert parts[4].startswith("Ashgabat (")
    assert parts[4].endswith("2020)")


@pytest.mark.parametrize(
    ("line", "byline", "source", "published"),
    [
        ("By Anna Smith", "Anna Smith", "", ""),
        ("By Anna Smith and Tom Bell, Meridian Newswire", "Anna Smith and Tom Bell", "Meridian Newswire", ""),
        ("By Anna Smith, Tom Bell and Iva de la Cruz", "Anna Smith, Tom Bell and Iva de la Cruz", "", ""),
        ("By ANNA S. O'BRIEN, Staff Writer", "ANNA S. O'BRIEN", "", ""),
        ("Mirela Ostane 12 minutes ago Mon 14th September 2026 | 06:07 PM", "Mirela Ostane", "", "2026-09-14T18:07:00"),
        ("Anna Smith | 19 November 2020 | 06:07 PM", "Anna Smith", "", "2020-11-19T18:07:00"),
        ("Anna Smith, Staff Writer, 2020-11-19 18:07", "Anna Smith", "", "2020-11-19T18:07:00"),
        ("Published Thursday 19 Nov 2020 | 06:07 PM", "", "", "2020-11-19T18:07:00"),
        ("Updated: 2020-11-19T18:07:30 GMT", "", "", "2020-11-19T18:07:30"),
        ("Thursday, November 19, 2020", "", "", "2020-11-19"),
        ("By Anna Smith  Nov. 19, 2020 6 p.m.", "Anna Smith", "", "2020-11-19T18:00:00"),
        ("19 November 2020, 18.07h", "", "", "2020-11-19T18:07:00"),
        ("By Łukasz Żak and Zoe\u0308 Ånd", "Łukasz Żak and Zoe\u0308 Ånd", "", ""),
        ("Anna Smith just now", "Anna Smith", "", ""),
    ],
)
def test_bylines(line: str, byline: str, source: str, published: str) -> None:
    text = f"{HEADLINE}\n\n{line}\n\n{BODY}"
    found = read_anatomy(text)
    assert (found.title, found.byline, found.source, found.published) == (HEADLINE, byline, source, published)
    assert zones(text) == [("headline", HEADLINE), ("byline", line), ("lead", BODY.strip())]


@pytest.mark.parametrize(
    ("dateline", "place", "source", "published"),
    [
        ("LONDON, Nov 19 (Agency) -", "London", "Agency", ""),
        ("LONDON (Agency) —", "London", "Agency", ""),
        ("PARIS —", "Paris", "", ""),
        ("PORT VELIS, Sept. 14, 2026 (Meridian Newswire) -", "Port Velis", "Meridian Newswire", "2026-09-14"),
        ("Port Velis, 14 September --", "Port Velis", "", ""),
        ("Port Velis (Meridian Newswire) –", "Port Velis", "Meridian Newswire", ""),
        ("WASHINGTON, D.C. (AP) --", "Washington, D.C.", "AP", ""),
        ("RIO DE JANEIRO, Brazil (MNW) -", "Rio de Janeiro, Brazil", "MNW", ""),
        (
            "Tarsk (Orsk Telegraph / Sund News - 14th September, 2026)",
            "Tarsk",
            "Orsk Telegraph / Sund News",
            "2026-09-14",
        ),
    ],
)
@pytest.mark.parametrize("above", ["", HEADLINE + "\n\n", HEADLINE + "\n"])
def test_datelines(above: str, dateline: str, place: str, source: str, published: str) -> None:
    text = f"{above}{dateline} {BODY}"
    found = read_anatomy(text)
    assert (found.dateline, found.source, found.published) == (place, source, published)
    assert zones(text) == [*([("headline", HEADLINE)] if above else []), ("dateline", dateline), ("lead", BODY.strip())]


def test_a_time_stamp_in_the_byline_goes_before_the_date_in_the_dateline() -> None:
    text = f"{HEADLINE}\nAnna Smith | 15 Sept 2026 | 07.30h\nPORT VELIS, Sept 14, 2026 (MNW) - {BODY}"
    assert read_anatomy(text).published == "2026-09-15T07:30:00"


def test_repeats_are_found_over_hard_wrapped_lines_and_only_as_whole_sentences() -> None:
    lead = "Envoys of nine states met in Port Velis on Monday"
    text = (
        f"{HEADLINE}\n\nBy Anna Smith\n\n{HEADLINE.upper()}\n\n{lead}\n\n"
        "PORT VELIS (MNW) - Envoys of nine states\nmet in Port Velis on Monday. They left.\n\n"
        "Envoys of nine states met in Port Velis on Monday evening.\n"
    )
    assert zones(text)[2:] == [
        ("repeat", HEADLINE.upper()),
        ("lead", lead),
        ("dateline", "PORT VELIS (MNW) -"),
        ("repeat", "Envoys of nine states\nmet in Port Velis on Monday."),
    ]


def test_a_lead_goes_on_over_a_name_that_is_broken_by_a_blank_line() -> None:
    text = f"{HEADLINE}\n\nPORT VELIS (MNW) - Talks begin today, said Anna S.\n\nLebrune.\n\nNothing more.\n"
    assert zones(text)[-1] == ("lead", "Talks begin today, said Anna S.\n\nLebrune.")


def test_a_short_line_over_a_full_paragraph_is_a_headline() -> None:
    body = "The ministers met on Monday. " * 6
    assert read_anatomy(f"{HEADLINE}\n\n{body}\n").title == HEADLINE
    assert read_anatomy(f"{HEADLINE}\n{body}\n") == Anatomy()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t\n",
        "One word",
        "A single paragraph that goes on and on. It has two sentences, and nothing above it.",
        "A first paragraph with its full stop.\n\nA second one, with its own. And more of it to make it long enough.\n",
        "- milk\n- bread\n- eggs for the cake\n",
        "Shopping for Tuesday\n\n- milk\n- bread\n",
        "The grey gull over the harbour wall\n\nCries once, and the tide comes in,\nAnd nobody hears it at all,\nNobody, nor its kin.\n",
        "Dear Sir,\n\nI write to you again about the crane at the end of my street, which still stands there. " * 2,
        "NOTE - The office is closed on Monday and on Tuesday.",
        "PART ONE -- The Old Custom House stood empty for years.",
        "Lebrune (Arvenia) - a fine speaker - won the vote in the end.",
        "The Storm (14 September 1999) was the worst in living memory.",
        "SAS NNP - I-ORG\nLOAN NN - O\n",
        "By the sea we walked\n\nBy the sea we ran, and nobody saw us go.\n",
        "x" * 1_000_000,
    ],
)
def test_a_text_without_anatomy_gives_none(text: str) -> None:
    assert read_anatomy(text) == Anatomy()


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("19 November 2020", "2020-11-19"),
        ("Thu 19th November 2020 | 06:07 PM", "2020-11-19T18:07:00"),
        ("12:05 a.m., Sept. 1, 2026", "2026-09-01T00:05:00"),
        ("19.11.2020 18h07", "2020-11-19T18:07:00"),
        ("11/19/2020", "2020-11-19"),
        ("19/11/2020 1807 GMT", "2020-11-19T18:07:00"),
        ("04/05/2026", None),
        ("31 November 2020", None),
        ("Nov 19", None),
        ("2020-13-01", None),
        ("19 November 2020, 25:61", "2020-11-19"),
    ],
)
def test_printed_dates(printed: str, iso: str | None) -> None:
    found = find_date(printed)
    assert (found.iso if found else None) == iso


PIECES = st.sampled_from(
    [
        HEADLINE,
        "\n",
        "\n\n",
        "By Anna Smith",
        "PORT VELIS, Sept 14 (MNW) - ",
        BODY,
        BODY.strip(),
        "12 minutes ago ",
        "(",
        "14 September 2026 ",
        "06:07 PM",
        " - ",
        "S.\n\nLebrune",
        "e\u0301",
        "👩\u200d🚒",
        "\u200d",
        "\u0301",
        "🇫🇷",
        "  ",
        "“",
        ")",
        ". ",
        "İß",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=14).map("".join) | st.text(max_size=300))
def test_zones_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for zone in read_anatomy(text).zones:
        assert end <= zone.start < zone.end <= len(text)
        part = text[zone.start : zone.end]
        assert part == part.strip()
        assert not inside_grapheme(text, zone.start)
        assert not inside_grapheme(text, zone.end)
        end = zone.end


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500_000,
        "\n" * 1_000_000,
        "LONDON, " * 125_000,
        "By " + "Anna and " * 110_000,
        "1 Jan 2020 " * 90_000,
        f"{HEADLINE}\n\n" * 24_000,
        f"{HEADLINE}\n\nLONDON (X) - " + "The ministers met on Monday.\n" * 34_000,
        f"{HEADLINE}\n\nLONDON (X) - a {'a ' * 600}b.\n" + "a " * 500_000,
        f"{HEADLINE}\n\n" + "S.\n\n" * 250_000,
        f"{HEADLINE}\n\ne" + "\u0301" * 1_000_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_megabyte_of_anything_is_read_in_a_moment(text: str) -> None:
    started = time.process_time()
    read_anatomy(text)
    assert time.process_time() - started < 6.0  # of the processor: what grew with the square would take minutes
