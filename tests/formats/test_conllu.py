"""CoNLL-U: written for the library `conllu` to read, and read in every construct, with GUM as the judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verbs.test_gum import Gold, chained, conll_chains, read_gum

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.formats.base import SUBTOKEN, Header, ReadOptions, Record, WriteOptions
from rubricator.formats.conllu.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Annotation
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make
from .conllu_referee import documents


def read_file(path: Path) -> tuple[list[Header], list[Record]]:
    items = list(FORMAT.read(path, ReadOptions()))
    return [x for x in items if isinstance(x, Header)], [x for x in items if isinstance(x, Record)]


def read(folder: Path, text: str) -> Record:
    (folder / "a.conllu").write_bytes(text.encode())
    _, [record] = read_file(folder / "a.conllu")
    return record


def told(record: Record) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[0].annotations]


def rows(*words: str) -> str:
    """Return a sentence: `form`, or `form MISC`, each."""
    cells = [word.partition(" ")[::2] for word in words]
    lines = [f"{n}\t{form}" + "\t_" * 7 + f"\t{misc or '_'}\n" for n, (form, misc) in enumerate(cells, 1)]
    return "".join(lines) + "\n"


# --- written ------------------------------------------------------------------------------------------------------


def write(folder: Path, *records: Record, header: Header | None = None, options: WriteOptions | None = None) -> Path:
    out = folder / "out.conllu"
    out.unlink(missing_ok=True)
    options = options or WriteOptions()
    FORMAT.write(header or Header(), records, out, options)
    assert list(FORMAT.found(out, options)) == [FORMAT.expected(record, options) for record in records]
    return out


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    out = write(tmp_path, *make.one_layer(records), header=header)
    make.same_as_golden(out, "samples.conllu")


def test_each_kind_of_mention_is_written_with_its_fields(tmp_path: Path) -> None:
    text = "Anna Berg of the Port Board met Karim.\n\nShe left."
    anna = {"entity": "u1", "attributes": {"sure": True, "role": "chair-woman"}, "note": "Twice."}
    record = make.record(
        text,
        make.annotation(text, "PERSON", "Anna Berg", **anna),
        make.annotation(text, "a label", "Port Board"),
        make.annotation(text, "GROUP", "Anna Berg", "Karim"),
        make.annotation(text, "PERSON", "She", entity="u1"),
        title="Port",
    )
    header = Header(entities=({"id": "u1", "name": "Anna Berg", "external": "wikidata:Q7", "aliases": ["A"]},))
    out = write(tmp_path, record, header=header)
    lines = out.read_text("utf-8").split("\n")
    assert lines[:6] == [
        "# newdoc id = a1",
        "# global.Entity = eid-etype-identity-other",
        "# meta::title = Port",
        "# newpar",
        "# sent_id = a1-1",
        "# text = Anna Berg of the Port Board met Karim.",
    ]
    misc = [line.split("\t")[9] for line in lines if "\t" in line]
    assert misc == [
        "Entity=(e1[1/2]-GROUP(e2-PERSON-wikidata%3AQ7-sure:%3Dtrue,role:chair%2Dwoman,.entity:u1,.name:Anna%20Berg,.note:Twice.",
        "Entity=e1[1/2])e2)",
        "_",
        "_",
        "Entity=(e3-a%20label",
        "Entity=e3)",
        "_",
        "Entity=(e1[2/2]-GROUP)|SpaceAfter=No",
        r"SpacesAfter=\n\n",
        "Entity=(e2-PERSON-wikidata%3AQ7-.entity:u1)",
        "SpaceAfter=No",
        "SpaceAfter=No",
    ]
    losses = {loss.kind: loss.where for loss in FORMAT.losses(header, [record], WriteOptions())}
    assert losses == {"entity-details": ("Anna Berg",), "article": ()}
    [again], [back] = read_file(out)
    assert [dict(entity) for entity in again.entities] == [
        {"id": "u1", "name": "Anna Berg", "kind": "PERSON", "external": "wikidata:Q7"}
    ]
    assert back.text == text
    assert back.title == "Port"


def test_mentions_of_one_thing_that_cross_are_told_apart(tmp_path: Path) -> None:
    text = "a b c d"
    cross = [make.annotation(text, "X", "a b c", entity="u"), make.annotation(text, "X", "b c d", entity="u")]
    record = make.record(text, *cross)
    [(_, mentions)] = documents(write(tmp_path, record))
    assert sorted((m.parts, m.group) for m in mentions) == [(((0, 5),), "e1"), (((2, 7),), "e2")]
    assert [loss.kind for loss in FORMAT.losses(Header(), [record], WriteOptions())][:1] == ["chain"]


@given(st.lists(make.records(layers_most=1), min_size=1, max_size=2), st.sampled_from(SUBTOKEN))
@settings(max_examples=60)
def test_the_library_reads_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], subtoken: str
) -> None:
    options = WriteOptions(subtoken=subtoken)  # type: ignore[arg-type]
    found = documents(write(tmp_path_factory.mktemp("conllu"), *records, options=options))
    assert len(found) == len(records)
    for (text, mentions), record in zip(found, records, strict=True):
        plain = set(filter(str.isspace, record.text)) <= set(" \t\n")  # the library strips other white space off lines
        assert text == record.text if plain else "".join(text.split()) == "".join(record.text.split())
        spans: Counter[tuple[object, object]] = Counter()
        for key, n in FORMAT.expected(record, options).items():
            if key[0] == "span":
                spans[key[1] if plain else len(key[1]), key[2]] += n
        assert Counter((m.parts if plain else len(m.parts), m.kind) for m in mentions) == spans


# --- read ---------------------------------------------------------------------------------------------------------


def test_white_space_is_what_the_file_says(tmp_path: Path) -> None:
    text = (
        "# newdoc id = d\n# newpar\n# text = Velis, 10\u00a0000.\n"
        + rows(r"Velis SpaceAfter=No|SpacesBefore=\s\t", r", SpacesAfter=\s\n", "10 SpacesAfter=\u00a0", "000 SpaceAfter=No", ".")
        + "# text = Yes!No\n" + rows("Yes", "!", "No") + "# newpar\n" + rows("End SpaceAfter=No")
    )  # fmt: skip
    record = read(tmp_path, text)
    assert record.text == " \tVelis, \n10\u00a0000. Yes!No\n\nEnd"
    assert record.title == "d"
    assert record.cases == ()


def test_white_space_at_the_ends_of_a_span_is_a_loss() -> None:
    text = "  Anna left."
    record = make.record(text, make.over(text, "A", ((1, 6),)), make.over(text, "B", ((2, 6), (7, 11))), id="")
    losses = {loss.kind: loss.where for loss in FORMAT.losses(Header(), [record], WriteOptions())}
    assert losses == {"trimmed": ("Anna left.: A “ Anna”",)}


def test_a_comment_with_other_words_is_told(tmp_path: Path) -> None:
    record = read(tmp_path, "# text = Other words\n" + rows("These", "words"))
    assert record.text == "These words"
    assert record.cases == (("words", "a.conllu, line 2: Other words"),)


def test_contractions_and_empty_nodes_have_their_places(tmp_path: Path) -> None:
    blank = "\t_" * 7
    text = (
        "# global.Entity = GRP-etype\n# text = boy's dunno du Bois.\n"
        f"1-2\tboy's{blank}\t_\n1\tboy{blank}\tEntity=(1-P)\n2\t's{blank}\t_\n"
        f"3-4\tdunno{blank}\t_\n3\tdo{blank}\tEntity=(2-X\n3.1\tn{blank}\tEntity=(9-E)\n4\tknow{blank}\tEntity=2)(3-Y)\n"
        f"5-6\tdu{blank}\t_\n5\tde{blank}\t_\n6\tle{blank}\tEntity=(4-L\n7\tBois{blank}\tEntity=4)|SpaceAfter=No\n8\t.{blank}\t_\n"
    )
    record = read(tmp_path, text)
    assert record.text == "boy's dunno du Bois."
    assert told(record) == [("P", "boy"), ("X", "dunno"), ("Y", "dunno"), ("L", "du Bois")]
    assert [case for case in record.cases if case[0] != "column"] == [
        ("empty", "a.conllu, line 8: E"),
        ("part", "a.conllu, line 9: Y"),
        ("part", "a.conllu, line 12: L"),
    ]


@pytest.mark.parametrize(
    ("declared", "misc", "spans"),
    [
        ("", ["(1(2", "2)", "1)"], [("mention", "a b c"), ("mention", "a b")]),
        ("", ["(place", "(person)", "place)"], [("place", "a b c"), ("person", "b")]),
        ("", ["(person-1", "_", "person-1)"], [("person", "a b c")]),
        ("entity-GRP", ["(place-1", "(time-2", "1)2)"], [("place", "a b c"), ("time", "b c")]),
        ("eid-etype-head-other", ["(e1-person-1-", "_", "e1)"], [("person", "a b c")]),
        ("eid-etype", ["(e1[1/2]-person)", "_", "(e1[2/2]-person)"], [("person", "a … c")]),
        ("entity-GRP", ["(x-15[1/2])", "(y-15)", "(x-15[2/2])"], [("x", "a … c"), ("y", "b")]),
        ("GRP-etype-link", ["(1-p-a-b)", "(1-p", "1)"], [("p", "a"), ("p", "b c")]),
    ],
)
def test_brackets_in_all_their_forms(
    tmp_path: Path, declared: str, misc: list[str], spans: list[tuple[str, str]]
) -> None:
    head = f"# global.Entity = {declared}\n" if declared else ""
    words = [f"{form} Entity={said}" if said != "_" else form for form, said in zip("abc", misc, strict=True)]
    assert told(read(tmp_path, head + rows(*words))) == spans


def test_fields_attributes_entities_and_links(tmp_path: Path) -> None:
    text = "# global.Entity = eid-etype-infstat-identity-other\n" + rows(
        "Velis Entity=(e1-place-new-Port_Velis%28city%29)",
        "it Entity=(e1-place-giv--gender:f,x%2Cy:1)",
        "port Entity=(e2-object)|Bridge=e1<e2:part",
        "they Entity=(e3-group)|SplitAnte=e1<e3,e2<e3",
        "gone Bridge=e7<e9",
    )
    (tmp_path / "a.conllu").write_text(text)
    [header], [record] = read_file(tmp_path / "a.conllu")
    velis, it, port, they = record.layers[0].annotations
    assert velis.attributes == {"infstat": "new"}
    assert it.attributes == {"infstat": "giv", "gender": "f", "x,y": "1"}
    assert velis.entity == it.entity != ""
    assert port.entity == they.entity == ""
    assert [(e["id"], e["name"], e["external"]) for e in header.entities] == [
        (velis.entity, "Velis", "wikipedia:Port_Velis(city)")
    ]
    found = [(r["label"], r["from"], r["to"]) for r in record.layers[0].relations]
    assert found == [("bridge:part", port.id, it.id), ("split", they.id, it.id), ("split", they.id, port.id)]
    assert record.cases == (("unheld", "a.conllu, line 6: Bridge=e7<e9"),)


def test_names_told_word_by_word(tmp_path: Path) -> None:
    assert told(read(tmp_path, rows("Anna NER=B-P", "Berg NER=E-P", "in NER=O", "Velis NER=S-L"))) == [
        ("P", "Anna Berg"),
        ("L", "Velis"),
    ]
    assert told(read(tmp_path, rows("Anna NE=Per", "Berg NE=Per", "in", "Velis NE=Loc"))) == [
        ("Per", "Anna Berg"),
        ("Loc", "Velis"),
    ]


def test_what_has_no_place_is_told_once_for_a_file(tmp_path: Path) -> None:
    text = "\ufeff# s_type = decl\r\n1\tAnna\tAnna\tPROPN\t_\t_\t0\troot\t_\tGloss=A\r\n2\t😅\t_\tSYM\t_\t_\t1\tx\t_\t_\r\n\r\n"
    record = read(tmp_path, text)
    assert record.text == "Anna 😅"
    names = ["# s_type (1)", "LEMMA (1)", "UPOS (2)", "HEAD (2)", "DEPREL (2)", "MISC Gloss (1)"]
    assert record.cases == tuple(("column", f"a.conllu: {name}") for name in names)


BLANK = "\t_" * 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.conllu holds no words."),
        ("# newdoc id = x\n\n", "a.conllu holds no words."),
        ("1\tAnna\t_\n", "a.conllu, line 1: the number of columns is 3, and ten are needed."),
        ("Anna B-P\n", "a.conllu, line 1: the number of columns is 1"),
        (f"x\tAnna{BLANK}\n", "a.conllu, line 1: “x” is no number of a word"),
        (f"7-3\tAnna{BLANK}\n", "a.conllu, line 1: “7-3” is no number of a word"),
        (f"{'9' * 5000}\tAnna{BLANK}\n", "is no number of a word"),
        (f"1\t{BLANK}\n", "a.conllu, line 1: there is no word."),
        (f"1-2\tAnna{BLANK}\n", "a.conllu, line 1: the words of 1-2 are missing."),
        (rows("a Entity=(1", "b"), "a.conllu, line 1: the bracket (1 is never closed."),
        (rows("a Entity=(1", "b Entity=2)"), "a.conllu, line 2: the bracket 2) was never opened."),
        (rows("a Entity=1"), "a.conllu, line 1: “1” of its Entity is no bracket."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert words in say(caught.value.text)


def test_an_identity_of_a_mention_without_a_group_is_told(tmp_path: Path) -> None:
    record = read(tmp_path, "# global.Entity = etype-identity\n" + rows("Velis Entity=(place-Port_Velis)"))
    assert told(record) == [("place", "Velis")]
    assert record.cases == (("unheld", "a.conllu, line 2: place: wikipedia:Port_Velis"),)


def test_200_000_brackets_in_each_other_are_no_square(tmp_path: Path) -> None:
    deep = "".join(f"({n}-x" for n in range(200_000))
    out = "".join(f"{n})" for n in range(200_000))
    with pytest.raises(UserError, match="the line is longer than 1 MB"):
        read(tmp_path, rows(f"a Entity={deep}", f"b Entity={out}"))
    some = [f"a Entity=({n}-x" for n in range(2_000)] + [f"b Entity={n})" for n in range(2_000)]
    assert len(told(read(tmp_path, rows(*some)))) == 2_000
    flat = read(tmp_path, rows(*(f"a Entity=({n}-x)" for n in range(40_000))))
    assert len(told(flat)) == 40_000


# --- GUM ----------------------------------------------------------------------------------------------------------

NAMES = ["clock", "defector", "election", "expo", "ie9", "imprisoned", "korea"]
Place = tuple[int, int, str]


def bare(text: str) -> Callable[[Place], Place]:
    """Return what counts characters without white space: GUM's serialisations differ in that."""
    at = [0]
    for char in text:
        at.append(at[-1] + (not char.isspace()))
    return lambda place: (at[place[0]], at[place[1]], place[2])


