"""Over the article: its headline, who wrote it, where and when; at the right how far the work on it is."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyleOptionToolButton, QToolButton, QWidget

from rubricator.model.changes import Change
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.panels import when
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.states import WORDS, icon_for
from rubricator_gui.session import Session
from rubricator_gui.wording import FLAG, status_words

MOST_LINES = 2
"""Lines of a headline; a longer one ends in … and is whole in its tooltip."""

WIDTHS = 8
"""For how many widths its lines are kept."""


def _right_to_left(words: str) -> bool:
    """Say whether a line of these words begins at the right: its first letter with a direction tells."""
    kinds = (unicodedata.bidirectional(character) for character in words)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


class _StatusButton(QToolButton):
    """An icon with a menu, without the arrow: the icon is what is looked at."""

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Take the arrow away."""
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu


class ArticleHeader(QWidget):
    """Headline and details of the article shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleHeader")
        self._session = session
        self._small = False
        self._column: tuple[int, int] | None = None
        self.headline = ""
        self.details = ""
        self._mirrored = False
        """The headline is read from right to left: it stands at the right, as the text below it does."""
        self._broken: dict[tuple[str, int, str], list[str]] = {}
        """The lines of the headline by its width and font: Qt asks for several widths in turn."""
        """The headline as it was broken last, and for what."""
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.status = _StatusButton(self)
        self.status.setObjectName("articleStatus")
        self.status.setAutoRaise(True)
        self.status.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.status.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.status.setIconSize(QSize(5 * theme.unit(), 5 * theme.unit()))
        self.flag = QToolButton(self)
        self.flag.setObjectName("articleFlag")
        self.flag.setAutoRaise(True)
        self.flag.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.flag.setIconSize(self.status.iconSize())
        self.flag.clicked.connect(self._toggle_flag)
        menu = QMenu(self.status)
        self._group = QActionGroup(menu)
        for status in WORDS:
            action = QAction(status_words(status), self._group)
            action.setData(status)
            action.setCheckable(True)
            menu.addAction(action)
        self.status.setMenu(menu)
        self._group.triggered.connect(self._status_wanted)
        session.text_shown.connect(self._read_words)
        session.article_shown.connect(self._read_rest)
        session.changed.connect(self._changed)
        self._read()

    # --- handles --------------------------------------------------------------------------------------------------

    def place(self, left: int, width: int) -> None:
        """Stand over the column of the text: its left edge and its width inside this widget."""
        if self._column != (left, width):
            self._column = (left, width)
            self._lay()

    def set_small(self, small: bool) -> None:
        """Take the smaller headline of a narrow window."""
        if self._small != small:
            self._small = small
            self._lay()

    # --- following ------------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        article = self._session.article
        if change.everything or (article is not None and article.id in change.articles):
            self._read()

    def _read(self) -> None:
        self._read_words()
        self._read_rest()

    def _read_words(self) -> None:
        """Take what stands over the text, and may move it."""
        article, shown = self._session.article, (self.headline, self.details)
        self.headline = " ".join(article.title.split()) if article else ""
        meta = article.meta if article else {}
        date = when.in_full(str(meta["published"])) if meta.get("published") else ""
        parts = [meta.get("byline"), meta.get("dateline"), date, meta.get("source"), self._same_story()]
        self.details = " · ".join(" ".join(str(part).split()) for part in parts if part)
        if article and not self.headline:
            self.headline = _("Article without a headline")
        self._mirrored = _right_to_left(self.headline)
        if shown != (self.headline, self.details):  # mostly another label is all that is new
            self._lay()

    def _read_rest(self) -> None:
        """Take what nobody waits for: the text is painted by now."""
        took = when.spent(self._session.seconds)
        time = say(message("Time spent: {time}", time=took)) if took else ""
        self.setToolTip(plain_tip("\n".join(part for part in (self.headline, self.details, time) if part)))
        self.setAccessibleName(self.headline)
        self.setAccessibleDescription(self.details)
        self._show_status()

    def _same_story(self) -> str:
        """Say of which article this one is another version."""
        article, project = self._session.article, self._session.project
        first = project.stories.first(article) if project and article else None
        return say(message("the same story as “{title}”", title=first.title or first.id)) if first else ""

    def _show_status(self) -> None:
        self.status.setVisible(self._session.article is not None)
        status = self._session.status
        self.status.setIcon(icon_for(status, len(self._session.spans), theme.theme_of(self.palette())))
        words = say(message("Status: {status}", status=status_words(status)))
        self.status.setToolTip(plain_tip(say(message("{status}. A click changes it.", status=words))))
        self.status.setAccessibleName(words)
        for action in self._group.actions():
            action.setChecked(action.data() == status)
        self._show_flag()

    def _show_flag(self) -> None:
        flags = self._session.flags
        if self.flag.isHidden() == bool(flags):  # a long headline leaves it room
            self.flag.setVisible(bool(flags))
            self._lay()
        self.flag.setIcon(theme.icon("flag", "rubric", theme.theme_of(self.palette())))
        others = ", ".join(flag for flag in flags if flag != FLAG)
        words = say(message("Flagged: {flags}", flags=others)) if others else _("Flagged")
        self.flag.setToolTip(plain_tip(words))
        self.flag.setAccessibleName(words)

    def _status_wanted(self, action: QAction) -> None:
        self._session.work.set_status(str(action.data()))

    def _toggle_flag(self) -> None:
        self._session.work.toggle_flag()
        self._show_status()  # a refused or needless change leaves the old tick

    # --- layout ---------------------------------------------------------------------------------------------------

    def _edges(self, width: int) -> tuple[int, int]:
        """Return where the words begin and end; the status stands behind them, as one reads.

        They end with the column of the text, or go on to the edge where the headline would be cut off.
        """
        left, right = self._column_edges(width)
        u = theme.unit()
        beside = 11 * u + self._flagged()
        edge = (beside, right) if self._mirrored else (left, width - beside)
        wider = min(left, edge[0]), max(right, edge[1])
        return wider if self._is_cut(right - left) else (left, right)

    def _is_cut(self, width: int) -> bool:
        """Say whether not all of the headline has room in its lines."""
        last = self._headline_lines(width)[-1]
        return last.endswith("…") and not self.headline.endswith(last)

    def _flagged(self) -> int:
        """Return the room that the flag takes behind the status."""
        return 7 * theme.unit() if self._session.flags else 0

    def _column_edges(self, width: int) -> tuple[int, int]:
        """Return where the column of the text begins and ends, as far as there is room for the status beside it."""
        u = theme.unit()
        margin = 7 * u
        left = min(self._column[0], width // 3) if self._column else margin
        right = min(width - 3 * u, left + self._column[1]) if self._column else width - margin
        right = max(left + 20 * u, right - 8 * u)
        return (left + 8 * u, right + 8 * u) if self._mirrored else (left, right)

    def _headline_lines(self, width: int) -> list[str]:
        """Break the headline into at most two lines; the last one ends in … where it must."""
        font = theme.headline_font(self._small)
        key = (self.headline, width, font.key())
        if key not in self._broken:
            if len(self._broken) == WIDTHS:
                self._broken.clear()
            self._broken[key] = self._break_headline(width, font)
        return self._broken[key]

    def _break_headline(self, width: int, font: QFont) -> list[str]:
        layout = QTextLayout(self.headline, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ends: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            ends.append(line.textStart())
        layout.endLayout()
        units = self.headline.encode("utf-16-le")  # Qt counts in UTF-16

        def piece(start: int, end: int | None = None) -> str:
            return units[2 * start : None if end is None else 2 * end].decode("utf-16-le").strip()

        if len(ends) <= MOST_LINES:
            return [piece(start, end) for start, end in pairwise([*ends, len(units) // 2])]
        metrics = QFontMetrics(font)
        last = metrics.elidedText(piece(ends[MOST_LINES - 1]), Qt.TextElideMode.ElideRight, width)
        return [*(piece(start, end) for start, end in pairwise(ends[:MOST_LINES])), last]

    def heightForWidth(self, width: int) -> int:
        """Return the room for headline and details."""
        u = theme.unit()
        left, right = self._edges(width)
        lines = max(1, len(self._headline_lines(right - left)))
        high = ceil(QFontMetricsF(theme.headline_font(self._small)).lineSpacing())
        return 3 * u + lines * high + u + QFontMetrics(theme.ui_font("tool")).height() + 3 * u

    def sizeHint(self) -> QSize:
        """Return a size that fits the present width."""
        wide = max(self.width(), 80 * theme.unit())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the same height: nothing of it may be squeezed away."""
        return QSize(60 * theme.unit(), self.sizeHint().height())

    def _lay(self) -> None:
        u = theme.unit()
        left, right = self._edges(self.width())
        side = 7 * u
        if self._mirrored:
            self.status.setGeometry(left - u - side, 3 * u, side, side)
            self.flag.setGeometry(max(0, left - u - 2 * side), 3 * u, min(side, left - u - side), side)
        else:
            self.status.setGeometry(right + u, 3 * u, side, side)
            self.flag.setGeometry(right + u + side, 3 * u, min(side, self.width() - right - u - side), side)
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the headline anew."""
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_group"):
            self._show_status()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw headline, details and the line below them."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        left, right = self._edges(self.width())
        font = theme.headline_font(self._small)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour("Text"))
        y = 3.0 * u
        for line in self._headline_lines(right - left):
            x = right - metrics.horizontalAdvance(line) if self._mirrored else left
            painter.drawText(QPointF(x, y + metrics.ascent()), line)
            y += ceil(metrics.lineSpacing())
        font = theme.ui_font("tool")
        high = QFontMetrics(font).height()
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        begins, ends = (3 * u, right) if self._mirrored else (left, self.width() - 3 * u)
        rect = QRect(begins, int(y) + u, ends - begins, high)
        words = QFontMetrics(font).elidedText(self.details, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("Mid"))
