"""What a step touches, told before it is done: counts, and the places, each of which can be gone to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QListWidget,
    QWidget,
)

from rubricator.model.scheme import SHORT_MAX, Label, Scheme, free_short, short_for
from rubricator.model.scheme_file import faults_of
from rubricator.model.scheme_names import merged, says_what, with_label, with_names, without
from rubricator.model.scheme_texts import call_merged, called_in, merged_names, names_of_labels, new_name, still_called
from rubricator.model.scheme_words import differences
from rubricator.verbs.schemes import Touched
from rubricator.words import Message, _, joined, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import line, tell, words
from rubricator_gui.panels.markdown import unmarked
from rubricator_gui.places import PlaceList
from rubricator_gui.session import Session

MOST = 200
"""Places that are listed; the others are counted."""

_ROWS = 5
"""Texts that are seen at once; the others are scrolled to."""


def touched_words(touched: Touched) -> Message:
    """Say how much a step touches."""
    if not touched.annotations and not touched.relations:
        return message("No annotation and no relation is touched.")
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


def kinds_words(touched: Touched) -> list[Message]:
    """Say how many entities lose their kind where a label goes."""
    n = touched.entities
    lose = "{n} entity of this kind has none then.", "{n} entities of this kind have none then."
    return [plural(*lose, n)] if n else []


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
        self.called = QListWidget()
        self.called.setObjectName("calledPlaces")
        self.called.setAccessibleName(_("Texts that name it"))
        self.called.setFrameShape(QFrame.Shape.NoFrame)
        self.called.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.called_words = words()
        self.called_words.setObjectName("calledWords")
        self.in_texts = QCheckBox()
        self.in_texts.setObjectName("calledAnew")
        self.in_texts.setChecked(True)
        self.kept = words("note")
        self.kept.setObjectName("touchedKept")
        self._draft: Draft | None = None
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(3 * u)
        self.form.setVerticalSpacing(2 * u)
        self.buttons, self.go = parts.choice(self, verb)
        self.go.setObjectName("touchedGo")
        self.column = column = parts.column(self, 3)
        column.addWidget(self.head)
        column.addLayout(self.form)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        for each in (self.called_words, self.called, self.in_texts):
            column.addWidget(each)
            each.hide()
        column.addWidget(self.refused)
        column.addWidget(self.kept)
        column.addStretch()  # where nothing is listed
        column.addWidget(self.buttons)
        tell(self.refused, "")
        tell(self.more, "")
        tell(self.kept, "")
        theme.size(self, 190 * u, 130 * u)

    @property
    def gone(self) -> list[str]:
        """The names of the parts that go."""
        return []

    @property
    def retitled(self) -> str:
        """The name of the part that gets another title here, whatever was typed before."""
        return ""

    def heed(self, draft: Draft) -> None:
        """Say when it is done, and what comes of what was changed in the editor and is not applied."""
        self._draft = draft
        self._tell_kept()
        self._check()

    @property
    def edited(self) -> Scheme:
        """The scheme as it is being edited, or else as it stands: what is new there has its name, too."""
        return self._draft.scheme if self._draft is not None else self.session.scheme

    def _check(self) -> None:
        """Say what is wrong with the answer, where one is asked for."""

    def _fault(self, new: Scheme) -> Message | str:
        """Say what of a scheme could not be read again from a file, and could as it is."""
        known = list(faults_of(self.edited))
        why = next((why for why in faults_of(new) if why not in known), None)
        return message("This will not do: {why}.", why=why) if why is not None else ""

    def _tell_kept(self) -> None:
        if self._draft is None:
            return
        lines = [message("This is done at once, without “Apply”.")]
        if waiting := self._draft.waiting(self.gone, self.retitled):
            lines.append(message("What else you changed stays in the editor, and waits for it ({what}).", what=waiting))
        if lost := self._draft.changed_in(self.gone):
            lines.append(message("What you changed in {names} and did not apply goes with it.", names=", ".join(lost)))
        tell(self.kept, joined(lines, " "))

    def show_called(self, names: Collection[str], new: str = "") -> None:
        """List where the texts of the scheme say these names; where there is a new one, offer to put it there."""
        found = called_in(self.session.scheme, names, self.gone)
        texts = len({say(one.where) for one in found})
        places = plural("{n} place", "{n} places", len(found))
        said = plural("Guidelines and other texts name it in {places} of {n} text",
                      "Guidelines and other texts name it in {places} of {n} texts", texts, places=places)  # fmt: skip
        tell(self.called_words, said, "WindowText")
        rows = [say(message("{where}: {words}", where=one.where, words=unmarked(one.words))) for one in found[:MOST]]
        if rows != [self.called.item(n).text() for n in range(self.called.count())]:
            self.called.clear()
            self.called.addItems(rows)
            self.called.setFixedHeight(min(len(rows), _ROWS) * self.called.sizeHintForRow(0) + theme.unit())
        self.in_texts.setText(say(message("Put “{name}” there", name=new)))
        self.called_words.setVisible(bool(found))
        self.called.setVisible(bool(found))
        self.in_texts.setVisible(bool(found and new))

    def show_touched(self, touched: Touched, also: Iterable[Message] = ()) -> None:
        """Show counts and places, and what else of the scheme changes."""
        around = self.session.worklist.around()
        tell(self.count, touched_words(touched), "WindowText")
        self.list.listed.show([around.place(found) for found in touched.first])
        self.list.setVisible(bool(touched.first))
        rest = (touched.annotations or touched.relations) - len(touched.first)
        lines = [say(plural("and {n} more", "and {n} more", rest))] if rest else []
        tell(self.more, "\n".join([*lines, *(say(one) for one in also)]))
        self._tell_kept()

    def refuse(self, why: Message | str) -> None:
        """Say why it cannot be done like this; nothing where it can."""
        tell(self.refused, why, "bad")
        self.go.setEnabled(not why)


class Renaming(Touching):
    """Asks for another name; `name` and `title` are the answer."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None, typed: str = "") -> None:
        heading = _("Rename {label}").format(label=label.title)
        super().__init__(session, "renameDialog", _("Rename a label"), _("Rename"), parent)
        tell(self.head, heading, "WindowText")
        self._label = label
        self.title = line("renameTitle", _("Title"))
        self.name = line("renameName", _("Name in files"))
        self.title.setText(typed or label.title)  # what was typed in the form goes along
        self.name.setText(label.name)
        self.form.addRow(_("Title"), self.title)
        self.chip = line("renameShort", _("On the chip"), SHORT_MAX)
        self.chip.setText(label.short)
        self._follows = next((each for each in ("title", "name") if label.short == short_for(getattr(label, each))), "")
        self.chip.textEdited.connect(self._chip_typed)
        self.form.addRow(_("Name in files"), self.name)
        self.form.addRow(_("On the chip"), self.chip)
        self.name.textChanged.connect(self._check)
        self.title.textChanged.connect(self._check)
        self.show_touched(session.ready.schemes.touched([label.name], MOST))
        self._check()
        self.title.setFocus()
        self.title.selectAll()

    @property
    def retitled(self) -> str:
        """The name of the label."""
        return self._label.name

    @property
    def answer(self) -> tuple[str, str]:
        """The name and the title."""
        return " ".join(self.name.text().split()), self.title.text().strip()

    @property
    def short(self) -> str:
        """What its chip says."""
        return self.chip.text().strip() or self._label.short

    @property
    def names(self) -> dict[str, str]:
        """What texts call the label, with what they will."""
        return new_name(self._label, *self.answer)

    def _chip_typed(self, _text: str) -> None:
        self._follows = ""
        self._check()

    def _check(self, *_text: object) -> None:
        name, title = self.answer
        if self._follows:  # it was made of the old one
            taken = {one.short for one in self.edited.labels if one.name != self._label.name}
            self.chip.setText(free_short(title if self._follows == "title" else name, taken))
        texts = self.names or {self._label.name: name, self._label.title: title}
        self.show_called(texts, " / ".join(dict.fromkeys(self.names.values())))
        if not name or not title:
            self.refuse(message("A label needs a name and a title."))
        elif name != self._label.name and name in self.session.scheme.by_name:
            self.refuse(message("There is a label {label} already. Merge the two instead.", label=name))
        elif name != self._label.name and name in self.edited.by_name:
            self.refuse(message("You have added a label {label}, not applied yet: choose another name.", label=name))
        else:
            label = self._label
            edited = with_names(self.edited.by_name.get(label.name, label), name, title, self.short)
            self.refuse(self._fault(with_label(self.edited, label.name, edited)))
            self.go.setEnabled(
                self.go.isEnabled() and (name, title, self.short) != (label.name, label.title, label.short)
            )


