"""Columns of coreference: those of GUM against its other serialisations, those of CoNLL-2012, and bad files in words."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from tests.verbs.test_gum import conll_chains, read_gum

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats import recognised
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.conll.coref import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say


def read(path: Path) -> tuple[list[Header], list[Record]]:
    items = list(FORMAT.read(path, ReadOptions()))
    return [x for x in items if isinstance(x, Header)], [x for x in items if isinstance(x, Record)]


ONTONOTES = """#begin document (bn/x_1); part 002
bn/x_1 2 0 Port NNP (TOP(NP* - - - s (ORG* * (3
bn/x_1 2 1 Velis NNP *) - - - s *) * 3)
bn/x_1 2 2 said VBD * - - - s * * -

bn/x_1 2 0 its PRP$ (NP* - - - s * * (3)|(4
bn/x_1 2 1 Ann NN *) - - - s (PERSON) * 4)
#end document
"""


def test_conll_2012_has_groups_and_names(tmp_path: Path) -> None:
    path = tmp_path / "x.v4_gold_conll"
    path.write_text(ONTONOTES)
    assert getattr(recognised(path), "key", "") == "conll-coref"
    [header], [record] = read(path)
    assert record.text == "Port Velis said\nits Ann"
    assert record.title == "bn/x_1 2"
    found = sorted((a.label, a.quote, bool(a.entity)) for a in record.layers[0].annotations)
    assert found == [
        ("ORG", "Port Velis", False),
        ("PERSON", "Ann", False),
        ("mention", "Port Velis", True),
        ("mention", "its", True),
        ("mention", "its Ann", False),
    ]
    assert [entity["name"] for entity in header.entities] == ["Port Velis"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0\tAnna\t(1)\n", "a.conll, line 1: no document was begun."),
        ("# begin document x\n", "a.conll holds no words."),
        ("# begin document x\n0\tAnna\t(p-1\n", "a.conll, line 2: the bracket (1 is never closed."),
        ("# begin document x\n0\tAnna\tp-1)\n", "a.conll, line 2: the bracket p-1) was never opened."),
        ("# begin document x\n0\tAnna\t_\n1\tleft\n", "a.conll, line 3: the number of columns is 2, and 3 before."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.conll").write_text(text)
    with pytest.raises(UserError) as caught:
        read(tmp_path / "a.conll")
    assert words in say(caught.value.text)


@pytest.mark.parametrize("name", ["clock", "defector", "election", "expo", "ie9", "imprisoned", "korea"])
def test_gums_chains_are_its_entities(corpora: Path, tmp_path: Path, name: str) -> None:
    path = corpora / f"gum-news/coref/gum/conll/GUM_news_{name}.conll"
    gold = read_gum(corpora / f"gum-news/coref/gum/tsv/GUM_news_{name}.tsv")
    _, [record] = read(path)
    assert record.text.split() == gold.text.split()

    def bare(text: str, at: int) -> int:
        return len("".join(text[:at].split()))

    chains: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for a in record.layers[0].annotations:
        chains[a.entity or a.id].add((bare(record.text, a.span.start), bare(record.text, a.span.end)))
    expected = conll_chains(path, gold.tokens)
    assert set(map(frozenset, chains.values())) == {
        frozenset((bare(gold.text, start), bare(gold.text, end)) for start, end in chain) for chain in expected
    }
    options = ImportOptions(new_labels="add", annotator="gold")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [path], options)
        assert report.annotations == len(gold.mentions)
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [path], options)
        assert project.rows.sizes() == sizes
