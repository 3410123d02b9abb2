"""What can be said of annotations: entities, attributes, comments, guidelines, and the scheme that decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from rubricator.exchange.entity_lists import plan_entities
from rubricator.model.entities import Entity
from rubricator.model.scheme import Attribute, Scheme
from rubricator_gui.dialogs.comments import CommentDialog, OnAnnotation
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.dialogs.entity_import import BrokenDialog, ColumnsDialog
from rubricator_gui.dialogs.guidebook import GuidelineBook
from rubricator_gui.dialogs.guideline import About, GuidelineDialog
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.twins import TwinsDialog
from rubricator_gui.hand import Hand


def richer(scheme: Scheme) -> Scheme:
    """Return the scheme with attributes."""
    return replace(
        scheme,
        attributes=(
            Attribute("gender", "Gender", "choice", ("f", "m", "x"), ("PERSON",), required=True, chip=True),
            Attribute("sure", "Sure", "flag", default=True),
        ),
    )


def saying(hand: Hand, out: Path, look: str) -> None:
    """Show all of it, in one look; the project is as before in the end."""
    session = hand.window.session
    project = session.ready
    session.run(project.schemes.change(richer(project.scheme), "attributes"))
    session.run(project.entities.add([Entity("e1", "Lebrune", "PERSON", "wikidata:Q42"), Entity("e2", "A. Lebrune")]))
    session.show_first()
    lebrune = next(one for one in session.spans if one.quote.startswith("Anna S."))
    session.choose(lebrune.id)
    for keys, picker in (("Ctrl+U", "entity_picker"), ("Ctrl+R", "attribute_picker")):
        hand.keys(keys)
        hand.picture(out / f"{picker}-{look}.png", widget=getattr(hand.window.over, picker))
        hand.keys("Escape")
    session.comments.add(lebrune, "Is this one name?")
    session.comments.add(lebrune, "Yes, see the feed.", session.comments.on(lebrune)[0])
    for width, height in ((1000, 700), (1600, 1000)):
        hand.show(width, height)
        hand.window.actions["entities"].trigger()
        hand.picture(out / f"entities-{look}-{width}.png")
        hand.window.actions["entities"].trigger()
    hand.window.side.bring("annotations")
    hand.picture(out / f"said-{look}.png")
    label = session.scheme.by_name["ORGANIZATION"]
    fund = next(one for one in session.spans if one.label == "ORGANIZATION" and "Academy" in one.quote)
    window = hand.window
    shown: dict[str, Callable[[], QDialog]] = {
        "comments": lambda: CommentDialog(session, OnAnnotation(session, lebrune), window),
        "entity": lambda: EntityDialog(session, project.entities.all()[1], window),
        "columns": lambda: ColumnsDialog("people.csv", ["who", "qid"], {"name": "who", "external": "qid"}, window),
        "broken": lambda: BrokenDialog(plan_entities(project, broken_list(out)), window),
        "guidebook": lambda: GuidelineBook(session, "ORGANIZATION", window),
        "guideline": lambda: GuidelineDialog(session, About(label, fund.span), window),
        "scheme": lambda: SchemeEditor(session, window),
    }
    for name, make in shown.items():
        keep(make(), out / f"dialog-{name}-{look}.png")
    (out / "people.csv").unlink()
    twins = TwinsDialog(session, window)
    twins.show()
    hand.wait_until(lambda: twins.list.count() > 0, "the pairs")
    keep(twins, out / f"dialog-twins-{look}.png")
    for _n in range(4):
        session.history.undo()
    session.choose(None)


def broken_list(out: Path) -> Path:
    """Write a list of entities with lines that are none, beside the pictures."""
    file = out / "people.csv"
    lines = [f"Person {n},Q{n}" if n % 4 else f",Q{n}" for n in range(1, 40)]
    file.write_text("\n".join(["name,qid", *lines, "Anna Berg,no id at all", '"Ben,Q7']) + "\n", "utf-8")
    return file


def keep(dialog: QDialog, out: Path) -> None:
    """Keep the picture of a dialog."""
    dialog.show()
    QTest.qWait(60)
    dialog.grab().save(str(out))
    dialog.close()
    dialog.deleteLater()
