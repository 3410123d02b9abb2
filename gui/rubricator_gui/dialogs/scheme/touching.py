"""What a step touches, told before it is done: counts, and the places, each of which can be gone to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QWidget,
)

from rubricator.model.scheme import Label, Scheme, new_label
from rubricator.model.scheme_names import merged, without
from rubricator.model.scheme_words import differences
from rubricator.verbs.schemes import Breach, Touched
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.scheme.fields import area, line, tell, words
from rubricator_gui.places import PlaceList
from rubricator_gui.session import Session

MOST = 200
"""Places that are listed; the others are counted."""

_FIRST, _THEN = 0.15, 0.02
"""Seconds that are spent on looking before anybody is asked, and then between two looks at keys and mouse."""


def touched_words(touched: Touched) -> Message:
    """Say how much a step touches."""
    if not touched.annotations and not touched.relations:
        return message("Nothing carries it.")
    n = plural("{n} annotation", "{n} annotations", touched.annotations)
    articles = plural("{n} article", "{n} articles", touched.articles)
    people = plural("{n} annotator", "{n} annotators", touched.annotators)
    relations = plural("{n} relation", "{n} relations", touched.relations)
    if not touched.annotations:
        return message("{n_a} in {articles}, of {people}", n_a=relations, articles=articles, people=people)
    if touched.relations:
        return message(
            "{n_a} with {relations}, in {articles}, of {people}",
            n_a=n, relations=relations, articles=articles, people=people,
        )  # fmt: skip
    return message("{n_a} in {articles}, of {people}", n_a=n, articles=articles, people=people)


class Touching(QDialog):
    """Says what will be done, to how much of what, and lists where; nothing is done before its button is pressed."""

    def __init__(self, session: Session, name: str, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.session = session
        u = theme.unit()
        self.head = words("title")
        self.count = words()
        self.count.setObjectName("touchedCount")
        self.more = words("note")
        self.more.setObjectName("touchedMore")
        project = session.ready
        self.list = PlaceList({one.id: one.name for one in project.rows.annotators()})
        self.list.setObjectName("touchedPlaces")
        self.list.listed.scheme = session.scheme
        self.list.setMinimumHeight(30 * u)
        self.list.taken.connect(session.worklist.go)
        self.refused = words()
        self.refused.setObjectName("touchedRefused")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(3 * u)
        self.form.setVerticalSpacing(2 * u)
        self.buttons, self.go = parts.choice(self, verb)
        self.go.setObjectName("touchedGo")
        column = parts.column(self, 3)
        column.addWidget(self.head)
        column.addLayout(self.form)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        column.addWidget(self.refused)
        column.addStretch()  # where nothing is listed
        column.addWidget(self.buttons)
        tell(self.refused, "")
        tell(self.more, "")
        theme.size(self, 190 * u, 130 * u)

    def show_touched(self, touched: Touched, also: Iterable[Message] = ()) -> None:
        """Show counts and places, and what else of the scheme changes."""
        around = self.session.worklist.around()
        tell(self.count, touched_words(touched), "WindowText")
        self.list.listed.show([around.place(found) for found in touched.first])
        self.list.setVisible(bool(touched.first))
        rest = (touched.annotations or touched.relations) - len(touched.first)
        lines = [say(plural("and {n} more", "and {n} more", rest))] if rest else []
        tell(self.more, "\n".join([*lines, *(say(one) for one in also)]))

    def refuse(self, why: Message | str) -> None:
        """Say why it cannot be done like this; nothing where it can."""
        tell(self.refused, why, "bad")
        self.go.setEnabled(not why)


class Renaming(Touching):
    """Asks for another name; `name` and `title` are the answer."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None) -> None:
        heading = _("Rename {label}").format(label=label.title)
        super().__init__(session, "renameDialog", _("Rename a label"), _("Rename"), parent)
        tell(self.head, heading, "WindowText")
        self._label = label
        self.title = line("renameTitle", _("Title"))
        self.name = line("renameName", _("Name in files"))
        self.title.setText(label.title)
        self.name.setText(label.name)
        self.form.addRow(_("Title"), self.title)
        self.form.addRow(_("Name in files"), self.name)
        self.name.textChanged.connect(self._check)
        self.title.textChanged.connect(self._check)
        self.show_touched(session.ready.schemes.touched([label.name], MOST))
        self._check()
        self.title.setFocus()
        self.title.selectAll()

    @property
    def answer(self) -> tuple[str, str]:
        """The name and the title."""
        return " ".join(self.name.text().split()), self.title.text().strip()

    def _check(self, *_text: object) -> None:
        name, title = self.answer
        if not name or not title:
            self.refuse(message("A label needs a name and a title."))
        elif name != self._label.name and name in self.session.scheme.by_name:
            self.refuse(message("There is a label {label} already. Merge the two instead.", label=name))
        else:
            self.refuse("")
            self.go.setEnabled((name, title) != (self._label.name, self._label.title))


