"""What the forms of the scheme editor are made of: fields with a name, buttons, words in a colour, a list of labels."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
)

from rubricator.model.scheme import Scheme
from rubricator.words import Message, _, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.plain import LineLabel, plain_tip


def line(name: str, words: str, most: int = 0) -> QLineEdit:
    """Return a field of one line."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(words)
    field.setMinimumHeight(7 * theme.unit())
    if most:
        field.setMaxLength(most)
    return field


def area(name: str, words: str, lines: int) -> QPlainTextEdit:
    """Return a field of several lines; Tab leads out of it."""
    field = Area()
    field.setObjectName(name)
    field.setAccessibleName(words)
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + 4 * theme.unit())
    return field


def button(words: str, name: str) -> QPushButton:
    """Return a button that Enter in a field does not press."""
    made = QPushButton(words)
    made.setObjectName(name)
    parts.press_with_enter(made)
    made.setMinimumHeight(7 * theme.unit())
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def words(kind: str = "row", wraps: bool = True) -> QLabel:
    """Return a label for plain words."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.ui_font(kind))
    made.setWordWrap(wraps)
    return made


def tell(label: QLabel, said: Message | str, role: str = "muted") -> None:
    """Put words into a label, in a colour of the theme; without words it takes no room."""
    label.setText(say(said))
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, theme.theme_of(palette).colour(role))
    label.setPalette(palette)
    label.setVisible(bool(said))


def kept_line(name: str) -> LineLabel:
    """Return a line for a note that takes its room also where nothing is told: what stands below it does not move."""
    made = LineLabel("note")
    made.setObjectName(name)
    made.setForegroundRole(QPalette.ColorRole.WindowText)
    made.setMinimumHeight(made.fontMetrics().lineSpacing())
    return made


def tell_in_line(label: LineLabel, said: Message | str, role: str = "muted") -> None:
    """Put words into such a line."""
    tell(label, said, role)
    label.setToolTip(plain_tip(say(said)))
    label.setVisible(True)


def set_text(field: QLineEdit | QPlainTextEdit, value: str) -> None:
    """Show a value, if another one is shown: who is typing keeps the caret."""
    if isinstance(field, QLineEdit):
        if field.text() != value:
            field.setText(value)
    elif field.toPlainText() != value:
        field.setPlainText(value)


class LabelChoice(QListWidget):
    """Labels with a box each; none ticked means any of them."""

    changed = Signal()

    def __init__(self, scheme: Scheme, chosen: Iterable[str], words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setTabKeyNavigation(False)
        u = theme.unit()
        self.setMinimumHeight(24 * u)
        ticked = set(chosen)
        for label in scheme.labels:
            item = QListWidgetItem(label.title, self)
            item.setData(Qt.ItemDataRole.UserRole, label.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if label.name in ticked else Qt.CheckState.Unchecked)
        self.itemChanged.connect(self._told)

    def _told(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the ticked labels."""
        items = [self.item(n) for n in range(self.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def sizeHint(self) -> QSize:
        """Ask for little: it scrolls."""
        return QSize(50 * theme.unit(), 34 * theme.unit())


def any_label() -> str:
    """Return what stands under a list of labels."""
    return _("None ticked: any label")
