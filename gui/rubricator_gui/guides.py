"""Guidelines over the article: the one that is meant, those of all labels, and examples that are kept for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.model.scheme import Label
    from rubricator.model.spans import Span


class Guides:
    """Shows them for the actions of the window, and keeps examples."""

    def __init__(self, session: Session, reader: ReaderView, window: QWidget) -> None:
        self._session, self._reader, self._window = session, reader, window

    def guideline(self) -> None:
        """Show the guideline of the label in hand: of the chosen span or suggestion, of what was just labelled, of the
        innermost span around the caret, the sticky one, or the one used last.

        Where all guidelines stand beside the article, they go to it. For a selection it begins with the label that is
        suggested there, or that the nearest words got before, and any other can be gone to; where there is no label at
        all, the guidelines of all of them are shown.
        """
        session = self._session
        held = session.shown(session.current)
        if held is None and session.selection is None:
            held = session.labelled_last or session.innermost(self._reader.caret())
        span = held.span if held is not None else session.selection
        label = session.scheme.by_name.get(held.label if held is not None else session.sticky or session.last_label)
        asks = held is None and span is not None
        if asks and span is not None:
            at_hand = session.rulings.at_hand()
            label = session.rulings.likely(span) or at_hand or label or next(iter(session.scheme.labels), None)
        if label is None or (not asks and self._book_stands()):
            self.guidelines(label.name if label is not None else "")
            return
        self._show_guideline(label, span, asks=asks)

    def example(self, *, counter: bool = False) -> None:
        """Keep what is held as an example of its label, or of what is none; once more asks why.

        Words without a label, like which none were labelled before, have the guideline asked for it. What they are not
        is said of the label that one was with a moment ago; where like words had another one, that is asked, too.
        """
        session = self._session
        held = session.shown(session.current) or session.meant
        span = held.span if held is not None else session.selection
        if span is None:
            return
        rulings = session.rulings
        likely = rulings.likely(span, counter=counter) if held is None else None
        label = session.scheme.by_name.get(held.label) if held is not None else likely
        at_hand = rulings.at_hand() if held is None and counter else None
        if at_hand is not None and label not in (None, at_hand) and not rulings.written(label.name, span, counter=True):
            self._show_guideline(at_hand, span, asks=True)
            return
        label = label or at_hand
        if label is None:
            self.guideline()
        elif session.rulings.written(label.name, span, counter=counter) is not None:
            self._show_guideline(label, span, why=counter)
        else:
            session.rulings.write(label.name, span, counter=counter)

    def _show_guideline(self, label: Label, span: Span | None, *, asks: bool = False, why: bool | None = None) -> None:
        """Show the guideline of a label, for some words; `why` they are an example, or a counter-example, is asked."""
        from rubricator_gui.dialogs import parts
        from rubricator_gui.dialogs.guideline import About, GuidelineDialog

        dialog = GuidelineDialog(self._session, About(label, span, asks=asks), self._window)
        if why is not None:
            dialog.ask_why(counter=why)
        dialog.place_wanted.connect(self._show_words)
        clear = self._reader.lines_clear(span) if span is not None else ()
        parts.exec_beside(dialog, clear, self._session.memory)
        dialog.deleteLater()
        self._reader.setFocus()

    def guidelines(self, name: str = "") -> None:
        """Show the guidelines of all labels beside the article, that of a label where one is named."""
        from rubricator_gui.dialogs.guidebook import show_book

        show_book(self._session, name, self._window)

    def _book_stands(self) -> bool:
        from rubricator_gui.dialogs.guidebook import GuidelineBook

        return any(book.isVisible() for book in self._window.findChildren(GuidelineBook))

    def _show_words(self, article: str, label: str, words: str) -> None:
        """Show an article, and choose the first of its annotations with this label over these words."""
        self._session.show_article(article)
        found = (one.id for one in self._session.spans if (one.label, one.quote) == (label, words))
        self._session.choose(next(found, None))
