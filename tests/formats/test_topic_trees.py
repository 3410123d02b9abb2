"""Files of topics of every kind, and what is none: told in words, with file and place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.formats.topic_trees import BYTES_MOST, read_topic_file, skos_turtle
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topics import TopicFile
from rubricator_resources import path


def read(text: str | bytes | Any, where: str = "topics.json") -> TopicFile:
    if not isinstance(text, str | bytes):
        text = json.dumps(text)
    return read_topic_file(text if isinstance(text, bytes) else text.encode(), where)


def tree(text: str | bytes | Any, where: str = "topics.json", language: str = "en-GB") -> dict[str, tuple[str, str]]:
    """Return name and parent of each topic, by code."""
    return {topic.code: (topic.name, topic.parent) for topic in read(text, where).topics(language)}


def why_not(text: str | bytes | Any, where: str = "topics.json") -> str:
    with pytest.raises(UserError) as refused:
        read(text, where).topics()
    assert where in str(refused.value)
    return str(refused.value)


# --- IPTC ---------------------------------------------------------------------------------------------------------


def concept(number: int, parent: int = 0, **more: Any) -> dict[str, Any]:
    base = "http://example.org/topic/"
    broader = {"broader": [f"{base}{parent}"]} if parent else {}
    named = {"uri": f"{base}{number}", "qcode": f"t:{number}", "prefLabel": {"en-GB": f"topic {number}"}}
    return named | broader | more


@pytest.fixture(scope="module")
def official(corpora: Path) -> tuple[Topic, ...]:
    file = corpora / "iptc-mediatopics" / "cptall-en-GB.json"
    return read_topic_file(file.read_bytes(), file.name).topics()


def test_the_official_file_is_read_whole(official: tuple[Topic, ...]) -> None:
    active = [topic for topic in official if not topic.retired]
    assert (len(official), len(active), len(official) - len(active)) == (1392, 1084, 308)
    assert len({topic.code for topic in official}) == 1392
    assert sum(not topic.parent for topic in official) == 17
    assert official[0] == Topic(
        "medtop:01000000",
        "arts, culture, entertainment and media",
        "All forms of arts, entertainment, cultural heritage and media",
    )
    seen: set[str] = set()
    for topic in official:
        assert not topic.parent or topic.parent in seen
        seen.add(topic.code)


def test_the_official_tree_is_deep_and_no_active_topic_hangs_under_a_retired_one(official: tuple[Topic, ...]) -> None:
    scheme = Scheme(topics=official)
    assert max(len(scheme.topic_path(topic.code)) for topic in official) == 6
    retired = {topic.code for topic in official if topic.retired}
    assert not [topic for topic in official if not topic.retired and topic.parent in retired]


def test_what_the_official_file_says_of_retired_topics_is_kept_with_the_codes_to_use_instead(
    official: tuple[Topic, ...],
) -> None:
    by_code = {topic.code: topic for topic in official}
    one = by_code["medtop:20000351"]
    assert one.retired.startswith("2024-03-28")
    assert one.note.startswith("Retired. Use medtop:20000352 consumer confidence")
    assert one.instead == ("medtop:20000352", "medtop:20000243", "medtop:20000284")
    assert sum(bool(topic.note) for topic in official) > 200
    assert not [topic for topic in official if topic.note and not topic.retired]


def test_the_built_in_file_is_the_top_of_the_official_one(official: tuple[Topic, ...]) -> None:
    active = [topic for topic in official if not topic.retired]
    top = {topic.code for topic in active if not topic.parent}
    wanted = [Topic(t.code, t.name, "", t.parent) for t in active if not t.parent or t.parent in top]
    built_in = path("topics/mediatopics-2.json")
    assert list(read_topic_file(built_in.read_bytes(), built_in.name).topics()) == wanted
    value = json.loads(built_in.read_text(encoding="utf-8"))
    assert value["attribution"]["licence"] == "CC BY 4.0"
    assert value["attribution"]["released"] == "2025-10-09"
    assert len(top) == 17


def test_iptc_names_in_all_its_languages() -> None:
    both = {"conceptSet": [concept(1, prefLabel={"en-GB": "sport", "de": "Sport", "ar": "رياضة"}), concept(2, 1)]}
    assert read(both).languages == ("en-GB", "ar", "de")
    assert tree(both, language="ar") == {"t:1": ("رياضة", ""), "t:2": ("topic 2", "t:1")}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "neither"),
        ('"topics"', "neither"),
        ({"labels": []}, "neither"),
        ({"conceptSet": {}}, "“conceptSet” is not a list of objects"),
        ({"conceptSet": [1]}, "“conceptSet” is not a list of objects"),
        ({"conceptSet": []}, "empty"),
        ({"conceptSet": [{"uri": "x"}]}, "topic 1 of the file has no “qcode”"),
        ({"conceptSet": [concept(1), concept(1)]}, "t:1 stands in it twice (topic 2 of the file)"),
        ({"conceptSet": [concept(1, 2), concept(2, 1)]}, "above itself (topic 1 of the file)"),
        ({"conceptSet": [concept(1, broader=[7])]}, "“broader” of topic 1 of the file is not text"),
        ({"conceptSet": [concept(1), concept(2, 9)]}, "topic 2 of the file: the parent of t:2"),
        ({"conceptSet": [concept(1, prefLabel={"en": 3})]}, "“prefLabel” of topic 1 of the file is not text"),
        ({"rubricator-topics": 2, "topics": []}, "version 1"),
        ({"rubricator-topics": 1, "topics": [{"name": "x"}]}, "no “code”"),
        ({"rubricator-topics": 1, "topics": [{"code": "a", "name": 3}]}, "not text"),
        ({"rubricator-topics": 1, "topics": [{"code": "a", "parent": "a"}]}, "above itself"),
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("<!DOCTYPE html><html>", "a page of the web"),
        ('{"conceptSet": [\n{"uri": "x", "qco', "cut short: it ends in line 2"),
        ('{"conceptSet": [\n{"uri": "x" "qcode"}]}', "line 2, character 13: not JSON"),
        ("[" * 100_000, "nested too deeply"),
        (f"[{'9' * 5000}]", "too many digits"),
        ('{"conceptSet": [NaN]}', "NaN is not a number"),
        ({"conceptSet": [concept(n) for n in range(50_001)]}, "50001 topics; 50000 are the most"),
        ({"conceptSet": [concept(1, qcode="a\nb")]}, "topic 1 of the file: “a b” is too long for a code"),
        ({"conceptSet": [concept(1, definition={"en": "x" * 100_001})]}, "is longer than 100000"),
        ({"conceptSet": [concept(1, broader=["\ud800"])]}, "the parent of t:1, \ufffd, is not in the file"),
        (b"PK\x03\x04\x00\x00", "it holds bytes that no text has"),
        (b"x" * (BYTES_MOST + 1), "larger than 64 MB"),
    ],
)
def test_what_is_no_topics_file_is_refused_with_its_name_and_the_reason(value: Any, why: str) -> None:
    assert why in why_not(value)


def test_two_parents_of_iptc_s_are_told() -> None:
    both = concept(3, 2)
    both["broader"].append("http://example.org/topic/1")
    assert "t:3 has several parents: t:2, t:1" in why_not({"conceptSet": [concept(1), concept(2), both]})


# --- tables and outlines ------------------------------------------------------------------------------------------

TABLE = (
    "code,name,parent,definition,synonyms\r\n"
    "pol,Politics,,,\r\n"
    'loc,"Local, municipal",pol,"What a town\ndecides",town hall; council\r\n'
    "vote,Elections,Politics,,\r\n"
)


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    topics = read(TABLE, "own.csv").topics()
    assert topics == (
        Topic("pol", "Politics"),
        Topic("loc", "Local, municipal", "What a town\ndecides", "pol", synonyms=("town hall", "council")),
        Topic("vote", "Elections", "", "pol"),
    )


def test_columns_stand_in_any_order_and_may_be_called_otherwise_and_in_several_languages() -> None:
    text = "Broader;Name (de);Label;ID;Synonyms@de\n;Politik;Politics;1;\n1;Wahl;Election;2;Abstimmung|Urnengang\n"
    file = read(text, "own.csv")
    assert file.languages == ("de",)
    assert file.topics("de")[1] == Topic("2", "Wahl", "", "1", synonyms=("Abstimmung", "Urnengang"))
    tabs = text.replace(";", "\t")
    assert read(tabs, "own.tsv").topics("de") == file.topics("de")


def test_codes_are_made_of_names_where_there_are_none() -> None:
    assert tree("name,parent\nCity,\nParks,City\n", "own.csv") == {"city": ("City", ""), "parks": ("Parks", "city")}


@pytest.mark.parametrize("indent", ["\t", "  ", "    "])
@pytest.mark.parametrize("where", ["own.txt", "own.csv"])
def test_an_outline_says_by_its_indentation_what_stands_below_what(indent: str, where: str) -> None:
    text = f"City\n{indent}Parks\n{indent}{indent}Trees\n{indent}Town hall\nSea\n"
    if where.endswith(".csv"):
        text = f"name\n{text}"
    assert dict(tree(text, where).values()) == {
        "City": "",
        "Parks": "city",
        "Trees": "parks",
        "Town hall": "city",
        "Sea": "",
    }


def test_names_of_an_outline_may_hold_commas() -> None:
    assert [name for name, _parent in tree("Crime, law and justice\n  Police\n", "own.txt").values()] == [
        "Crime, law and justice",
        "Police",
    ]


def test_a_table_in_another_encoding_reads() -> None:
    assert tree("name\nAfrique du Sud\nCôte d’Ivoire – café\n".encode("windows-1252"), "own.csv")
    assert "Città" in {name for name, _ in tree("name\nCittà\n".encode("utf-16"), "own.csv").values()}
    assert "Città" in {name for name, _ in tree("\ufeffname\nCittà\n", "own.csv").values()}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name,parent\na,A,\nb,B,x\n", "line 3: the parent of b, x, is not in the file"),
        ("code,name,parent\na,A,\na,B,\n", "the topic a stands in it twice (line 3)"),
        ("code,name,parent\na,A,b\nb,B,a\n", "above itself (line 2)"),
        ('code,name\na,"A\nb,B\n', "line 2: a quotation mark is opened and not closed"),
        ("code,name\na,A,x,y\n", "line 2: 4 cells, but only 2 columns"),
        ("code,name\n,\n", "there is no topic in it"),
        ("code,title of it,more\na,A,B\n", "line 1: no column is called “name”"),
        ("one,two,three\na,A,B\n", "line 1 names no column “name”; it names one, two, three"),
        ("code,name,definition\na,A,\n,,lost\n", "line 3: it has neither a name nor a code"),
        ("code,name,parent\na,A,\nb,A,\nc,C,A\n", "line 4: several topics are called “A”"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(text: str, why: str) -> None:
    assert why in why_not(text, "own.csv")


def test_an_outline_may_begin_indented_and_come_back_by_any_step() -> None:
    made = tree("  City\n      Parks\n    Hall\n Sea\n", "own.txt")
    assert made == {"city": ("City", ""), "parks": ("Parks", "city"), "hall": ("Hall", "city"), "sea": ("Sea", "")}


# --- SKOS ---------------------------------------------------------------------------------------------------------

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <http://example.org/topics/> .
e:scheme a skos:ConceptScheme ; skos:hasTopConcept e:city .
e:city a skos:Concept ; skos:prefLabel "City"@en, "Stadt"@de ; skos:narrower e:parks .
e:parks a skos:Concept ; skos:prefLabel "Parks"@en ; skos:altLabel "Gardens"@en, "Grünflächen"@de ;
  skos:definition "Green places"@en .
e:hall a skos:Concept ; skos:prefLabel "Town hall"@en, "Rathaus"@de ; skos:broader e:city ; skos:notation "th" .
e:old a skos:Concept ; skos:prefLabel "Allotments"@en ; skos:broader e:city ; owl:deprecated true ;
  skos:changeNote "Merged with parks."@en ; dct:isReplacedBy e:parks .
"""

