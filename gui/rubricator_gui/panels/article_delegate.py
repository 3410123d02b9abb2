"""How an article looks in the list."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from rubricator.project import ArticleLine
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.article_model import about, title_of
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.panels.states import icon_for, says_nothing
from rubricator_gui.wording import status_words


class ArticleDelegate(RowDelegate):
    """Draws status, headline, source and date, and the count of annotations."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(12.5, parent)

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw an article."""
        line: ArticleLine | None = index.data(ITEM)
        if line is None:
            return
        u = theme.unit()
        half = rect.height() // 2
        left, right = rect.left() + 8 * u, rect.right() + 1 - 3 * u
        first = QRect(left, rect.top() + u, right - left, half - u)
        second = QRect(left, first.bottom() + 1, right - left, half - u)
        side = round(4.5 * u)
        icon = icon_for(line.status, line.annotations, ink.look)
        icon.paint(painter, QRect(left - side - u, first.top() + (first.height() - side) // 2, side, side))
        if line.flags:
            flag = QRect(right - side, first.top() + (first.height() - side) // 2, side, side)
            theme.icon("flag", "rubric", ink.look).paint(painter, flag)
            first.setRight(flag.left() - u)
        write(painter, first, title_of(line), self._headline(line, ink.marked), ink.text)
        self._second(painter, second, line, ink)
        if not ink.marked:
            painter.fillRect(QRect(left, rect.bottom(), rect.right() + 1 - left, 1), ink.look.colour("AlternateBase"))

    def _headline(self, line: ArticleLine, marked: bool) -> QFont:
        if marked:
            return theme.ui_font("strong")
        return theme.ui_font("unread" if line.status in ("todo", "doing") else "row")

    def _second(self, painter: QPainter, rect: QRect, line: ArticleLine, ink: Ink) -> None:
        font = theme.figures(theme.ui_font("note"))
        words = str(line.annotations) if line.annotations else ""
        if says_nothing(line.status, line.annotations):
            words = _("nothing here")
        elif line.status == "skipped":
            words = status_words("skipped").lower()
        wide = QFontMetrics(font).horizontalAdvance(words)
        write(painter, rect, words, font, ink.muted, RIGHT)
        write(painter, rect.adjusted(0, 0, -wide - 2 * theme.unit() if words else 0, 0), about(line), font, ink.muted)
