"""The hands of the review: what its keys, buttons and menu entries do; the page is built when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from rubricator.model.spans import Span
from rubricator.words import Message, _, message, say
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.reader.verdicts import GROUPED, Accept, Meant, Verdict
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.review.agreement.report import Behind
    from rubricator.review.decision import Outcome
    from rubricator.verbs.agreement import Place
    from rubricator_gui.dialogs.agreement.window import AgreementWindow
    from rubricator_gui.panels.find import FindBar
    from rubricator_gui.panels.picker import LabelPicker
    from rubricator_gui.panels.review.pane import ReviewPane

LAYERS = 4
"""Layers that have actions of their own; the others are accepted by keys and by their cards."""


class Reviewer(QObject):
    """Builds the page of the review, and does what is wanted there."""

    def __init__(
        self, session: Session, modes: QStackedWidget, window_actions: Mapping[str, QAction], window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._modes, self._actions, self._window = session, modes, window_actions, window
        self._edited: Span | None = None
        """What gets the label that is being picked."""
        self.agreement: AgreementWindow | None = None
        """The window of agreement, while it is open."""

    @cached_property
    def pane(self) -> ReviewPane:
        """The page of the review."""
        from rubricator_gui.panels.review.pane import ReviewPane

        made = ReviewPane(self._session)
        made.wanted.connect(self.do)
        self._modes.addWidget(made)
        return made

    @property
    def on(self) -> bool:
        """Say whether one reviews now."""
        reviewing = self._session.__dict__.get("reviewing")
        return reviewing is not None and reviewing.on

    @cached_property
    def hands(self) -> Mapping[str, Callable[[], object]]:
        """What actions of the window do while one reviews, where that is something else."""
        pane = self.pane
        sheet = pane.sheet
        reviewing = self._session.reviewing
        own: dict[str, Callable[[], object]] = {
            "finish": self.finish,
            "next-span": partial(reviewing.step, 1),
            "previous-span": partial(reviewing.step, -1),
            "larger": sheet.larger,
            "smaller": sheet.smaller,
            "normal": sheet.normal_size,
            "wider": sheet.wider,
            "narrower": sheet.narrower,
            "close-lines": partial(self._checked, "close-lines", sheet.set_close),
            "find": partial(self._find, "open"),
            "find-next": partial(self._find, "next"),
            "find-previous": partial(self._find, "previous"),
            "guideline": self.guideline,
            "guidelines": self.guidelines,
            "comment": self.comment,
            "relations": partial(self._checked, "relations", sheet.show_relations),
            "numbers": partial(self._checked, "numbers", sheet.show_numbers),
            "space": partial(self._checked, "space", sheet.show_space),
            "list": self._toggle_queue,
            "panels": self._toggle_side,
            "next-pane": pane.next_pane,
            "copy": sheet.copy,
        }
        return own

    def verdicts(self) -> dict[str, Callable[[], object]]:
        """Return what the review's own actions do, by their ids."""
        found: dict[str, Callable[[], object]] = {}
        every: dict[str, Verdict | Accept] = {str(n + 1): Accept(n) for n in range(LAYERS)}
        every |= {verdict.name.lower(): verdict for verdict in Verdict if verdict is not Verdict.LET_GO}
        for name, verdict in every.items():
            found[f"review-{name}"] = partial(self.do, Meant(verdict))
            if isinstance(verdict, Accept) or verdict in GROUPED:
                found[f"review-all-{name}"] = partial(self.do, Meant(verdict, True))
        return found

    # --- looking things up ----------------------------------------------------------------------------------------

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar over the text that finds words in it."""
        from rubricator_gui.panels.find import FindBar

        made = FindBar(self._session, self.pane.sheet)
        made.hits_changed.connect(self.pane.sheet.found.show)
        made.gone_to.connect(self.pane.sheet.found.go_to)
        made.peeked.connect(self.pane.sheet.found.peek)
        made.left.connect(self.focus)
        made.took.connect(self.pane.sheet.make_way)
        self.pane.put_over_text(made)
        return made

    def _find(self, what: str) -> None:
        getattr(self.find_bar, what)()

    def guideline(self) -> None:
        """Show the guideline of the label under the caret; of a difference those of all labels, and what was decided
        before.
        """
        from rubricator_gui.panels.review.before import before_words

        session, reviewing = self._session, self._session.reviewing
        here, found = reviewing.current, self.pane.sheet.here()
        mine = here.difference.annotations if here is not None else []
        about = mine if any(one in mine for one in found) else found[:1] or mine
        labels = list(dict.fromkeys(one.label for one in about))
        known = [session.scheme.by_name[name] for name in labels if name in session.scheme.by_name]
        if not known and here is None:
            self.guidelines()
            return
        if not known:
            session.tell(reviewing.meaning())
            return
        from rubricator_gui.dialogs import parts
        from rubricator_gui.dialogs.guideline import About, GuidelineDialog

        span = max((one.span for one in about), key=len)
        decided = [say(before_words(session, one, key=False)) for one in reviewing.before] if about is mine else []
        dialog = GuidelineDialog(session, About(known[0], span, tuple(known[1:]), tuple(decided)), self._window)
        dialog.place_wanted.connect(self._show_words)
        parts.exec_beside(dialog, self.pane.sheet.kept_clear(span), session.memory)
        dialog.deleteLater()
        self.focus()

    def guidelines(self) -> None:
        """Show the guidelines of all labels."""
        from rubricator_gui.dialogs.guidebook import show_book

        show_book(self._session, "", self._window)

    def _show_words(self, article: str, _label: str, words: str) -> None:
        """Show an article, and select the first place of these words in it."""
        session = self._session
        session.show_article(article)
        start = session.text.find(words)
        if start >= 0:
            self.pane.sheet.take(Span.of(start, start + len(words)))
            self.pane.sheet.reveal(self.pane.sheet.page.character_rect(start))

    def _checked(self, name: str, hand: Callable[[bool], None]) -> None:
        hand(self._actions[name].isChecked())

    def _toggle_queue(self) -> None:
        self.pane.show_queue(self.pane.queue.isHidden())

    def _toggle_side(self) -> None:
        self.pane.show_side(self.pane.side.isHidden())

    # --- coming and going -----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Begin to review, or go back to one's own layer."""
        reviewing = self._session.reviewing
        if not reviewing.on:
            self._session.queue  # noqa: B018 (it listens from now on)
            self.pane.fit(self._window.width(), self._window.height())
        reviewing.turn(not reviewing.on)

    def focus(self) -> None:
        """Give the keys to the text."""
        self.pane.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- deciding -------------------------------------------------------------------------------------------------

    def do(self, meant: Meant) -> None:
        """Do what a key or a button means."""
        reviewing = self._session.reviewing
        if meant.group:
            self.settle_group(meant.verdict)
            return
        match meant.verdict:
            case Accept(layer):
                reviewing.accept(layer)
            case Verdict.MERGE:
                reviewing.merge()
            case Verdict.REJECT:
                reviewing.reject()
            case Verdict.DEFER:
                reviewing.defer()
            case Verdict.AGAIN:
                reviewing.again()
            case Verdict.NEXT:
                reviewing.step(1)
            case Verdict.PREVIOUS:
                reviewing.step(-1)
            case Verdict.EDIT:
                self.edit()
                return
            case Verdict.REASON:
                if reviewing.current is not None and not reviewing.locked:
                    self.pane.show_side(True)
                    self.pane.decision.reason.setFocus()
                return
            case Verdict.REFER:
                reviewing.refer()
            case Verdict.LET_GO:
                self.pane.sheet.put_caret(self.pane.sheet.caret())
                self.pane.sheet.viewport().update()
        if not self.pane.queue.isAncestorOf(self._window.focusWidget() or self._window):
            self.focus()

    @cached_property
    def picker(self) -> LabelPicker:
        """The list of labels for an annotation that no layer has."""
        from rubricator_gui.panels.picker import LabelPicker

        made = LabelPicker(self._session, self._window)
        made.picked.connect(self._picked)
        made.closed.connect(self._picker_closed)
        return made

    def edit(self) -> None:
        """Have a label picked for what is selected, else for what the first layer took."""
        from rubricator_gui.reader.review_sheet import span_of_place

        session, sheet = self._session, self.pane.sheet
        here = session.reviewing.current
        if here is None or session.reviewing.locked or not session.reviewing.may_write():
            return
        place = span_of_place(here.difference)
        if place is None:
            session.tell(_("This is no annotation: accept, merge or reject it."), warns=True)
            return
        span = sheet.selected() or here.difference.annotations[0].span
        self._edited = span
        sheet.preview(span)
        self.picker.ask(sheet.on_screen(span), alone=True)

    def _picked(self, label: str, _everywhere: bool) -> None:
        if self._edited is not None:  # the picker is closed by now
            self._session.reviewing.edit(self._edited, label)
        self.focus()

    def _picker_closed(self) -> None:
        self.pane.sheet.preview(None)
        self.focus()

    def settle_group(self, verdict: Verdict | Accept) -> None:
        """Show what a decision would do with all open differences of the pattern, and do it where that is wanted."""
        session, reviewing = self._session, self._session.reviewing
        here = reviewing.current
        found = self._outcome(verdict)
        if here is None or found is None or not reviewing.may_write():
            return
        outcome, does = found
        articles = session.queue.articles_of(here.difference.pattern)
        if not articles:
            session.tell(_("No difference of this group is open."), warns=True)
            return
        if not session.queue.whole:
            session.tell(_("The corpus is still being compared: the group holds what was found so far."))
        from rubricator_gui.dialogs.review_group import GroupDialog

        dialog = GroupDialog(session, outcome, does, articles, self._window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        if wanted and dialog.settle():
            reviewing.forget_why()
        dialog.deleteLater()
        self.focus()

    def settle_by_policy(self) -> None:
        """Have a policy write gold, where that is wanted."""
        if not self._session.reviewing.may_write():
            return
        from rubricator_gui.dialogs.policy import PolicyDialog

        dialog = PolicyDialog(self._session, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            dialog.write()
        dialog.deleteLater()
        self.focus()

    def _outcome(self, verdict: Verdict | Accept) -> tuple[Outcome, Message] | None:
        from rubricator.review.decision import DEFER, MERGE, REJECT

        reviewing = self._session.reviewing
        match verdict:
            case Accept(layer):
                accepting = reviewing.accepting(layer)
                if accepting is None:
                    return None
                outcome, does = accepting, self._accepts(layer)
            case Verdict.MERGE:
                outcome, does = MERGE, message("merge what the layers say")
            case Verdict.REJECT:
                outcome, does = REJECT, message("reject all")
            case _:
                outcome, does = DEFER, message("put off")
        return reviewing.because.given(outcome), does

    def _accepts(self, layer: int) -> Message:
        """Say what accepting a layer is for a group: of one that says nothing here, that nothing goes to gold."""
        from rubricator.review.blind import letter  # a window opens without it

        here, name = self._session.reviewing.current, letter(layer)
        if here is not None and not here.difference.sides[layer]:
            return message("accept {layer}, which says nothing here: nothing of it goes to gold", layer=name)
        return message("accept {layer}, and what is like it", layer=name)

    def comment(self) -> None:
        """Show what is said of the current difference, and have something said."""
        from rubricator_gui.dialogs import parts
        from rubricator_gui.dialogs.comments import CommentDialog
        from rubricator_gui.reader.review_sheet import span_of_place

        session = self._session
        if (current := session.reviewing.current) is not None:
            dialog = CommentDialog(session, session.remarks, self._window)
            if (place := span_of_place(current.difference)) is not None:
                parts.put_beside(dialog, self.pane.sheet.kept_clear(place))
            dialog.exec()
            dialog.deleteLater()
            self.pane.decision.refresh()  # what is not sent yet is told there
        self.focus()

    # --- finishing ------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Finish the article, and go on to the next with something to decide."""
        session = self._session
        after = session.queue.next_article()
        # Where nothing can be compared there is nothing to finish, but maybe something to decide elsewhere.
        passes = session.reviewing.layers < 2 and after is not None
        if (passes or session.reviewing.finish()) and after is not None:
            session.show_article(after)
        self.focus()

    # --- agreement ------------------------------------------------------------------------------------------------

    def show_agreement(self, listed: Callable[[], Sequence[str]], reader: Sheet) -> None:
        """Open the window of agreement, or bring it to the front; `listed` tells which articles the list shows."""
        if self.agreement is None:
            from rubricator_gui.dialogs.agreement.window import AgreementWindow

            self.agreement = AgreementWindow(self._session, listed)
            self.agreement.gone_to.connect(partial(self._go_to, reader))
            self.agreement.finished.connect(self._agreement_closed)
        self.agreement.show()
        self.agreement.raise_()
        self.agreement.activateWindow()

    def _agreement_closed(self, _result: int) -> None:
        if self.agreement is not None:
            self.agreement.deleteLater()
            self.agreement = None

    def _go_to(self, reader: Sheet, place: Place, behind: Behind) -> None:
        """Show a place in the article: its difference where one reviews, one's own annotation, or the words."""
        session = self._session
        session.show_article(place.article.id)
        ids = {behind.one, behind.other} - {""}
        if self.on:
            settled = session.reviewing.settled
            at = next((n for n, one in enumerate(settled) if ids & set(one.difference.subjects)), -1)
            session.reviewing.go(at)
            sheet: Sheet = self.pane.sheet
            if at < 0:
                sheet.put_caret(place.span.start, place.span.end)
        else:
            mine = next((uid for uid in ids if uid in session.spans), None)
            if mine is not None:
                session.choose(mine)
            else:
                session.select(place.span, exact=True)
            sheet = reader
        sheet.rect_at(place.span.start)  # it is scrolled into view
        self._window.raise_()
        self._window.activateWindow()
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)
