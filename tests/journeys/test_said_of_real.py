"""All that can be said of a text, said by keys in the real window: of the seed, of a GUM article and of a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.labeller import BROKEN, INNER, OUTER
from tests.verbs.test_gum import read_gum

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.exchange.sample import sample_project
from rubricator.model.scheme import Attribute, RelationType, Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.hand import Hand

ATTRIBUTES = (Attribute("role", "Role", "choice", ("speaker", "subject"), ("PERSON",), chip=True),)
RELATIONS = (
    RelationType("works_for", "Works for", ("PERSON",), ("ORGANIZATION",)),
    RelationType("met", "Met", ("PERSON",), ("PERSON",), symmetric=True),
)


def declared(path: Path) -> Path:
    """Declare what the journeys say beside labels: an attribute and two types of relations."""
    with Project.open(path, Settings().me()) as project:
        scheme = replace(project.scheme, attributes=ATTRIBUTES, relations=RELATIONS)
        project.schemes.change(scheme, "attributes")
    return path


def choose(hand: Hand, words: str, nth: int = 0, label: str = "") -> None:
    """Choose the nth annotation with these words by walking to it."""
    session = hand.window.session
    found = [one for one in session.spans if one.quote == words and (not label or one.label == label)]
    session.choose(found[nth].id)
    hand.reader.setFocus()


def say(hand: Hand, name: str, keys: str, then: Callable[[Any], None]) -> None:
    """Open a dialog by keys and do something in it."""

    def go(dialog: QDialog) -> None:
        then(dialog)

    hand.answer(name, go)
    hand.keys(keys)


def everything(hand: Hand, words: str, attribute: str, topic: str) -> None:
    """Say all there is of an annotation: attribute, entity, comment, a ruling, and that it shows a topic."""
    choose(hand, words)
    hand.keys("Ctrl+R")
    hand.type(attribute)
    hand.keys("Return", "Ctrl+U", "Shift+Return")

    def comment(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        hand.type("Said on the record.")
        hand.keys("Ctrl+Return", "Escape")

    say(hand, "commentDialog", "Ctrl+M", comment)

    def rule(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        hand.keys("+")  # it stands already, and is asked why
        hand.type("A full name is one span.")
        hand.keys("Return")

    say(hand, "guideline", "F1", lambda _dialog: hand.keys("+"))
    say(hand, "guideline", "F1", rule)
    hand.do("find-topic")
    hand.type(topic)
    hand.keys("Return", "Escape", "Escape")
    hand.reader.setFocus()


def relate(hand: Hand, words: str, to: str) -> None:
    """Relate two annotations by two keys; between them one goes to the other end by a click."""
    choose(hand, words)
    hand.keys("Ctrl+L")
    start = next(one.span.start for one in hand.window.session.spans if one.quote == to)
    hand.click(start + 1)
    hand.keys("Return")


def told(project: Project, article: str, annotator: str) -> dict[str, object]:
    """Return all that was said of an article."""
    annotations = project.annotations(article, annotator)
    names = {one.id: one.name for one in project.entities.all()}
    quotes = {one.id: one.quote for one in annotations}
    return {
        "annotations": [
            (one.label, one.quote, names.get(one.entity, ""), dict(one.attributes))
            for one in annotations
            if one.entity or one.attributes
        ],
        "relations": [
            (quotes[one.source], one.label, quotes[one.target]) for one in project.relations.of(article, annotator)
        ],
        "comments": [(quotes.get(one.on, ""), one.text) for one in project.comments.of(article, annotator)],
        "topics": sorted(tag.topic for tag in project.tags(article, annotator)),
        "rulings": [(x.label, x.quote, x.note) for x in project.scheme.examples if x.note.startswith("A full")],
    }


def there_and_back(project: Project, article: str, folder: Path) -> None:
    """Have it all go out as JSONL and come in again."""
    before = told(project, article, project.me.annotator)
    export(project, folder / "out.jsonl", ExportOptions("jsonl"))
    with Project.create(folder / "again.rubric", Settings().me(), Scheme(), provisional=["scheme", "name"]) as again:
        import_files(again, [folder / "out.jsonl"], ImportOptions())
        assert told(again, article, project.me.annotator) == before
        assert [finding for finding in again.check(full=True) if finding.damage] == []
    assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_of_the_seed(start: Start, corpora: Path, tmp_path: Path) -> None:
    kit.introduced()
    text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
    hand = start(declared(kit.project(tmp_path / "p.rubric", [text])))
    session = hand.window.session
    kit.label(hand, BROKEN, "1")
    kit.label(hand, OUTER, "2")
    kit.label(hand, INNER, "2")
    everything(hand, BROKEN, "speaker", "international relations")
    said = told(session.ready, "a1", session.ready.me.annotator)
    assert said["annotations"] == [("PERSON", BROKEN, "S. Lebedev", {"role": "speaker"})]
    assert said["comments"] == [(BROKEN, "Said on the record.")]
    assert said["rulings"] == [("PERSON", BROKEN, "A full name is one span.")]
    assert len(said["topics"]) == 1  # type: ignore[arg-type]
    choose(hand, INNER)
    hand.keys("Ctrl+U", "Return")
    assert sorted(one.name for one in session.ready.entities.all()) == sorted(["S. Lebedev", INNER])
    relate(hand, BROKEN, OUTER)
    assert told(session.ready, "a1", session.ready.me.annotator)["relations"] == [(BROKEN, "works_for", OUTER)]
    there_and_back(session.ready, "a1", tmp_path)


def test_of_an_article_of_gum(start: Start, corpora: Path, tmp_path: Path) -> None:
    kit.introduced()
    text = read_gum(corpora / "gum-news/coref/gum/tsv/GUM_news_clock.tsv").text
    hand = start(declared(kit.project(tmp_path / "p.rubric", [text])))
    session = hand.window.session
    for nth in range(2):
        kit.label(hand, "Ahmed Mohamed", "1", nth)
    kit.label(hand, "Mohamed", "1", 2)
    kit.label(hand, "Barack Obama", "1")
    everything(hand, "Ahmed Mohamed", "subject", "education")
    project = session.ready
    [ahmed] = [one for one in project.entities.all() if one.name == "Ahmed Mohamed"]
    assert project.entities.counts()[ahmed.id] == 3, "the chain with the last name alone"
    choose(hand, "Barack Obama")
    hand.keys("Ctrl+U", "Return")
    assert len(project.entities.all()) == 2
    choose(hand, "Ahmed Mohamed")
    hand.keys("F7", "F7")
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Mohamed", "the third mention of three"
    relate(hand, "Ahmed Mohamed", "Barack Obama")
    assert told(project, "a1", project.me.annotator)["relations"] == [("Ahmed Mohamed", "met", "Barack Obama")]
    there_and_back(project, "a1", tmp_path)


def test_of_a_sample(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(declared(sample_project(tmp_path)))
    session = hand.window.session
    article = session.article
    assert article is not None
    everything(hand, "Karim Odell", "subject", "agriculture")
    project = session.ready
    assert "Karim Odell" in [one.name for one in project.entities.all()]
    boss = next(one.quote for one in session.spans if one.label == "ORGANIZATION")
    relate(hand, "Karim Odell", boss)
    assert ("Karim Odell", "works_for", boss) in told(project, article.id, project.me.annotator)["relations"]  # type: ignore[operator]
    there_and_back(project, article.id, tmp_path)


def test_and_all_of_it_is_taken_back(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(declared(kit.project(tmp_path / "p.rubric", ["Anna Berg spoke. Berg left.\n"])))
    kit.label(hand, "Anna Berg", "1")
    project = hand.window.session.ready
    before = told(project, "a1", project.me.annotator)
    everything(hand, "Anna Berg", "speaker", "education")
    assert told(project, "a1", project.me.annotator) != before
    for _n in range(6):  # the example and its reason are two
        hand.keys("Ctrl+Z")
    assert told(project, "a1", project.me.annotator) == before
    assert kit.layer(hand) == [("PERSON", "Anna Berg")]