def place_of(a: Annotation) -> Place:
    return a.span.start, a.span.end, a.label


def gum(corpora: Path, name: str) -> tuple[list[Header], Record, Gold]:
    headers, [record] = read_file(corpora / f"gum-news/dep/GUM_news_{name}.conllu")
    return headers, record, read_gum(corpora / f"gum-news/coref/gum/tsv/GUM_news_{name}.tsv")


@pytest.mark.parametrize("name", NAMES)
def test_gum_says_the_same_in_all_its_serialisations(corpora: Path, name: str) -> None:
    headers, record, gold = gum(corpora, name)
    assert "".join(record.text.split()) == "".join(gold.text.split())
    mine, theirs = bare(record.text), bare(gold.text)
    annotations = record.layers[0].annotations
    names = ("infstat", "salience", "centering")
    assert {(mine(place_of(a)), *(a.attributes.get(n) for n in names)) for a in annotations} == {
        (theirs(m.place), *(dict(m.attributes).get(n) for n in names)) for m in gold.mentions
    }
    externals = {e["id"]: e.get("external") for header in headers for e in header.entities}
    links = {(theirs(m.place), f"wikipedia:{meant(m.identity)}") for m in gold.mentions if m.identity}
    assert {(mine(place_of(a)), externals[a.entity]) for a in annotations if a.entity} >= links
    chains: defaultdict[str, set[Place]] = defaultdict(set)
    for a in annotations:
        chains[a.entity or a.id].add(mine(place_of(a)))
    expected = {frozenset(map(theirs, chain)) for chain in gold.chains}
    assert set(map(frozenset, chains.values())) == expected
    brackets = conll_chains(corpora / f"gum-news/coref/gum/conll/GUM_news_{name}.conll", gold.tokens)
    flat = {frozenset(theirs((*place, ""))[:2] for place in chain) for chain in brackets}
    assert {frozenset(place[:2] for place in chain) for chain in chains.values()} == flat


