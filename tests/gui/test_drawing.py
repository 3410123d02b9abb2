"""What was typed stands out in the words where it stands, and nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from rubricator_gui import drawing, theme
from rubricator_gui.panels import quotes


@pytest.mark.parametrize(
    ("words", "typed", "bold"),
    [
        ("Gender: f", "gen", "Gen"),
        ("Gender: f", "F", "f"),
        ("Age: 42.5", "age:42,5", ""),
        ("Age: 42.5", "", ""),
        ("Straße", "strasse", ""),  # a letter that folds to two
    ],
)
def test_typed_letters_are_bold_where_they_stand(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, words: str, typed: str, bold: str
) -> None:
    written: list[tuple[str, bool]] = []

    def note(_painter: QPainter, _rect: QRect, part: str, font: object, *_more: object) -> int:
        written.append((part, font != theme.ui_font()))
        return QFontMetrics(theme.ui_font()).horizontalAdvance(part)

    monkeypatch.setattr(drawing, "write", note)
    image = QImage(400, 30, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ink = drawing.ink_for(theme.theme_of(qapp.palette()), False)
    drawing.write_found(painter, QRect(0, 0, 400, 30), words, typed, ink)
    painter.end()
    assert "".join(part for part, _strong in written) == words
    assert "".join(part for part, strong in written if strong) == bold


def test_what_stands_around_words_is_no_fainter_than_they_are(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows whose most is faint look as if they could not be chosen."""
    inks: dict[str, QColor] = {}

    def note(_painter: QPainter, _rect: QRect, part: str, _font: object, colour: QColor, *_more: object) -> int:
        inks[part] = colour
        return 0

    monkeypatch.setattr(quotes, "write", note)
    image = QImage(400, 30, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    look = theme.theme_of(qapp.palette())
    words = ("before ", "Sund", " after")
    quotes.write_in_context(
        painter, QRect(0, 0, 400, 30), words, drawing.ink_for(look, False), look.colour("Mid"), None
    )
    painter.end()
    assert inks == dict.fromkeys(words, look.colour("Text"))