WANTED = {
    Topic("city", "City"),
    Topic("th", "Town hall", "", "city"),
    Topic("parks", "Parks", "Green places", "city", synonyms=("Gardens",)),
    Topic("old", "Allotments", "", "city", "retired", note="Merged with parks.", instead=("parks",)),
}


def test_turtle_is_read() -> None:
    file = read(TURTLE, "own.ttl")
    assert set(file.topics()) == WANTED
    assert file.languages == ("en", "de")
    german = {topic.code: (topic.name, topic.synonyms) for topic in file.topics("de")}
    assert german["city"] == ("Stadt", ())
    assert german["parks"] == ("Parks", ("Grünflächen",))


def json_ld(turtle: str, **how: Any) -> str:
    return str(rdflib.Graph().parse(data=turtle, format="turtle").serialize(format="json-ld", **how))


CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "id": "@id",
    "type": "@type",
    "@base": "http://example.org/topics/",
}


@pytest.mark.parametrize("context", [None, {"skos": CONTEXT["skos"]}, CONTEXT, {"@vocab": CONTEXT["skos"]}])
def test_json_ld_as_rdflib_writes_it_is_read_as_rdflib_reads_turtle(context: dict[str, Any] | None) -> None:
    how = {"context": context, "auto_compact": False} if context else {}
    assert set(read(json_ld(TURTLE, **how), "own.jsonld").topics()) == WANTED