class Merging(Touching):
    """Asks which of several labels stays; `into` is the answer."""

    def __init__(self, session: Session, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(session, "mergeDialog", _("Merge labels"), _("Merge"), parent)
        scheme = session.scheme
        self._names = list(names)
        titles = ", ".join(f"“{scheme.by_name[name].title}”" for name in names)
        tell(self.head, _("Merge {labels}").format(labels=titles), "WindowText")
        self.stays = QComboBox()
        self.stays.setObjectName("mergeInto")
        self.stays.setAccessibleName(_("What stays"))
        counts = session.ready.rows.label_counts()
        most = max(names, key=lambda name: counts.get(name, 0))
        chosen = [label for label in scheme.labels if label.name in names]
        for label in (*chosen, *(label for label in scheme.labels if label not in chosen)):
            self.stays.addItem(label.title, label.name)
        if len(chosen) < len(scheme.labels):
            self.stays.insertSeparator(len(chosen))  # one of them is meant, nearly always
        self.stays.setCurrentIndex(self.stays.findData(most))
        self.stays.currentIndexChanged.connect(self._show)
        self.form.addRow(_("All of them become"), self.stays)
        self.keep = QCheckBox()
        self.keep.setObjectName("mergeKeeps")
        self.keep.setChecked(True)
        self.form.addRow(self.keep)
        self.in_texts.setChecked(False)  # a guideline tells its label from its neighbours: few places are right after
        self.left = words("note")
        self.left.setObjectName("mergeLeft")
        self.column.insertWidget(self.column.indexOf(self.in_texts) + 1, self.left)
        self.keep.toggled.connect(self._tell_left)
        self.in_texts.toggled.connect(self._tell_left)
        self._show()
        self.stays.setFocus()

    def heed(self, draft: Draft) -> None:
        """Offer no label that was taken out in the editor: what is to stay has to be there."""
        for row in reversed(range(self.stays.count())):
            if (self.stays.itemData(row) or self.into) not in draft.scheme.by_name:
                self.stays.removeItem(row)
        super().heed(draft)

    @property
    def into(self) -> str:
        """The name of the label that stays."""
        return str(self.stays.currentData())

    @property
    def gone(self) -> list[str]:
        """The names of the labels that go."""
        return [name for name in self._names if name != self.into]

    @property
    def names(self) -> dict[str, str]:
        """What texts call them, with what they will."""
        return merged_names(self.session.scheme, self.gone, self.into)

    def _show(self, *_index: object) -> None:
        session = self.session
        touched = session.ready.schemes.touched(self.gone, MOST)
        also = [message("Annotations of the same words by the same annotator become one.")]
        also += differences(session.scheme, merged(session.scheme, self.gone, self.into))
        self.show_touched(touched, also)
        self.show_called(self.names, self.stays.currentText())
        into = self.stays.currentText()
        self.in_texts.setText(say(message("Put “{name}” there, but not twice into a sentence", name=into)))
        written = [one for name in self.gone if says_what(one := session.scheme.by_name[name])]
        titles = ", ".join(one.title for one in written)
        keep = message("Keep what is written of {labels}, in the guideline of {into}", labels=titles, into=into)
        self.keep.setText(say(keep))
        self.keep.setVisible(bool(written))
        self._tell_left()

    def _tell_left(self, *_ticked: object) -> None:
        """Say how many places name the labels that go also when it is done."""
        scheme, gone = self.session.scheme, self.gone
        changed = call_merged(scheme, gone, self.into) if self.in_texts.isChecked() else scheme
        names = names_of_labels(scheme, gone)
        found = still_called(merged(changed, gone, self.into, self.keep.isChecked()), names)
        texts = len({say(one.where) for one in found})
        tell(self.left, plural(
            "{n} place names a label that is gone then, in {texts}. The editor goes on to say where, and leads there.",
            "{n} places name a label that is gone then, in {texts}. The editor goes on to say where, and leads there.",
            len(found), texts=plural("{n} text", "{n} texts", texts),
        ) if found else "", "warn")  # fmt: skip


class Deleting(Touching):
    """Asks whether a label goes, with all that carries it."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(session, "deleteDialog", _("Delete a label"), _("Delete"), parent)
        self._label = label
        touched = session.ready.schemes.touched([label.name], MOST)
        heading = plural(
            "Delete {label} and the {n} annotation that carries it",
            "Delete {label} and the {n} annotations that carry it",
            touched.annotations,
            label=label.title,
        )
        if not touched.annotations:
            heading = message("Delete {label}", label=label.title)
        tell(self.head, heading, "WindowText")
        also = [
            *kinds_words(touched),
            message("It is one step: undo brings all of it back. To keep the annotations, merge the label instead."),
        ]
        also += differences(session.scheme, without(session.scheme, label.name))
        self.show_touched(touched, also)
        self.show_called({label.name, label.title})

    @property
    def gone(self) -> list[str]:
        """The name of the label."""
        return [self._label.name]
