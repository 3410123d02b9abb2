"""Relations: arcs and stubs, one that is begun, the picker, the list; from left to right and from right to left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from tests.shots.saying import keep

from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.spans import Annotation
from rubricator_gui.dialogs.relations import RelationDialog
from rubricator_gui.hand import Hand

GENDER = Attribute("gender", "Gender", "choice", ("f", "m", "x"), ("PERSON",), chip=True)
RELATIONS = (
    RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",), key="-", definition="Belongs to it."),
    RelationType("speaks_for", "Speaks for", ("PERSON",), ("ORGANIZATION", "COUNTRY")),
    RelationType("based_in", "Based in", ("ORGANIZATION",), ("CITY", "COUNTRY")),
    RelationType("married_to", "Married to", ("PERSON",), ("PERSON",), symmetric=True),
)
RELATED = (
    ("Anna S.", "PERSON", "member_of", "Institute", "ORGANIZATION"),
    ("Anna S.", "PERSON", "member_of", "Kareshi Academy", "ORGANIZATION"),
    ("Institute", "ORGANIZATION", "based_in", "Tarsk", "CITY"),
    ("Karim", "PERSON", "member_of", "Port Velis", "ORGANIZATION"),
    ("Karim", "PERSON", "married_to", "Anna S.", "PERSON"),
    ("Northern", "ORGANIZATION", "based_in", "Arvenia", "COUNTRY"),
    ("Karim", "PERSON", "speaks_for", "Arvenia", "COUNTRY"),
    ("Joren", "PERSON", "speaks_for", "Dockers", "ORGANIZATION"),
    ("Ilse", "PERSON", "member_of", "Council", "ORGANIZATION"),
    ("Lebrune", "PERSON", "speaks_for", "Council", "ORGANIZATION"),
)


def with_relations(hand: Hand) -> None:
    """Give the scheme relations."""
    session = hand.window.session
    scheme = replace(session.scheme, attributes=(GENDER,), relations=RELATIONS)
    session.run(session.ready.schemes.change(scheme, "relations"))


def related(hand: Hand, out: Path, look: str) -> None:
    """Show relations: arcs and stubs, one that is begun, the picker, the list; the project is as before in the end."""
    session = hand.window.session
    project = session.ready
    with_relations(hand)
    session.show_first()

    def last(words: str, label: str) -> Annotation:
        return [one for one in session.spans if one.label == label and one.quote.startswith(words)][-1]

    for source, of, kind, target, to in RELATED:
        session.run(project.relations.add(kind, last(source, of), last(target, to)))
    anna = last("Anna S.", "PERSON")
    session.choose(anna.id)
    session.attributes.set(GENDER, "f")
    hand.do("relations")
    bar = hand.reader.verticalScrollBar()
    for (width, height), scale in (((1600, 1000), 1), ((1600, 1000), 2), ((1000, 700), 1)):
        hand.show(width, height)
        for place in (0, 700, bar.maximum()):
            bar.setValue(place)
            hand.picture(out / f"relations-{look}-{width}-{place}-{scale}x.png", scale)
    hand.show(1600, 1000)
    session.choose(None)
    bar.setValue(700)
    hand.picture(out / f"relations-none-chosen-{look}.png")
    hand.do("relations")
    session.choose(anna.id)
    hand.keys("Ctrl+L")
    hand.picture(out / f"relation-begun-{look}.png")
    session.choose(last("Institute", "ORGANIZATION").id)
    hand.picture(out / f"relation-other-end-{look}.png")
    hand.keys("Escape", "Ctrl+L")
    session.choose(last("Vessa", "ORGANIZATION").id)
    hand.keys("Return")
    hand.picture(out / f"relation-picker-{look}.png", widget=hand.window.over.relations.relation_picker)
    hand.keys("Escape", "Escape")
    session.run(project.relabel(last("Institute", "ORGANIZATION"), "FACILITY"))
    session.choose(anna.id)
    keep(RelationDialog(session, session.spans[anna.id], hand.window), out / f"dialog-relations-{look}.png")
    keep(RelationDialog(session, None, hand.window), out / f"dialog-relations-all-{look}.png")
    source, kind, target = last("Ilse", "PERSON"), "speaks_for", last("Council", "ORGANIZATION")
    session.choose(source.id)
    hand.window.over.relations.relate_both(source.id, target.id)
    hand.picture(out / f"relation-just-made-{look}.png")
    made = next(one for one in session.relations.here() if one.label == kind and one.source == source.id)
    hand.reader.relation_lines.pressed.emit(made.id, QPoint(300, 300))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    hand.picture(out / f"relation-menu-{look}.png", widget=menu)
    menu.close()
    session.history.undo()
    while session.scheme.relations:
        session.history.undo()


def related_from_right_to_left(hand: Hand, out: Path) -> None:
    """Show relations in the article that is shown, which is read from right to left."""
    session = hand.window.session
    with_relations(hand)
    held = list(session.spans)
    people = [one for one in held if one.label == "PERSON"]
    for person in people:
        for place in held:
            if place.label == "COUNTRY":
                session.run(session.ready.relations.add("speaks_for", person, place))
    session.run(session.ready.relations.add("married_to", people[0], people[-1]))
    hand.do("relations")
    hand.picture(out / "relations-rtl.png")
    session.choose(people[0].id)
    hand.picture(out / "relations-rtl-2x.png", 2)
    hand.do("relations")
    while session.scheme.relations:
        session.history.undo()
