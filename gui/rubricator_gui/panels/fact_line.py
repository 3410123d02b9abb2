"""What is said of the chosen annotation: each in a line of its card, with a button that changes it.

What is not said yet takes no line: its button stands in a row with those of the others, beside the label.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from rubricator_gui import theme
from rubricator_gui.panels.facts import Fact
from rubricator_gui.panels.plain import LineLabel, plain_tip
from rubricator_gui.panels.quotes import wrapped

_BETWEEN = " · "


def line_height() -> int:
    """Return how high every line of the card is: where there is no room for all it scrolls by whole lines."""
    return max(5 * theme.unit(), QFontMetrics(theme.ui_font("row")).height())


class PartLines(LineLabel):
    """Parts with " · " between them, in as many lines as they take: one breaks between two parts only."""

    def say(self, words: str) -> None:
        """Show other words."""
        super().say(words)
        self.setFixedHeight(len(self.lines()) * line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.setFixedHeight(len(self.lines()) * line_height())

    def lines(self, width: int = 0) -> list[str]:
        """Return what stands in each line, in this width or another."""
        parts = self.text().split(_BETWEEN)
        lines = parts[:1]
        for part in parts[1:]:
            longer = lines[-1] + _BETWEEN + part
            if self.fontMetrics().horizontalAdvance(longer) <= (width or self.width()):
                lines[-1] = longer
            else:
                lines.append(part)
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        high = line_height()
        for n, line in enumerate(self.lines()):
            words = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(QRect(0, n * high, self.width(), high), at, words)


MOST = 3
"""Lines that a fact takes at most."""


class SomeLines(LineLabel):
    """Words in one line, or in a few where they are given these."""

    def __init__(self, kind: str = "row") -> None:
        super().__init__(kind)
        self._given = 1
        self.give(1)

    def give(self, lines: int) -> None:
        """Have room for so many lines."""
        self._given = lines
        self.setFixedHeight(lines * line_height())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        high = line_height()
        for n, line in enumerate(wrapped(self.text(), self.font(), self.width(), self._given)):
            painter.drawText(QRect(0, n * high, self.width(), high), at, line)


class Flat(QPushButton):
    """A button without an edge, as wide as its words, in the colour of a link."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlat(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the words: where they end, a line of the card ends."""
        words, u = self.fontMetrics(), theme.unit()
        return QSize(words.horizontalAdvance(self.text()) + u, line_height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Have the style write the words in the colour of a link, in light and dark."""
        super().initStyleOption(option)
        palette = option.palette
        palette.setColor(QPalette.ColorRole.ButtonText, theme.theme_of(palette).colour("Link"))
        option.palette = palette

    def say(self, does: str, words: str) -> None:
        """Show what it does; `words` say to whom it is read what stands there now."""
        self.setText(does)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip(words))


class FactLine(QWidget):
    """Words, elided where they have no room, and the button; or the button alone, among the `first` ones."""

    wanted = Signal()
    """It is to be said, or said otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = SomeLines()
        self._again, self.first = Flat(), Flat()
        for button in (self._again, self.first):
            button.clicked.connect(self.wanted)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)  # on the first line of the words
        self.give(1)

    def give(self, lines: int) -> None:
        """Have room for so many lines of words."""
        self.words.give(lines)
        self.setFixedHeight(lines * line_height())

    def lines(self, width: int) -> int:
        """Return how many lines of a width its words take."""
        button = 0 if self._again.isHidden() else self._again.sizeHint().width() + self._line.spacing()
        return len(wrapped(self.words.text(), self.words.font(), width - button, MOST))

    @property
    def button(self) -> Flat:
        """The button that is seen."""
        return self.first if self.isHidden() else self._again

    def tell(self, fact: Fact | None) -> None:
        """Show what is said, or that it can be; nothing where there is nothing to say."""
        self.setVisible(fact is not None and fact.said)
        self.first.setVisible(fact is not None and not fact.said)
        if fact is not None:
            self.words.say(fact.words)
            self.words.setToolTip(plain_tip(fact.tip or fact.words))
            self.button.say(fact.does, fact.words)
            self._again.setVisible(bool(fact.does))


def row(lines: tuple[FactLine, ...]) -> QWidget:
    """Return the row of the buttons of what is not said yet."""
    made = QWidget()
    made.setFixedHeight(line_height())  # with and without buttons
    along = QHBoxLayout(made)
    along.setContentsMargins(2 * theme.unit(), 0, 0, 0)
    along.setSpacing(3 * theme.unit())
    for line in lines:
        along.addWidget(line.first)
    return made
