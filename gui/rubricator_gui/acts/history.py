"""Undo and redo."""

from __future__ import annotations

from rubricator.model.edits import Edit
from rubricator.words import message
from rubricator_gui.desk import Desk
from rubricator_gui.keymap import keymap_of


def label_given(edit: Edit) -> str:
    """Return the label that an edit gave to something, as a label's key does; empty where it did something else."""
    return str(edit.about.get("label", "")) if edit.kind in ("annotate", "relabel") else ""


class History:
    """One's own steps, taken back and done again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(self) -> None:
        """Take back one's own last edit; the article it changes is shown first."""
        desk = self._desk
        project = desk.ready
        step = project.undo_step()
        if step is None:
            desk.tell(message("There is nothing to undo."))
            return
        what = desk.in_words(project.describe(step).what)
        desk.show_article(step.article)
        if desk.do(project.undo, step.step):
            desk.unuse(label_given(step.edit))
            desk.show_article(step.article)  # one that was taken out is there again
            if step.edit.kind == "delete" and step.edit.about.get("n", 1) == 1:
                desk.choose(step.edit.ops[0].id)  # it may have stood anywhere
            key = keymap_of(desk.settings).first("redo")
            words = message("Undone: {what}. Redo with {key}.", what=what, key=key)
            desk.tell(words if key else message("Undone: {what}.", what=what))

    def redo(self) -> None:
        """Do again what undo took back; the article it changes is shown first."""
        desk = self._desk
        project = desk.ready
        step = project.redo_step()
        if step is None:
            desk.tell(message("There is nothing to redo."))
            return
        first = project.first_of(step)
        desk.show_article(step.article)
        if desk.do(project.redo, step.step):
            what = desk.in_words(project.describe(first).what)  # of the words that stand now
            if label := label_given(first.edit):
                desk.use(label)
            desk.tell(message("Redone: {what}.", what=what), undo=True)
