"""The editor of the scheme with its forms and previews, and the list of what to look at again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from rubricator.exchange.schemes import with_used
from rubricator.model.scheme import Attribute, Example, RelationType, Rule, Scheme
from rubricator.model.scheme_tree import moved
from rubricator_gui.dialogs.scheme.attributeform import AttributeForm
from rubricator_gui.dialogs.scheme.breaking import Breaking
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.importing import SchemeImport
from rubricator_gui.dialogs.scheme.relationform import RelationForm
from rubricator_gui.dialogs.scheme.ruleform import RuleForm
from rubricator_gui.dialogs.scheme.splitting import Splitting
from rubricator_gui.dialogs.scheme.touching import Deleting, Merging, Renaming
from rubricator_gui.hand import Hand
from rubricator_gui.window import MainWindow


def scheme_dialogs(window: MainWindow) -> dict[str, QDialog]:
    """Return the editor of the scheme on all its pages, its forms, and what is told before a step is done."""
    session = window.session
    scheme = replace(
        session.scheme,
        attributes=(Attribute("gender", "Gender", "choice", ("female", "male", "unknown"), ("PERSON",), chip=True),),
        relations=(RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",)),),
        rules=(Rule("1", "no-nesting", {"inner": ["COUNTRY"], "outer": ["ORGANIZATION"]}), Rule("2", "some-topic")),
        examples=(
            Example("x", "PERSON", "Lebrune", "the ", " doctrine", counter=True, note="a doctrine is no person"),
        ),
    )
    scheme = moved(scheme, ["COUNTRY", "CITY"], "LOCATION")
    pages: dict[str, QDialog] = {}
    for name in ("labels", "attributes", "relations", "rules"):
        editor = SchemeEditor(session, window)
        editor.draft.put(scheme)
        editor.pages.setCurrentWidget(getattr(editor, name))
        pages[f"scheme-{name}"] = editor
    clash = SchemeEditor(session, window)
    clash.draft.set(guideline="# Persons\n\n**Named** ones.\n\n- *Anna Berg*: yes\n- the mayor: no", colour="#ffee00")
    clash.labels.form.key.pressed.emit("2")
    clash.labels.form.guide.setCurrentWidget(clash.labels.form.preview)
    breaking = Breaking(session, scheme, window)
    breaking.look_first()
    person = session.scheme.by_name["PERSON"]
    kept = with_used(session.ready, Scheme("Mine", labels=session.scheme.labels[:3]))
    return pages | {
        "scheme-clash": clash,
        "scheme-attribute": AttributeForm(scheme, scheme.attributes[0], window),
        "scheme-relation": RelationForm(scheme, scheme.relations[0], window),
        "scheme-rule": RuleForm(scheme, scheme.rules[0], window),
        "scheme-rename": Renaming(session, person, window),
        "scheme-merge": Merging(session, ["PERSON", "PROFESSION"], window),
        "scheme-split": Splitting(session, person, window),
        "scheme-delete": Deleting(session, person, window),
        "scheme-breaches": breaking,
        "scheme-import": SchemeImport(session, kept, kept, "mine.json", window),
    }


def looked_at_again(hand: Hand, out: Path) -> None:
    """Show the list of what to look at again, and the editor at the size of a small and of a large window, at 2x."""
    session = hand.window.session
    session.show_first()
    session.do(session.ready.schemes.change, session.scheme, "Person: without titles", ["PERSON"])
    hand.do("again")
    QTest.qWait(500)  # until it was counted
    for look in ("light", "dark"):
        hand.do(look)
        for name, size in (("small", (1000, 700)), ("large", (1600, 1000))):
            hand.show(*size)
            hand.picture(out / f"again-{look}-{name}.png")
            hand.picture(out / f"again-{look}-{name}-2x.png", 2)
            editor = SchemeEditor(session, hand.window)
            editor.show()
            hand.picture(out / f"scheme-{look}-{name}-2x.png", 2, editor)
            editor.close()
            editor.deleteLater()
    hand.do("again")
    hand.show(1600, 1000)
    hand.keys("Ctrl+Z")