class Merging(Touching):
    """Asks which of several labels stays; `into` is the answer."""

    def __init__(self, session: Session, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(session, "mergeDialog", _("Merge labels"), _("Merge"), parent)
        scheme = session.scheme
        self._names = list(names)
        titles = ", ".join(scheme.by_name[name].title for name in names)
        tell(self.head, _("Merge {labels}").format(labels=titles), "WindowText")
        self.stays = QComboBox()
        self.stays.setObjectName("mergeInto")
        self.stays.setAccessibleName(_("What stays"))
        counts = session.ready.rows.label_counts()
        most = max(names, key=lambda name: counts.get(name, 0))
        for label in scheme.labels:
            self.stays.addItem(label.title, label.name)
        self.stays.setCurrentIndex(self.stays.findData(most))
        self.stays.currentIndexChanged.connect(self._show)
        self.form.addRow(_("All of them become"), self.stays)
        self._show()
        self.stays.setFocus()

    @property
    def into(self) -> str:
        """The name of the label that stays."""
        return str(self.stays.currentData())

    @property
    def gone(self) -> list[str]:
        """The names of the labels that go."""
        return [name for name in self._names if name != self.into]

    def _show(self, *_index: object) -> None:
        session = self.session
        touched = session.ready.schemes.touched(self.gone, MOST)
        also = [message("Annotations of the same words by the same annotator become one.")]
        also += differences(session.scheme, merged(session.scheme, self.gone, self.into))
        self.show_touched(touched, also)


class Deleting(Touching):
    """Asks whether a label goes, with all that carries it."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(session, "deleteDialog", _("Delete a label"), _("Delete"), parent)
        touched = session.ready.schemes.touched([label.name], MOST)
        heading = plural(
            "Delete {label} and the {n} annotation that carries it",
            "Delete {label} and the {n} annotations that carry it",
            touched.annotations,
            label=label.title,
        )
        tell(self.head, heading, "WindowText")
        also = [
            message("It is one step: undo brings all of it back. To keep the annotations, merge the label instead.")
        ]
        also += differences(session.scheme, without(session.scheme, label.name))
        self.show_touched(touched, also)


class Splitting(Touching):
    """Asks for labels that take over a part of what one means; `parts` is the answer."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(session, "splitDialog", _("Split a label"), _("Split"), parent)
        tell(self.head, _("Split {label}").format(label=label.title), "WindowText")
        self._label = label
        self.names: QPlainTextEdit = area("splitNames", _("New labels, one a line"), 4)
        self.names.textChanged.connect(self._check)
        self.form.addRow(_("New labels, one a line"), self.names)
        touched = session.ready.schemes.touched([label.name], MOST)
        also = message(
            "They keep {label} until somebody gives them a new one. All are on the list of what to look at again then",
            label=label.title,
        )
        self.show_touched(touched, [also])
        self._check()
        self.names.setFocus()

    @property
    def parts(self) -> list[Label]:
        """The new labels."""
        scheme, found = self.session.scheme, list[Label]()
        for title in self._titles():
            made = new_label("_".join(title.upper().split()), scheme)
            made = made._replace(title=title, parent=self._label.parent)
            found.append(made)
            scheme = Scheme(labels=(*scheme.labels, made))
        return found

    def _titles(self) -> list[str]:
        lines = (" ".join(text.split()) for text in self.names.toPlainText().splitlines())
        return list(dict.fromkeys(text for text in lines if text))

    def _check(self) -> None:
        there = self.session.scheme.by_name
        taken = next((title for title in self._titles() if "_".join(title.upper().split()) in there), "")
        self.refuse(message("There is a label {label} already.", label=taken) if taken else "")
        if not taken:
            self.go.setEnabled(bool(self._titles()))


class Breaking(Touching):
    """Looks through all layers for what a new scheme forbids, and asks whether to go on; `again` is the answer."""

    def __init__(self, session: Session, new: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(session, "breachDialog", _("What the rules forbid today"), _("Apply all the same"), parent)
        tell(self.head, _("What is against the changed rules"), "WindowText")
        self.broken: list[Breach] = []
        self._around = session.worklist.around()
        self._articles = set[str]()
        self._layers = session.ready.schemes.breaches(new)
        self.again = QCheckBox()
        self.again.setObjectName("breachAgain")
        self.again.setChecked(True)
        self.form.addRow(self.again)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.looking = True

    def look_first(self) -> bool:
        """Look through the first layers; say whether anything is to be asked: where not, nobody need be."""
        self._look_for(_FIRST)
        if self.looking:
            self.go.setEnabled(False)
            self._timer.start(0)
        return self.looking or bool(self.broken)

    def _look(self) -> None:
        self._look_for(_THEN)

    def _look_for(self, seconds: float) -> None:
        until = monotonic() + seconds
        while monotonic() < until:
            found = next(self._layers, None)
            if found is None:
                self.looking = False
                self._timer.stop()
                self.go.setEnabled(True)
                break
            self._take(found)
        self._tell()
        if not self.looking and not self.broken and self.isVisible():
            self.accept()

    def _take(self, found: Sequence[Breach]) -> None:
        room = MOST - len(self.list.listed.places)
        self.broken += found
        self.list.listed.add([self._around.place(one.place, say(one.why)) for one in found[: max(0, room)]])
        self._articles |= {one.place.article for one in found}

    def _tell(self) -> None:
        self.again.setText(say(self._again()))
        self.again.setVisible(bool(self.broken))
        places = plural("{n} place", "{n} places", len(self.broken))
        articles = plural("{n} article", "{n} articles", len(self._articles))
        said = message("{places} in {articles}. They stay as they are, and cannot be made like that again.",
                       places=places, articles=articles)  # fmt: skip
        tell(self.count, message("Looking…") if self.looking else said, "WindowText")
        rest = len(self.broken) - len(self.list.listed.places)
        tell(self.more, plural("and {n} more", "and {n} more", rest) if rest else "")

    def _again(self) -> Message:
        """Say what is done so that somebody looks at it."""
        named = len({one.place.annotation for one in self.broken} - {""})
        lacking = len({one.place[1:3] for one in self.broken if not one.place.annotation})
        look = plural("Look at this annotation again", "Look at these {n} annotations again", named)
        take = plural(
            "Take up the finished article that lacks something", "Take up {n} finished articles that lack something",
            lacking,
        )  # fmt: skip
        return message("{look}. {take}", look=look, take=take) if named and lacking else look if named else take

    @property
    def recheck(self) -> list[Breach]:
        """What is to be looked at again."""
        return self.broken if self.again.isChecked() else []


def ask_about_breaches(session: Session, new: Scheme, parent: QWidget) -> list[Breach] | None:
    """Tell what a new scheme forbids of what stands; return what is to be looked at again, None to leave it at that."""
    if _judged(new) == _judged(session.scheme):
        return []
    dialog = Breaking(session, new, parent)
    go_on = not dialog.look_first() or dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.recheck if go_on else None


def _judged(scheme: Scheme) -> tuple[object, ...]:
    """Return the parts of a scheme that the rules look at."""
    names = tuple(sorted(label.name for label in scheme.labels))
    return names, scheme.rules, scheme.attributes, scheme.relations
