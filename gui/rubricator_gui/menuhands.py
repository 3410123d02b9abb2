"""The hands of the menus: what each action of the window does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from rubricator import __version__
from rubricator.words import _
from rubricator_gui.keymap import ROWS
from rubricator_gui.window import MainWindow
from rubricator_gui.wording import Left, and_left

_OF_ONE = ("chosen", "commenting", "linked")


class MenuHands(QObject):
    """Does what is wanted by menu, key or button; what that needs is loaded when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session

    def take(self) -> None:
        """Take all actions of the window in hand."""
        hands = self._hands()
        for name, action in self._window.actions.items():
            action.triggered.connect(partial(self._call, name, hands[name]))

    def _hands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "new": partial(self._command, "new"),
            "open": partial(self._command, "open"),
            "sample": partial(self._command, "sample"),
            "import": partial(self._command, "import_articles"),
            "export": partial(self._command, "export"),
            "snapshot": partial(self._command, "take_snapshot"),
            "snapshots": partial(self._command, "show_snapshots"),
            "pack": partial(self._packets, "make"),
            "merge": partial(self._packets, "take_work_in"),
            "import-scheme": partial(self._lists, "import_scheme"),
            "export-scheme": partial(self._lists, "export_scheme"),
            "edit-scheme": partial(self._lists, "edit_scheme"),
            "again": partial(self._again, "toggle"),
            "again-next": partial(self._again, "next"),
            "again-confirm": partial(self._again, "confirm"),
            "import-topics": partial(self._lists, "import_topics"),
            "import-words": partial(self._lists, "import_words"),
            "import-entities": partial(self._lists, "import_entities"),
            "export-entities": partial(self._lists, "export_entities"),
            "twins": self._window.over.show_twins,
            "attributes": self._window.over.pick_attribute,
            "comment": self._window.over.comment,
            "link": self._window.over.pick_entity,
            "relate": self._window.over.relations.relate,
            "relations-of": self._window.over.relations.show_relations,
            "relations": partial(self._toggle, "relations", self._window.reader.relation_lines.show),
            "unlink": partial(self._act, "linking", "unlink"),
            "next-mention": partial(self._act, "linking", "walk", "", 1),
            "previous-mention": partial(self._act, "linking", "walk", "", -1),
            "close": partial(self._command, "close"),
            "quit": self._window.close,
            "undo": partial(self._act, "history", "undo"),
            "redo": partial(self._act, "history", "redo"),
            "copy": self._window.reader.copy,
            "delete": partial(self._act, "labelling", "delete"),
            "note": self._window.write_note,
            "who": partial(self._command, "who"),
            "previous": partial(self._show_listed, "previous"),
            "next": partial(self._show_listed, "next"),
            "finish": self._finish,
            "skip": self._skip,
            "flag": partial(self._act, "work", "toggle_flag"),
            "reopen": partial(self._act, "work", "set_status", "doing"),
            "filter-articles": self._filter_articles,
            "find-topic": self._find_topic,
            "find-annotation": self._find_annotation,
            "evidence": self._window.over.pick_evidence,
            "next-evidence": partial(self._act, "topics", "next_evidence"),
            "remove": self._take_out,
            "next-span": partial(self._walk, 1),
            "previous-span": partial(self._walk, -1),
            "stacked": partial(self._act, "walking", "next_stacked"),
            "second-label": self._window.over.pick_second,
            "find": partial(self._window.over.finding.find, "open"),
            "find-next": partial(self._window.over.finding.find, "next"),
            "find-previous": partial(self._window.over.finding.find, "previous"),
            "last-label": self._window.over.finding.label_again,
            "guideline": self._window.over.guides.guideline,
            "guidelines": self._window.over.guides.guidelines,
            "example": self._window.over.guides.example,
            "counter-example": partial(self._window.over.guides.example, counter=True),
            "here": self._window.over.show_here,
            "pick-label": self._window.over.pick_label,
            "everywhere": self._window.over.pick_everywhere,
            "borders": self._window.over.move_borders,
            "exact": self._window.reader.toggle_exact,
            "accept": partial(self._act, "deciding", "accept_offered"),
            "reject": partial(self._act, "deciding", "reject_offered"),
            "next-offer": self._walk_on,
            "accept-visible": self._window.reader.accept_visible,
            "accept-all": self._window.reader.accept_all,
            "suggestions": partial(self._toggle, "suggestions", self._session.wish_offers),
            "larger": self._window.reader.larger,
            "smaller": self._window.reader.smaller,
            "normal": self._window.reader.normal_size,
            "wider": self._window.reader.wider,
            "narrower": self._window.reader.narrower,
            "close-lines": partial(self._toggle, "close-lines", self._window.reader.set_close),
            "numbers": partial(self._toggle, "numbers", self._window.reader.show_numbers),
            "space": partial(self._toggle, "space", self._window.reader.show_space),
            "overview": partial(self._toggle, "overview", self._window.reader.show_overview),
            "print": partial(self._on_paper, "print_article"),
            "pdf": partial(self._on_paper, "save_pdf"),
            "light": partial(self._window.paint_in, "light"),
            "dark": partial(self._window.paint_in, "dark"),
            "system": partial(self._window.paint_in, "system"),
            "list": self._window.toggle_list,
            "panels": self._window.toggle_side,
            "history": partial(self._window.toggle_section, "history"),
            "entities": partial(self._window.toggle_section, "entities"),
            "focus": self._window.toggle_focus,
            "next-pane": self._window.next_pane,
            "review": self._window.review,
            **self._window.reviewer.verdicts(),
            "review-mine": self._window.over.show_mine,
            "review-policy": self._window.reviewer.settle_by_policy,
            "review-reopen": partial(self._act, "reviewing", "reopen"),
            "review-names": self._window.toggle_names,
            "review-queue": partial(self._act, "queue", "begin"),
            "agreement": partial(self._window.reviewer.show_agreement, self._listed, self._window.reader),
            "palette": partial(self._key_hand, "show_palette"),
            "keys": partial(self._key_hand, "show_sheet"),
            "edit-keys": partial(self._key_hand, "edit"),
            "about": self._show_about,
        }

    def _call(self, name: str, hand: Callable[[], object], _checked: bool = False) -> None:
        """Do what an action does; while one reviews some do another thing.

        What is done with an annotation is done with the one whose words are selected, or that was just labelled, where
        none is chosen.
        """
        if ROWS[name].when in _OF_ONE and not self._window.reviewer.on:
            self._session.choose_meant()
        (self._window.reviewer.hands.get(name, hand) if self._window.reviewer.on else hand)()
        if self._window.reviewer.on and name in {"list", "panels"}:
            self._window.check_panes()

    def _act(self, kind: str, verb: str, *more: object) -> None:
        getattr(getattr(self._session, kind), verb)(*more)

    def _command(self, name: str) -> None:
        getattr(self._window.commands, name)()

    def _lists(self, name: str) -> None:
        getattr(self._window.commands.lists, name)()

    def _packets(self, name: str) -> None:
        getattr(self._window.commands.packets, name)()

    def _again(self, name: str) -> None:
        getattr(self._window.over.again, name)()

    def _on_paper(self, name: str) -> None:
        getattr(self._window.commands, name)(self._window.reader)

    def _key_hand(self, name: str) -> None:
        getattr(self._window.key_hands, name)()

    def _finish(self) -> None:
        self._end("done")

    def _skip(self) -> None:
        self._end("skipped")

    def _end(self, status: str) -> None:
        """Be done with the article and go on; where something is lacking, stay at it."""
        self._window.reader.borders.settle()
        was = self._session.status
        left = self._session.work.undecided() if status == "done" != was else Left()
        self._session.work.set_status(status)
        if self._session.status == status:
            if was != status:
                self._session.run(self._window.time.write())
            self._go_on(left, undo=was != status)
        elif status == "done" and not self._session.held:
            self._window.over.say_lacking()

    def _show_listed(self, which: str) -> None:
        if not getattr(self._window.articles, which)():
            last, first = _("This is the last article of the list."), _("This is the first article of the list.")
            self._session.tell(last if which == "next" else first, idle=True)

    def _listed(self) -> list[str]:
        return self._window.articles.listed()

    def _go_on(self, left: Left, *, undo: bool) -> None:
        """Go on to the next article; where there is none say so, with `undo` of what was done and what was `left`."""
        if not self._window.articles.next_open():
            self._session.tell(and_left(self._window.articles.nothing_left(), left), undo=undo, warns=left.bare)

    def _take_out(self) -> None:
        article = self._session.article
        if article is not None:
            self._window.articles.next() or self._window.articles.previous()  # one stays where one was in the list
            self._window.commands.remove_article(article)

    def _walk(self, step: int) -> None:
        self._session.walking.walk(step, self._session.selection.start if self._session.selection else 0)

    def _walk_on(self) -> None:
        """Walk to the next suggestion; its keys are those of the article, or of the list, wherever the focus was."""
        self._session.walking.walk_offers(self._window.reader.caret())
        if self._session.offered is not None and not self._window.sections.suggestions.view.hasFocus():
            self._window.reader.setFocus()

    def _filter_articles(self) -> None:
        self._window.panes.show_list(True)
        field = self._window.articles.filter
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _find_annotation(self) -> None:
        self._window.panes.show_side(True)
        self._window.side.bring("annotations")
        field = self._window.sections.annotations.filter
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _find_topic(self) -> None:
        self._window.panes.show_side(True)
        self._window.side.bring("topics")
        self._window.sections.topics.focus_search()

    def _show_about(self) -> None:
        words = f"Rubricator {__version__}\n\n" + _(
            "Annotates articles by hand. Apache License 2.0.\n"
            "Topics: IPTC Media Topics, © IPTC (iptc.org), CC BY 4.0.\n"
            "Windows: Qt, under the LGPL."
        )
        QMessageBox.about(self._window, _("About Rubricator"), words)

    def _toggle(self, name: str, hand: Callable[[bool], None]) -> None:
        hand(self._window.actions[name].isChecked())