words = st.text("abcdeé ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(
        st.tuples(words, words, st.lists(words, max_size=3), st.integers(0, 9), st.booleans()), min_size=1, max_size=9
    )
)
def test_json_ld_and_turtle_of_the_same_graph_give_the_same_topics(
    topics: list[tuple[str, str, list[str], int, bool]],
) -> None:
    """rdflib reads the graph; our own reader of JSON-LD has to find the same in what rdflib writes of it."""
    graph = rdflib.Graph()
    skos, base = rdflib.SKOS, rdflib.Namespace("http://example.org/t/")
    for n, (name, german, others, parent, down) in enumerate(topics):
        node = base[f"n{n}"]
        graph.add((node, rdflib.RDF.type, skos.Concept))
        graph.add((node, skos.prefLabel, rdflib.Literal(name, lang="en")))
        graph.add((node, skos.prefLabel, rdflib.Literal(german, lang="de")))
        for other in others:
            graph.add((node, skos.altLabel, rdflib.Literal(other, lang="en")))
        if n and parent < n:
            link = (base[f"n{parent}"], skos.narrower, node) if down else (node, skos.broader, base[f"n{parent}"])
            graph.add(link)
    turtle = read(graph.serialize(format="turtle"), "t.ttl")
    ld = read(graph.serialize(format="json-ld", context=CONTEXT, auto_compact=False), "t.jsonld")
    for language in ("en", "de"):
        assert {_loose(one) for one in ld.topics(language)} == {_loose(one) for one in turtle.topics(language)}


