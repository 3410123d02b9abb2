"""Where topics come from, and what is asked when they were read: language, flaws of the tree, what it lacks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rubricator.exchange.topics import IPTC, language_of
from rubricator.formats.topic_trees import SUFFIXES
from rubricator.model.topics import TopicFile
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import ask, parts
from rubricator_gui.panels.plain import plain_label

_SHOWN = 500
"""Flaws that are listed: more are not mended by looking."""


class TopicSource(QDialog):
    """Asks for a file, or for an address of the network: nothing is fetched unless a person asks for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topicSource")
        self.setWindowTitle(_("Import topics"))
        u = theme.unit()
        self.from_file = QRadioButton(_("From a &file on this computer"))
        self.from_web = QRadioButton(_("From IPTC, over the &network"))
        both = QButtonGroup(self)
        self.path, self.address = QLineEdit(), QLineEdit(IPTC)
        self.path.setAccessibleName(_("File"))
        self.path.setPlaceholderText(_("IPTC’s JSON, a table (CSV), an outline (TXT), SKOS (JSON-LD, Turtle)"))
        self.address.setAccessibleName(_("Address"))
        self.choose = QPushButton(_("&Choose…"))
        parts.press_with_enter(self.choose)
        self.choose.clicked.connect(self._choose)
        note = _note(_("This address is asked once, now, and nothing is sent to it. Another one may stand here."))
        file_line = QHBoxLayout()
        file_line.addWidget(self.path, 1)
        file_line.addWidget(self.choose)
        buttons, self.go = parts.choice(self, _("Read it"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)
        column.addWidget(self.from_file)
        column.addLayout(_indented(file_line))
        column.addSpacing(2 * u)
        column.addWidget(self.from_web)
        web = QVBoxLayout()
        web.setSpacing(u)
        web.addWidget(self.address)
        web.addWidget(note)
        column.addLayout(_indented(web))
        column.addStretch(1)
        column.addWidget(buttons)
        for button in (self.from_file, self.from_web):
            both.addButton(button)
            button.toggled.connect(self._check)
        self.path.textChanged.connect(self._check)
        self.address.textChanged.connect(self._check)
        self.from_file.setChecked(True)
        theme.size(self, 140 * u, 64 * u)

    def _choose(self) -> None:
        self.from_file.setChecked(True)
        suffixes = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        path = ask.open_file(self, _("Import topics"), _("Topics") + f" ({suffixes});;" + _("All files") + " (*)")
        if path is not None:
            self.path.setText(str(path))
            self.go.setFocus()

    def _check(self) -> None:
        web = self.from_web.isChecked()
        self.address.setEnabled(web)
        self.path.setEnabled(not web)
        self.go.setEnabled(bool(self.address.text().strip() if web else self.path.text().strip()))

    @property
    def source(self) -> Path | str:
        """What was chosen: a path, or an address."""
        return self.address.text().strip() if self.from_web.isChecked() else Path(self.path.text().strip())


class TopicsRead(QDialog):
    """Says what was read, and asks what the file leaves open."""

    def __init__(self, file: TopicFile, offered: Collection[str], parent: QWidget | None = None) -> None:
        """`offered` holds the codes of the topics that the project offers now."""
        super().__init__(parent)
        self.setObjectName("topicsRead")
        self.setWindowTitle(_("Import topics"))
        u = theme.unit()
        retired = sum(1 for concept in file.concepts if concept.retired)
        words = plural(
            "{file} holds {n} topic that can be given.",
            "{file} holds {n} topics that can be given.",
            len(file.concepts) - retired,
            file=file.where,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        column.setSpacing(2 * u)
        head = plain_label(say(words))
        head.setWordWrap(True)
        column.addWidget(head)
        if retired:
            stay = plural("{n} more is retired: it stays known.", "{n} more are retired: they stay known.", retired)
            column.addWidget(_note(say(stay)))
        self.language = QComboBox()
        self._ask_language(file, column)
        self.keep = QCheckBox()
        lacking = set(offered) - {concept.code for concept in file.concepts}
        self.keep.setText(
            say(
                plural(
                    "&Keep the {n} topic of the project that is not in the file",
                    "&Keep the {n} topics of the project that are not in the file",
                    len(lacking),
                )
            )
        )
        self.keep.setVisible(bool(lacking))
        self.keep.setChecked(2 * len(lacking) < len(offered))  # the file is a later state of the same tree
        column.addWidget(self.keep)
        if lacking:
            column.addWidget(_note(_("Otherwise they are retired: articles that have them keep them.")))
        self.flaws = QListWidget()
        flaws = file.flaws()
        if flaws:
            one = "{n} topic does not stand where the file says. Import it all the same?"
            many = "{n} topics do not stand where the file says. Import them all the same?"
            words_of = plain_label(say(plural(one, many, len(flaws))))
            words_of.setWordWrap(True)
            column.addWidget(words_of)
            self.flaws.setAccessibleName(_("What is wrong with the tree"))
            for flaw in flaws[:_SHOWN]:
                self.flaws.addItem(say(message("{place}: {why}", place=flaw.place, why=flaw.why)))
            column.addWidget(self.flaws, 1)
            column.addWidget(_note(_("Of several parents the first is taken; without one, a topic stands at the top.")))
        buttons, self.go = parts.choice(self, _("Import"))
        column.addStretch()  # where it holds no list
        column.addWidget(buttons)
        theme.size(self, 120 * u, (90 if flaws else 44) * u)

    def _ask_language(self, file: TopicFile, column: QVBoxLayout) -> None:
        for tag in file.languages:
            self.language.addItem(tag)
        self.language.setCurrentText(language_of(file))
        if len(file.languages) > 1:
            label = QLabel(_("&Language of the names"))
            label.setBuddy(self.language)
            self.language.setAccessibleName(_("Language of the names"))
            line = QHBoxLayout()
            line.addWidget(label)
            line.addWidget(self.language, 1)
            column.addLayout(line)
            column.addWidget(
                _note(_("What has no name in it is shown in English. Codes stay as they are in every language."))
            )

    @property
    def chosen_language(self) -> str:
        """The language of the names."""
        return self.language.currentText()


def _note(words: str) -> QLabel:
    label = plain_label(words, kind="note", muted=True)
    label.setWordWrap(True)
    return label


def _indented(layout: QHBoxLayout | QVBoxLayout) -> QHBoxLayout | QVBoxLayout:
    layout.setContentsMargins(5 * theme.unit(), 0, 0, 0)
    return layout
