"""The form of one label: what is typed is in the draft at once; a key that another label has is not given unasked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.scheme import SHORT_MAX, Label, short_for
from rubricator.model.scheme_names import with_label
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs.scheme.colourfield import ColourField
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.examples import ExampleList
from rubricator_gui.dialogs.scheme.fields import area, button, kept_line, line, set_text, tell, tell_in_line, words
from rubricator_gui.panels.markdown import Preview


class LabelForm(QScrollArea):
    """Shows and changes the label that the draft looks at."""

    rename_wanted = Signal()

    def __init__(self, draft: Draft, counts: dict[str, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._counts = draft, counts
        self._wish = ""
        """A key that was pressed and belongs to another label."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        self._lay_out()
        self._wire()
        self._show()

    # --- building -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = line("labelTitle", _("Title"))
        self.title.setPlaceholderText(_("As people read it"))
        self.name = line("labelName", _("Name in files"))
        self.rename = button(_("Rename…"), "renameLabel")
        self.short = line("labelShort", _("On the chip"), SHORT_MAX)
        self.key = KeyLine("labelKey", _("Key"))
        self.name_words = words("note")
        self.key_words = kept_line("keyWords")
        self.take = button(_("Take it"), "takeLabelKey")
        self.colour = ColourField()
        self.definition = area("labelDefinition", _("Definition"), 3)
        self.definition.setPlaceholderText(_("One sentence: what gets this label, and what does not"))
        self.guideline = area("labelGuideline", _("Guideline in Markdown"), 8)
        self.preview = Preview()
        self.guide = QTabWidget()
        self.guide.setDocumentMode(True)
        self.guide.addTab(self.guideline, _("Write"))
        self.guide.addTab(self.preview, _("Read"))
        self.examples = ExampleList(self._draft)
        self.again = QCheckBox()
        self.again.setObjectName("labelAgain")

    def _lay_out(self) -> None:
        u = theme.unit()
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(3 * u, 0, 3 * u, 3 * u)
        form.setHorizontalSpacing(3 * u)
        form.setVerticalSpacing(2 * u)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        naming = QHBoxLayout()
        naming.setSpacing(2 * u)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.rename)
        form.addRow(self._named(self.title), self.title)
        form.addRow(self._named(self.name), naming)
        form.addRow("", self.name_words)
        small = QHBoxLayout()
        small.setSpacing(2 * u)
        self.short.setFixedWidth(20 * u)
        self.key.setFixedWidth(12 * u)
        small.addWidget(self.short)
        small.addSpacing(2 * u)
        small.addWidget(self._named(self.key))
        small.addWidget(self.key)
        small.addWidget(self.key_words, 1)
        small.addWidget(self.take)
        form.addRow(self._named(self.short), small)
        form.addRow(_caption(_("Colour")), self.colour)
        form.addRow(self._named(self.definition), self.definition)
        guide = QVBoxLayout()
        guide.setSpacing(u)
        guide.addWidget(self.guide)
        form.addRow(_caption(_("Guideline")), guide)
        form.addRow("", self.again)
        form.addRow(_caption(_("Examples")), self.examples)
        self._body = body
        self.setWidget(body)

    def _named(self, field: QWidget) -> QLabel:
        made = _caption(field.accessibleName())
        made.setBuddy(field)
        return made

    def _wire(self) -> None:
        draft = self._draft
        self.title.textEdited.connect(draft.retitle)
        self.name.textEdited.connect(self._name_typed)
        self.rename.clicked.connect(self.rename_wanted)
        self.short.textEdited.connect(self._short_typed)
        self.key.pressed.connect(self._key_pressed)
        self.take.clicked.connect(self._take_key)
        self.colour.hue_chosen.connect(self._hue_chosen)
        self.colour.colour_chosen.connect(self._colour_chosen)
        self.definition.textChanged.connect(self._definition_typed)
        self.guideline.textChanged.connect(self._guideline_typed)
        self.guide.currentChanged.connect(self._read)
        self.again.toggled.connect(self._again_ticked)
        draft.changed.connect(self._show)
        draft.chosen.connect(self._show_other)

    # --- showing --------------------------------------------------------------------------------------------------

    def _show_other(self) -> None:
        self._wish = ""
        self.colour.code.clear()
        self._show()

    def _show(self, *_was: object) -> None:
        label = self._draft.label
        self._body.setEnabled(label is not None)
        shown = label or Label("", hue=1)
        new = self._draft.is_new(shown.name)
        set_text(self.title, shown.title)
        if not (self.name.hasFocus() and self.name.property("refused")):
            set_text(self.name, shown.name)
            tell(self.name_words, "")
        self.name.setReadOnly(not new)
        self.rename.setVisible(not new)
        set_text(self.short, shown.short)
        self.short.setPlaceholderText(short_for(shown.name) if shown.name else "")
        self.key.setText(self._wish or shown.key.upper())
        self._show_key(shown)
        self.colour.show_label(shown, self._draft.scheme)
        set_text(self.definition, shown.definition)
        set_text(self.guideline, shown.guideline)
        self._read()
        n = self._counts.get(shown.name, 0)
        again = plural(
            "Its meaning changed: look at its {n} annotation again",
            "Its meaning changed: look at its {n} annotations again",
            n,
        )
        self.again.setText(say(again))
        self.again.setVisible(n > 0)
        self.again.setChecked(shown.name in self._draft.recheck)

    def _show_key(self, label: Label) -> None:
        owner = self._draft.scheme.by_key.get(self._wish.lower()) if self._wish else None
        self.take.setVisible(owner is not None)
        if owner is not None:
            self.take.setAccessibleName(say(message("Take it from {label}", label=owner.title)))
            tell_in_line(
                self.key_words, message("{key} belongs to {label}.", key=self._wish, label=owner.title), "warn"
            )
        elif self._wish:
            tell_in_line(self.key_words, message("A key is one letter or digit."), "warn")
        elif like := next((one for one in self._draft.scheme.labels if _one_chip(one, label)), None):
            said = message("{label} has “{chip}” on its chip, too.", label=like.title, chip=chips.chip_word(label))
            tell_in_line(self.key_words, said, "warn")
        else:
            tell_in_line(
                self.key_words, "" if label.key or not label.name else message("Without a key it is in the picker only")
            )
        self.key.setAccessibleDescription(self.key_words.text())

    def _read(self, *_index: object) -> None:
        if self.guide.currentWidget() is self.preview:
            self.preview.show_markdown(self.guideline.toPlainText())

    # --- changing -------------------------------------------------------------------------------------------------

    def _name_typed(self, text: str) -> None:
        label = self._draft.label
        name = " ".join(text.split())
        if label is None or name == label.name:
            return
        refused: Message | str = ""
        if not name:
            refused = message("A label needs a name.")
        elif name in self._draft.scheme.by_name:
            refused = message("There is a label {label} already.", label=name)
        self.name.setProperty("refused", bool(refused))
        tell(self.name_words, refused, "bad")
        if not refused:
            self._draft.set(name=name)

    def _short_typed(self, text: str) -> None:
        self._draft.set(short=text.strip())

    def _key_pressed(self, key: str) -> None:
        """Give the label a key that was pressed, or say what stands in its way."""
        label = self._draft.label
        if label is None:
            return
        owner = self._draft.scheme.by_key.get(key.lower()) if key else None
        if (key and not key.isalnum()) or (owner is not None and owner.name != label.name):
            self._wish = key.upper()
            self._show()
        else:
            self._wish = ""
            self._draft.set(key=key.lower())
            self._show()

    def _take_key(self) -> None:
        """Give the wished key all the same; the other label has none then."""
        label, key = self._draft.label, self._wish.lower()
        owner = self._draft.scheme.by_key.get(key)
        self._wish = ""
        if label is not None and owner is not None:
            self._draft.put(with_label(self._draft.scheme, owner.name, owner._replace(key="")))
            self._draft.set(key=key)
            self.key.setFocus()

    def _hue_chosen(self, hue: int) -> None:
        self.colour.code.clear()
        self._draft.set(hue=hue, colour="")

    def _colour_chosen(self, colour: str) -> None:
        self._draft.set(colour=colour)

    def _definition_typed(self) -> None:
        self._typed("definition", self.definition.toPlainText())

    def _guideline_typed(self) -> None:
        self._typed("guideline", self.guideline.toPlainText())

    def _typed(self, part: str, text: str) -> None:
        label = self._draft.label
        if label is not None and getattr(label, part) != text:
            self._draft.set(**{part: text})

    def _again_ticked(self, on: bool) -> None:
        if self._draft.label is not None and self.again.isVisible():
            self._draft.wish_recheck(self._draft.current, on)


def _one_chip(one: Label, other: Label) -> bool:
    return one.name != other.name and bool(other.name) and chips.chip_word(one) == chips.chip_word(other)


class KeyLine(QLineEdit):
    """A field that shows the key pressed in it; Delete and Backspace take the key away."""

    pressed = Signal(object)
    """A character, or "" for none."""

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setReadOnly(True)
        self.setMinimumHeight(7 * theme.unit())
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Have letters and digits for itself, whatever else they would do."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.text().isprintable():
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the key."""
        text = event.text()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pressed.emit("")
        elif len(text) == 1 and text.isprintable() and not text.isspace():
            self.pressed.emit(text)
        else:
            super().keyPressEvent(event)


def _caption(text: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.ui_font("note"))
    made.setMinimumHeight(7 * theme.unit())  # beside the middle of a field of one line
    return made
