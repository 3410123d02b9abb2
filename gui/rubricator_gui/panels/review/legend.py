"""The legend below the text of a review: what its chips and discs mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubricator.review.blind import letter
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.reader.paint import Standing, draw_disc
from rubricator_gui.session import Session

_LAYERS = 3
"""Layers that are named in it; of more one knows by then."""


class Legend(QWidget):
    """One line of chips and discs with words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Legend"))
        session.reviewing.loaded.connect(self.update)
        session.reviewing.stood.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(60 * theme.unit(), round(7.5 * theme.unit()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, 0, self.width(), 1, look.colour("Mid"))
        reviewing = self._session.reviewing
        x, high = 4.0 * u, float(chips.chip_height())
        top = (self.height() - high) / 2
        hue = look.hue(2)
        items: list[tuple[str, str, Standing | None]] = [("ORG", _("agreed"), None)]
        for n in range(min(_LAYERS, reviewing.layers)):
            words = say(message("layer {letter}", letter=letter(n))) if reviewing.blind else reviewing.layer_called(n)
            items.append((f"{letter(n)} ORG", words, None))
        items += [
            ("3", _("open"), Standing.OPEN),
            ("2", _("this one"), Standing.CURRENT),
            ("1", _("settled"), Standing.SETTLED),
            ("4", _("settled, nothing in gold"), Standing.NOTHING),
        ]
        note = theme.ui_font("tool")
        for n, (mark, words, standing) in enumerate(items):
            painter.setFont(chips.chip_font())
            wide = high if standing else QFontMetricsF(chips.chip_font()).horizontalAdvance(mark) + 2 * u
            room = wide + 2 * u + QFontMetricsF(note).horizontalAdvance(words)
            if x + room > self.width() - 3 * u:
                break
            rect = QRectF(x, top, wide, high)
            if standing:
                draw_disc(painter, rect, mark, standing, look)
            else:
                painter.setBrush(hue.bar if n else look.colour("agreed"))
                painter.setPen(look.colour("Window"))
                painter.drawRoundedRect(rect, 2, 2)
                painter.setPen(hue.chip_text if n else look.colour("Base"))
                cap = QFontMetricsF(chips.chip_font()).capHeight()
                painter.drawText(QPointF(rect.left() + u, rect.center().y() + cap / 2), mark)
            painter.setFont(note)
            painter.setPen(look.colour("muted"))
            metrics = QFontMetricsF(note)
            painter.drawText(QPointF(x + wide + 2 * u, self.height() / 2 + metrics.capHeight() / 2), words)
            x += room + 5 * u