def _loose(topic: Topic) -> tuple[object, ...]:
    """A graph has no order: synonyms are a set."""
    return topic.code, topic.name, topic.parent, frozenset(topic.synonyms)


def test_json_ld_without_a_context_and_nested_is_read() -> None:
    value = {
        "@context": "https://example.org/context.jsonld",
        "@graph": [
            {
                "@id": "http://example.org/a",
                "@type": "Concept",
                "prefLabel": {"en": "City", "de": "Stadt"},
                "narrower": [{"@id": "http://example.org/b", "@type": "skos:Concept", "prefLabel": "Parks"}],
            }
        ],
    }
    assert tree(value, "own.jsonld") == {"a": ("City", ""), "b": ("Parks", "a")}


def test_no_reader_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A context that only an address names is not fetched, nor anything that Turtle names (rdflib would)."""

    def no(*_args: object, **_more: object) -> None:
        raise AssertionError("a reader asked the network")

    monkeypatch.setattr("socket.socket.connect", no)
    monkeypatch.setattr("socket.getaddrinfo", no)
    monkeypatch.setattr("urllib.request.urlopen", no)
    value = {
        "@context": "http://example.org/context.jsonld",
        "@id": "http://e.org/a",
        "@type": "Concept",
        "prefLabel": "A",
    }
    assert tree(value, "own.jsonld") == {"a": ("A", "")}
    turtle = f"{TURTLE} <http://example.org/topics/> owl:imports <http://example.org/more.ttl> ."
    assert set(read(turtle, "own.ttl").topics()) == WANTED


def test_iptc_in_turtle_has_iptc_s_codes() -> None:
    turtle = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix m: <http://cv.iptc.org/newscodes/mediatopic/> .\n"
        'm:20000029 a skos:Concept; skos:prefLabel "theatre"@en-GB .'
    )
    assert list(tree(turtle, "mediatopic.ttl")) == ["medtop:20000029"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@prefix skos: <x> .\nskos:a skos:b", "it is not Turtle"),
        ("<a> <b> <c> .", "there is no topic in it"),
        (TURTLE.replace("broader e:city", "broader e:gone"), "is not in the file"),
        (
            TURTLE.replace("narrower e:parks", "broader e:parks").replace("Green places", "x")
            + "e:parks skos:broader e:city .",
            "above itself",
        ),
        (TURTLE + "e:hall skos:broader e:parks .", "th has several parents"),
        (TURTLE + 'e:twin a skos:Concept; skos:notation "th"; skos:prefLabel "T" .', "the topic th stands in it twice"),
    ],
)
def test_what_is_wrong_in_turtle_is_told(text: str, why: str) -> None:
    assert why in why_not(text, "own.ttl")


def test_a_line_of_turtle_is_named() -> None:
    assert "line 3" in why_not(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\nskos:a skos:b skos:c skos:d .\n", "own.ttl"
    )


def test_deep_json_ld_is_refused_not_crashed() -> None:
    value: dict[str, Any] = {"@id": "x", "@type": "Concept", "prefLabel": "x"}
    for _n in range(300):
        value = {"@id": "y", "narrower": value}
    assert "nests deeper" in why_not(value, "own.jsonld")


def test_without_rdflib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rdflib", None)
    with pytest.raises(UserError) as refused:
        skos_turtle.read(TURTLE, "own.ttl")
    assert "rdflib, which is not installed" in str(refused.value)
    assert "rubricator[skos]" in str(refused.value)


# --- those who mean harm ----------------------------------------------------------------------------------------------

CONCEPT = {"@id": "p:1", "@type": "skos:Concept", "skos:prefLabel": "A"}


@pytest.mark.parametrize(
    "context",
    [
        {"a": "b", "b": "a", "p": "q:", "q": "p:"},
        {f"a{n}": f"a{n + 1}:x" for n in range(5000)} | {"p": "a0:"},
        ["http://127.0.0.1:9/context", {"@import": "http://127.0.0.1:9/more"}],
    ],
)
def test_a_context_goes_in_no_circle_and_is_not_fetched(context: Any) -> None:
    found = read_topic_file(json.dumps({"@context": context, "@graph": [CONCEPT]}).encode(), "t.jsonld")
    assert [one.names for one in found.concepts] == [{"": "A"}]


def test_what_is_said_of_one_concept_many_times_is_counted_once_and_told_shortly() -> None:
    """Lists that are looked through for each of their items would take a minute here."""
    graph: list[Any] = [
        {"@id": "x:0", "@type": "skos:Concept", "skos:prefLabel": "A", "skos:altLabel": f"b{n % 9000}"}
        for n in range(18_000)
    ]
    graph += [
        {"@id": f"x:{n}", "@type": "skos:Concept", "skos:prefLabel": "B", "skos:narrower": {"@id": "x:0"}}
        for n in range(1, 9000)
    ]
    found = read_topic_file(json.dumps({"@graph": graph}).encode(), "t.jsonld")
    assert len(found.concepts[0].synonyms[""]) == 9000
    with pytest.raises(UserError, match="x:0 has several parents: x:1, x:2, x:3, x:4, x:5 …") as refused:
        found.topics()
    assert len(str(refused.value)) < 1000


def test_topics_of_one_name_get_codes_of_their_own() -> None:
    found = read_topic_file(b"name,definition\n" + b"Same,x\n" * 20_000, "t.csv")
    assert found.concepts[1].code == "same-2"
    assert len({one.code for one in found.concepts}) == 20_000


HOSTILE_TURTLE = """@prefix s: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <http://www.w3.org/2001/XMLSchema#> .
<http://x/a> a s:Concept ; s:prefLabel "A\\u0041"@en ; s:note "1e99999999"^^x:decimal, "z"^^x:date, 'q', [ s:note (1 2) ] .
"""


def test_turtle_cut_short_anywhere_is_read_or_refused_in_words() -> None:
    pytest.importorskip("rdflib")
    assert read_topic_file(HOSTILE_TURTLE.encode(), "t.ttl").concepts[0].names == {"en": "AA"}
    for end in range(len(HOSTILE_TURTLE)):
        try:
            read_topic_file(HOSTILE_TURTLE[:end].encode() or b"#", "t.ttl")
        except UserError as error:
            words = str(error)
        else:
            words = "t.ttl"
        assert words.startswith("t.ttl"), end
    with pytest.raises(UserError, match="save it as JSON-LD"):
        read_topic_file(b"#" * (16 << 20) + b"#", "t.ttl")