def meant(identity: str) -> str:
    from urllib.parse import unquote

    return unquote(identity)


@pytest.mark.parametrize("name", NAMES)
def test_gums_bridges_lead_from_chain_to_chain(corpora: Path, name: str) -> None:
    _, record, gold = gum(corpora, name)
    mine, theirs = bare(record.text), bare(gold.text)
    chain_of = {
        theirs(place): n
        for n, chain in enumerate(chained((m.place for m in gold.mentions), gold.edges))
        for place in chain
    }
    places = {a.id: mine(place_of(a)) for a in record.layers[0].annotations}
    found = Counter((chain_of[places[r["from"]]], chain_of[places[r["to"]]]) for r in record.layers[0].relations)
    edges = [(theirs(a), theirs(b)) for a, b, kind in gold.edges if kind.startswith("bridge")]
    assert found == Counter((chain_of[b], chain_of[a]) for a, b in edges)


def test_gum_comes_in_whole_twice_is_once_and_goes_out_again(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "gum-news/dep"
    opening = sum(
        line.split("\t")[9].count("(") for path in folder.iterdir() for line in path.read_text("utf-8").split("\n")
        if "\t" in line and "Entity=" in line and "XML=" not in line
    )  # fmt: skip
    assert opening > 1000
    options = ImportOptions(new_labels="add", annotator="gold")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [folder], options)
        assert (report.articles, report.annotations, report.relations) == (7, 1424, 44)
        assert not report.of("refused")
        assert not report.of("repaired")
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [folder], options)
        assert project.rows.sizes() == sizes
        out = tmp_path / "gum.conllu"
        losses = {loss.kind: loss.n for loss in export(project, out, ExportOptions("conllu")).losses}
        texts = {project.text(article) for article in project.rows.articles()}
        assert {text for text, _ in documents(out)} == texts
        assert sum(len(mentions) for _, mentions in documents(out)) == 1424 - losses["subtoken"]
        assert losses["subtoken"] <= 2  # GUM parts words where our tokenizer does not
