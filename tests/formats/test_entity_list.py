"""Lists of entities: tables and JSONL, whatever people put into them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.formats.entity_list import (
    Broken,
    EntityList,
    entity_of,
    external_id,
    guess_in,
    read_entities,
    written_entities,
)
from rubricator.formats.json_values import Bad
from rubricator.model.entities import Entity
from rubricator.words import say


def read(text: str, where: str = "list.csv") -> EntityList:
    data = text.encode()
    return read_entities(data, where, guess_in(data, where))


def names(found: EntityList) -> list[str]:
    return [entity.name for _line, entity in found.entities]


def told(broken: tuple[Broken, ...]) -> list[tuple[int, str]]:
    return [(one.line, say(one.why)) for one in broken]


def test_a_table_from_wikidatas_query_service() -> None:
    text = "item,itemLabel,itemDescription,itemAltLabel\nhttp://www.wikidata.org/entity/Q7779,CIS,a body,C.I.S.|SNG\n"
    [(line, entity)] = read(text).entities
    assert line == 2
    assert entity == Entity("", "CIS", "", "wikidata:Q7779", ("C.I.S.", "SNG"), "a body")


@pytest.mark.parametrize(
    "text", ["name;kind\nVelis;CITY\n", "\ufeffName\tType\r\nVelis\tCITY\r\n", "kind,name\nCITY,Velis"]
)
def test_any_comma_any_order_any_line_end(text: str) -> None:
    [(_line, entity)] = read(text).entities
    assert (entity.name, entity.kind) == ("Velis", "CITY")


@pytest.mark.parametrize(
    ("ids", "external", "own"),
    [(("Q874", ""), "wikidata:Q874", ""), (("e1", "Q874"), "", "e1"), (("", ""), "", "")],
)
def test_a_column_of_ids_is_wikidatas_where_nothing_else_stands_in_it(
    ids: tuple[str, str], external: str, own: str
) -> None:
    table = f"name,id\nTurkmenistan,{ids[0]}\nToll,{ids[1]}\n"
    lines = "\n".join(
        json.dumps({"name": name, "id": code}) for name, code in zip(("Turkmenistan", "Toll"), ids, strict=True)
    )
    for found in (read(table), read(lines, "list.jsonl")):
        entity = found.entities[0][1]
        assert (entity.external, entity.id) == (external, own)


def test_jsonl() -> None:
    lines = [
        json.dumps({"id": "e1", "name": "Лебедев", "aliases": ["Lebedev", "Lebedev"], "external": "Q5"}),
        "",
        '{"name": "Velis", "aliases": 7}',
        "[1]",
        '{"name": "a", "name": "b"}',
        '{"name": NaN}',
        "{",
        '{"name": {"a": 1}}',
    ]
    found = read("\n".join(lines), "list.jsonl")
    assert [entity for _line, entity in found.entities] == [
        Entity("e1", "Лебедев", "", "wikidata:Q5", ("Lebedev",)),
        Entity("", "Velis", aliases=("7",)),
    ]
    assert [line for line, _why in told(found.broken)] == [4, 5, 6, 7, 8]
    assert "twice" in told(found.broken)[1][1]


def test_each_broken_line_is_told_and_the_others_are_read() -> None:
    text = "\n".join(
        [
            "name,external,id",  # 1
            "Velis,Q1,a",
            ",Q2,b",  # no name
            "Sund,Q0,c",  # no such Wikidata id
            "Sund,not an address,d",
            "Sund,Q3,a",  # the id of line 2
            "Sund,Q4,e,more",
            f"{'x' * 501},,f",
            '"Arv"enia,Q5,g',
            'Kor,"Q6,h',  # a mark that nobody closes
            "Tarn,Q7,i",
            '"Two\nlines",Q8,j',
        ]
    )
    found = read(text)
    assert names(found) == ["Velis", "Tarn", "Two lines"]
    assert found.entities[-1][0] == 12
    lines = dict(told(found.broken))
    assert sorted(lines) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert lines[3] == "it has no name."
    assert "Q0" in lines[4]
    assert "neither a Wikidata id nor an address" in lines[5]
    assert lines[6] == "the id “a” stands in line 2 already."
    assert "4 cells" in lines[7]
    assert "too long" in lines[8]


def test_300_broken_lines_of_100000_are_told_each() -> None:
    rows = ["name,external"] + [f"Name {n},Q{n}" if n % 333 else f'"Na"me {n},Q{n}' for n in range(1, 100_001)]
    found = read("\n".join(rows))
    assert len(found.broken) == 300
    assert len(found.entities) == 99_700
    assert [one.line for one in found.broken[:2]] == [334, 667]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Q7779", "wikidata:Q7779"),
        ("q7779", "wikidata:Q7779"),
        (" wd:Q7779 ", "wikidata:Q7779"),
        ("wikidata:Q7779", "wikidata:Q7779"),
        ("https://www.wikidata.org/wiki/Q7779", "wikidata:Q7779"),
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("", ""),
    ],
)
def test_external_ids(written: str, kept: str) -> None:
    assert external_id(written) == kept
    assert external_id(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("Q", "7779", "Velis", "http://a b", "<x:y>", "Q0", "http:"),
        *("Q4\u0662", "Q1\uff12", "wi\u212aidata:Q5", "wd:Q1\u0661", "wikidata:P31"),  # digits, and a K, of others
    ],
)
def test_what_is_no_external_id(written: str) -> None:
    with pytest.raises(Bad):
        external_id(written)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "a.csv"),
        (b"\n\n", "a.jsonl"),
        (b"a,b\n1,2", "a.csv"),
        (b"[1]\n", "a.jsonl"),
        (b"\x00\xff\xfe\x81", "a.csv"),
    ],
)
def test_what_is_no_list_is_refused_by_name(data: bytes, where: str) -> None:
    with pytest.raises(UserError) as refused:
        read_entities(data, where, guess_in(data, where))
    assert where in say(refused.value.text)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), TEXTS), max_size=5),
    st.sampled_from([".jsonl", ".csv"]),
)
def test_what_was_written_is_read_again(rows: list[tuple[str, str, list[str], str]], suffix: str) -> None:
    made = []
    for n, (name, kind, aliases, note) in enumerate(rows):
        if suffix == ".csv":
            aliases = [alias for alias in aliases if not set(alias) & set("|;")]
        try:
            made.append(entity_of({"id": f"e{n}", "name": name, "kind": kind, "aliases": aliases, "note": note}))
        except Bad:
            continue
    if not made:
        return
    text = "".join(written_entities(made, {}, suffix))
    found = read(text, f"a{suffix}")
    assert not found.broken
    assert [entity for _line, entity in found.entities] == made


def test_the_number_of_mentions_is_in_the_table(tmp_path: Path) -> None:
    [_header, line] = "".join(written_entities([Entity("e1", "=A", note="a;b")], {"e1": 3}, ".csv")).splitlines()
    assert line == "e1,=A,,,,a;b,3"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"name": 1e400}', "“name” is no text."),
        (f'{{"name": {"9" * 4000}}}', "too long for a name: 500 characters are the most."),
        (f'{{"name": {"9" * 5000}}}', "too many digits."),
        ('{"name": "A", "name": "B"}', "the key “name” stands in one object twice."),
        (json.dumps({"name": "A", "id": "x" * 501}), "“id” is longer than 500 characters."),
        (json.dumps({"name": "A", "kind": "x" * 501}), "“kind” is longer than 500 characters."),
        (
            json.dumps({"name": "A", "note": "x" * 100_001}),
            "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is longer than 100000 characters.",
        ),
        ("[" * 100_000, "it is nested too deeply."),
    ],
)
def test_lines_of_those_who_mean_harm(line: str, why: str) -> None:
    found = read(f'{{"name": "Good", "id": "", "kind": "", "note": ""}}\n{line}\n', "list.jsonl")
    assert names(found) == ["Good"]
    ((number, said),) = told(found.broken)
    assert number == 2
    assert said.endswith(why)


def test_a_list_of_nothing_but_broken_lines_says_why() -> None:
    with pytest.raises(UserError, match=r"list\.jsonl holds no entities: line 1: NaN is not a number"):
        read('{"name": NaN}\n[1]\n', "list.jsonl")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Port Velis|V.;Velis", ["Port Velis", "V.", "Velis"]),
        ("“The Port” | the port", ["“The Port”", "the port"]),
        ('"The Port" | V.', ['"The Port"', "V."]),
        ('"Big" V.; "V."', ['"Big" V.', '"V."']),
        ('"V.', ['"V.']),
        ("| ;V.;", ["V."]),
        ('"Smith; John" | V.', ["Smith; John", "V."]),
    ],
)
def test_the_other_names_of_a_cell(cell: str, kept: list[str]) -> None:
    row = ",".join(("Haven", '"' + cell.replace('"', '""') + '"'))
    ((_line, entity),) = read(f"name,aliases\n{row}\n").entities
    assert list(entity.aliases) == kept


@given(st.lists(st.text('ab";| \\\n,', min_size=1, max_size=6), max_size=5))
def test_other_names_come_back_from_a_table_as_they_went(written: list[str]) -> None:
    aliases = tuple(dict.fromkeys(one for name in written if (one := " ".join(name.split()))))
    table = "".join(written_entities([Entity("e1", "Velis", aliases=aliases)], {}, ".csv"))
    ((_line, entity),) = read(table).entities
    assert entity.aliases == aliases


def test_what_is_as_long_as_it_may_be_comes_back_from_a_table() -> None:
    long = Entity("e1", "Velis", "", "", tuple(f"{n} {'x' * 490}" for n in range(500)), "\n\n".join(["a"] * 30_000))
    after = Entity("e2", "Sund")
    table = "".join(written_entities([long, after], {}, ".csv"))
    assert [entity for _line, entity in read(table).entities] == [long, after]
