"""The main window: builds and wires; decides nothing. Panels lay themselves out, commands and session do the work."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.words import _, message, say
from rubricator_gui import actions, keymap, theme
from rubricator_gui.over import Over
from rubricator_gui.panels.focus import FocusKeeper
from rubricator_gui.panels.header import ArticleHeader
from rubricator_gui.panels.panes import Panes, next_pane
from rubricator_gui.panels.plain import forget_search, plain_tip
from rubricator_gui.panels.side import Side
from rubricator_gui.panels.status import StatusLine
from rubricator_gui.panels.toolbar import Toolbar
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.reviewer import Reviewer
from rubricator_gui.session import Session
from rubricator_gui.timekeeper import Timekeeper
from rubricator_gui.wording import open_words, short_quote
from rubricator_resources import path as resource

if TYPE_CHECKING:
    from rubricator_gui.commands import Commands
    from rubricator_gui.keyhands import KeyHands
    from rubricator_gui.panels.articles import ArticleList
    from rubricator_gui.panels.empty import EmptyPane
    from rubricator_gui.panels.sections import Sections
    from rubricator_gui.panels.welcome import Welcome


_TURNS_SAID = 3
"""How often it is said that list and panels take turns in a narrow window."""


class MainWindow(QMainWindow):
    """The window on one session.

    The article is painted first. What that can do without (the list, the sections of the side, the welcome page, the
    hands of the file menu) is loaded and built when it is first needed, list and sections right after that paint.
    """

    painted = Signal()
    """The window was painted for the first time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        session.setParent(self)
        self.session = session
        self.setObjectName("mainWindow")
        self.setWindowTitle("Rubricator")
        self.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
        self.setAcceptDrops(True)
        self.actions: dict[str, QAction] = actions.make(self)  # type: ignore[assignment]
        self._restored = False
        self._painted = False
        self._reviewed: object = None
        """The review, once it was begun for the first time."""
        self._possible: Mapping[str, bool] = {}
        self._by_enter = actions.ByEnter()
        self.time = Timekeeper(session, self)
        self._build_panes()
        self._build_menus()
        self._build_toolbar()
        self._wire()
        u = theme.unit()
        self.setMinimumSize(225 * u, 150 * u)
        self.resize(400 * u, 250 * u)
        self._dress()
        for name in ("numbers", "space", "overview", "relations"):
            self.actions[name].setChecked(session.settings.get(f"reader.{name}"))
        self.actions["close-lines"].setChecked(session.settings.get("reader.close"))
        self.actions["suggestions"].setChecked(session.settings.get("suggest.on"))
        self._show_opened()

    # --- building -------------------------------------------------------------------------------------------------

    def _build_panes(self) -> None:
        session = self.session
        self.list = QWidget()
        """The pane at the left, which holds `articles`."""
        listed = QVBoxLayout(self.list)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addStretch()  # below a list that is folded
        self.header = ArticleHeader(session)
        self.reader = ReaderView(session)
        self.side = Side(lambda: self.sections._asdict())
        page = QWidget()
        self._page = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.reader, 1)
        self.over = Over(session, self.reader, column, self.actions, self)
        self.middle = QStackedWidget()
        self.middle.addWidget(page)
        self.side.first = str(session.memory.get("side.tab", ""))
        self.panes = Panes(self.list, self.middle, self.side, session.memory)
        self.status = StatusLine(session)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.modes = QStackedWidget()
        self.modes.addWidget(self.panes)
        rows.addWidget(self.modes, 1)
        rows.addWidget(self.status)
        self._work = work
        self.reviewer = Reviewer(session, self.modes, self.actions, self)
        self.pages = QStackedWidget()
        self.pages.addWidget(work)
        self.setCentralWidget(self.pages)

    @cached_property
    def empty(self) -> EmptyPane:
        """What stands in the place of the page while there is none."""
        from rubricator_gui.panels.empty import EmptyPane

        made = EmptyPane()
        made.setBackgroundRole(QPalette.ColorRole.Base)  # where the page will be
        made.setAutoFillBackground(True)
        made.pressed.connect(self.actions["import"].trigger)
        made.installEventFilter(self)
        self.middle.addWidget(made)
        return made

    @cached_property
    def articles(self) -> ArticleList:
        """The list of articles."""
        from rubricator_gui.panels.articles import ArticleList

        made = ArticleList(self.session, self.list)
        made.left.connect(self.reader.setFocus)
        made.menu_wanted.connect(self.over.show_list_menu)
        made.counted.connect(self._name_finish)
        layout = self.list.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, made, 1)
        made.show()  # Qt would do so only after this event
        return made

    @cached_property
    def sections(self) -> Sections:
        """The panels at the side."""
        from rubricator_gui.panels.sections import Sections

        made = Sections.of(self.session)
        for section in made:
            section.left.connect(self.reader.setFocus)
        made.suggestions.accept_wanted.connect(self.actions["accept-visible"].trigger)
        made.suggestions.all_wanted.connect(self.actions["accept-all"].trigger)
        made.suggestions.offers_wanted.connect(self.actions["suggestions"].trigger)
        made.suggestions.name_keys(keymap.keymap_of(self.session.settings).first("accept-visible"))
        made.suggestions.show_visible(self.reader.visible_offers(), self.reader.verticalScrollBar().value())
        self.reader.offers_seen.connect(made.suggestions.show_visible)
        for fact, action in (("entity", "link"), ("attributes", "attributes"), ("comments", "comment"),
                             ("relations", "relations-of")):  # fmt: skip
            getattr(made.chosen, fact).wanted.connect(self.actions[action].trigger)
        self.reader.borders.moved.connect(made.chosen.show_borders)
        made.annotations.menu_wanted.connect(self.over.show_menu)
        made.annotations.caret = self.reader.caret
        made.annotations.key_wanted.connect(self._press_in_text)
        menu = made.labels.menu
        menu.guideline_wanted.connect(self.over.guides.guidelines)
        menu.everywhere_wanted.connect(self.over.everywhere)
        menu.only_wanted.connect(self._show_only)
        menu.articles_wanted.connect(self._list_only)
        menu.edit_wanted.connect(self._edit_scheme)
        made.topics.note_wanted.connect(self.over.topic_note)
        made.topics.details_wanted.connect(self.over.show_topic)
        made.topics.topic_wanted.connect(self.over.new_topic)
        made.topics.import_wanted.connect(self.actions["import-topics"].trigger)
        made.entities.menu.details_wanted.connect(self.over.show_entity)
        made.entities.menu.merge_wanted.connect(self.over.put_together)
        made.entities.twins_wanted.connect(self.actions["twins"].trigger)
        made.entities.import_wanted.connect(self.actions["import-entities"].trigger)
        made.entities.link_wanted.connect(self.actions["link"].trigger)
        return made

    @cached_property
    def welcome(self) -> Welcome:
        """The page that is shown while no project is open."""
        from rubricator_gui.panels.welcome import Welcome

        made = Welcome(self.session, self.actions)
        made.project_wanted.connect(self._open_path)
        made.installEventFilter(self)
        self.pages.addWidget(made)
        return made

    def _build_menus(self) -> None:
        bar = self.menuBar()
        bar.setNativeMenuBar(True)
        menus = {name: bar.addMenu(_(words)) for name, words in actions.MENUS}
        self._menus = [*menus.values()]
        for row in actions.ACTIONS:
            if row.separator:
                menus[row.menu].addSeparator()
            menus[row.menu].addAction(self.actions[row.id])
        menus["help"].insertAction(self.actions["palette"], self.actions["guidelines"])  # one looks for them there, too
        for menu in self._menus:
            menu.aboutToHide.connect(partial(QTimer.singleShot, 0, self, self._leave_menus))

    def _leave_menus(self) -> None:
        """Have the keys back where they were, once no menu is open: Qt leaves them in the bar, and nothing shows it."""
        bar = self.menuBar()
        if bar.hasFocus() and not any(menu.isVisible() for menu in self._menus):
            bar.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))

    def _build_toolbar(self) -> None:
        self.toolbar = Toolbar(self.actions)
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the toolbar cannot be hidden by accident

    def _wire(self) -> None:
        session = self.session
        session.opened.connect(self._show_opened)
        session.text_shown.connect(self._show_text)  # after the header and the reader, which were there before it
        session.article_shown.connect(self._show_article)
        session.selection_changed.connect(self._refresh)
        session.changed.connect(self._show_changed)
        session.offers_changed.connect(self._refresh)
        session.offers_changed.connect(self._name_finish)
        self.status.undo_wanted.connect(self.actions["undo"].trigger)
        self.reader.keyboard.details_wanted.connect(self._enter_in_text)
        self.reader.borders.moved.connect(self.status.show_borders)
        self.painted.connect(self.furnish)
        self.painted.connect(self.time.follow)
        self.painted.connect(self._dress_menus)
        self.painted.connect(self.over.count_again)
        self.status.again_wanted.connect(self.actions["again"].trigger)
        self.over.counted.connect(self.status.show_again)
        self.reader.viewport().installEventFilter(self)
        self.focus_keeper = FocusKeeper(self, self._text)
        self.focus_keeper.typing.connect(self.status.show_typing)
        self.panes.narrowed.connect(self._narrowed)
        self.panes.shown.connect(self.check_panes)
        self.panes.turned.connect(self._say_turns)
        self.status.labels_seen = self._labels_seen
        self.side.turned.connect(self.status.look_again)
        self.panes.shown.connect(self.status.look_again)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @cached_property
    def commands(self) -> Commands:
        """The hands of the file menu; what they need is loaded when it is first needed, long after the first paint."""
        from rubricator_gui.commands import Commands

        made = Commands(self.session, self)
        self.status.cancel_wanted.connect(made.work.cancel)
        made.work.working.connect(self.status.show_work)
        made.work.worked.connect(self.status.end_work)
        return made

    @cached_property
    def key_hands(self) -> KeyHands:
        """The hands of the command palette, the sheet of keys and their editor."""
        from rubricator_gui.keyhands import KeyHands

        made = KeyHands(self.session, self.actions, self)
        made.changed.connect(self.bind_keys)
        return made

    def bind_keys(self) -> None:
        """Give all actions the keys that are set; whoever names one names it anew."""
        actions.bind(self.actions, keymap.keymap_of(self.session.settings).keys)
        self._by_enter = actions.ByEnter()
        self._name_by_enter()
        self._name_finish()
        self.reader.name_keys()
        self.status.name_keys()
        if "sections" in self.__dict__:
            self.sections.topics.name_keys()
            self.sections.suggestions.name_keys(keymap.keymap_of(self.session.settings).first("accept-visible"))

    def settle(self) -> None:
        """Do what comes after a project was opened, once the window is seen."""
        self.commands.settle()

    def _edit_scheme(self, label: str) -> None:
        self.commands.lists.edit_scheme(label)

    def _open_path(self, path: Path) -> None:
        self.commands.open_path(path)

    # --- following the session ------------------------------------------------------------------------------------

    def _show_opened(self) -> None:
        project = self.session.project
        self.pages.setCurrentWidget(self.welcome if project is None else self._work)
        self.toolbar.setVisible(project is not None)
        self.setWindowTitle("Rubricator" if project is None else f"{project.name} – Rubricator")
        self._show_text()
        self._show_article()

    def _show_text(self) -> None:
        """Show the page, and paint it at once: what stands around it has time until it was seen."""
        article = self.session.article
        project = self.session.project
        if article is not None:
            self.middle.setCurrentIndex(0)
        else:
            self.middle.setCurrentWidget(self.empty)
        if project is not None and article is None:  # said here, for the list may be folded away
            words = _("This project has no articles yet. Drop files here or import them.")
            self.empty.say(words, _("Import…"))
        self._place_header()
        if article is not None and self._painted:
            self._page.activate()  # where the header became higher the text is lower
            self.reader.viewport().repaint()

    def _text(self) -> QWidget:
        """Return the text that is worked in."""
        return self.reviewer.pane.sheet if self.reviewer.on else self.reader

    def _show_article(self) -> None:
        if self.reviewer.on:
            self.reviewer.focus()
        elif self.session.article is not None and not ("articles" in self.__dict__ and self.articles.walking):
            self.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()
        self._tell_state()

    def _tell_state(self) -> None:
        """Show whether the article is flagged and finished."""
        self.actions["flag"].setChecked(bool(self.session.flags))
        self._name_finish()

    def _show_changed(self, change: Change) -> None:
        if change.project and self.session.project is not None:
            self.setWindowTitle(f"{self.session.project.name} – Rubricator")
        if not change.elsewhere:
            forget_search(QApplication.focusWidget())  # the work is what was done last: undo takes that back
        self._refresh()
        self._tell_state()

    def _name_by_enter(self) -> None:
        now = actions.ByEnter(self.session.not_by_enter, self.session.changes_label)
        if now != self._by_enter:
            self._by_enter = now
            actions.name_by_enter(self.actions, keymap.keymap_of(self.session.settings).keys, now)

    def _refresh(self) -> None:
        self._name_by_enter()
        now = actions.possible(self.session.can)
        if now == self._possible:
            return
        actions.refresh(self.actions, now, self._possible)
        if self.reviewer.on:
            actions.only_review(self.actions)
        self._possible = now
        self.toolbar.finish.setEnabled(self.session.can("article"))

    def _place_header(self) -> None:
        self.header.place(self.reader.text_left(), self.reader.text_width())  # the header gets its own width later

    # --- hands ----------------------------------------------------------------------------------------------------

    def review(self) -> None:
        """Begin to review, or go back to one's own layer."""
        reviewing = self.session.reviewing
        if self._reviewed is None:
            self._reviewed = reviewing
            for signal in (reviewing.loaded, reviewing.stood, reviewing.moved):
                signal.connect(self._refresh)
            reviewing.turned.connect(self._turned)
            self.session.queue.changed.connect(self._refresh)
        self.reviewer.toggle()

    def _turned(self, on: bool) -> None:
        """Show the page of the review, or one's own layer."""
        if on:
            self._dress_menus()
            self.status.clear_notice()  # it may say that one sees one's own layer
            self.modes.setCurrentWidget(self.reviewer.pane)
        else:
            self.modes.setCurrentWidget(self.panes)
        self.status.show_review(on)
        self.actions["review"].setChecked(on)
        self.actions["review-names"].setChecked(not self.session.reviewing.blind)
        self.toolbar.fill(actions.TOOLBAR_REVIEW if on else actions.TOOLBAR)
        self._name_finish()
        self._possible = {}
        self._refresh()
        self.check_panes()
        (self.reviewer.focus if on else self.reader.setFocus)()

    def toggle_names(self) -> None:
        """Show the names of annotators to reviewers, or hide them."""
        self.session.reviewing.hide_names(not self.actions["review-names"].isChecked())

    def _name_finish(self) -> None:
        """Say on the main button and in the menu what it does: where the article is finished it only goes on.

        Where there is nowhere to go on to, it is not what one is to press: it says that this is the end.
        """
        done, reviews = self.session.status == "done", self.reviewer.on
        ends = done and not reviews and "articles" in self.__dict__ and not self.articles.goes_on
        own = _("Finished") if ends else _("Go on") if done else _("Finish and go on")
        does = _("Finish review") if reviews else own
        for finish in (self.toolbar.finish, self.actions["finish"]):
            finish.setText(does)
        key = keymap.keymap_of(self.session.settings).first("finish")
        tip = f"{does} ({key})" if key else does
        n = 0 if done or reviews else len(self.session.offers)
        if n:
            tip = "\n".join((tip, say(open_words(n))))
        if ends:
            again = message("“Work on it again” in the menu “Article” opens this one again.")
            tip = "\n".join(map(say, (self.articles.nothing_left(), again)))
        self.toolbar.finish.setToolTip(plain_tip(tip) if ends or n else tip)
        self.toolbar.stress(not ends)

    def write_note(self) -> None:
        """Have the note of the chosen annotation written."""
        self.panes.show_side(True)
        self.side.bring("chosen")
        self.sections.chosen.focus_note()

    def _enter_in_text(self) -> None:
        """Do what Enter does to what is chosen: its note is written, unless one just came to it from a list."""
        if not self.session.worklist.stays():
            self.write_note()

    def _press_in_text(self, event: QKeyEvent) -> None:
        """Have a key do what it does in the article."""
        QApplication.sendEvent(self.reader, event)

    def _show_only(self, label: str) -> None:
        """List the annotations of the article that have a label."""
        self.panes.show_side(True)
        self.side.bring("annotations")
        self.sections.annotations.filter.setText(f'label:"{label}"')

    def _list_only(self, label: str) -> None:
        """List the articles in which a label was given."""
        self.panes.show_list(True)
        self.articles.fold(False)
        self.articles.filter.setText(f'label:"{label}"')

    def paint_in(self, name: str) -> None:
        """Take light or dark colours, or those of the system, from now on."""
        self.session.settings.set("look.palette", name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, theme.follow_system(app) if name == "system" else name == "dark")
        self._dress()

    def _follow_system(self) -> None:
        if self.session.settings.get("look.palette") == "system":
            self.paint_in("system")

    def _dress(self) -> None:
        """Give icons, the main button and the checks of the menu what the present palette asks for."""
        self.toolbar.dress()
        if self._painted:
            self._dress_menus()
        wanted = self.session.settings.get("look.palette")
        for name in ("light", "dark", "system"):
            self.actions[name].setChecked(name == wanted)
        if "welcome" in self.__dict__:
            self.welcome.refresh()
        self.status.dress()

    def _dress_menus(self) -> None:
        actions.dress(self.actions, theme.icon, toolbar=False)

    # --- panes ----------------------------------------------------------------------------------------------------

    def furnish(self) -> None:
        """Put what stands around the page where it belongs, and give the actions their keys."""
        from rubricator_gui.panels.menus import search_by_typing
        from rubricator_gui.panels.recent import RecentMenu

        recent = RecentMenu(self.session, self)
        recent.project_wanted.connect(self._open_path)
        self._menus[0].insertMenu(self.actions["sample"], recent)
        self.bind_keys()
        self.status.show_progress()
        self.articles  # noqa: B018 (made on first use)
        self._name_finish()
        self.side.furnish()
        for menu in (*self._menus, self.toolbar.text_menu):
            search_by_typing(menu)

    def toggle_list(self) -> None:
        """Show the list of articles, or fold it away."""
        self.panes.show_list(self.list.isHidden())

    def toggle_side(self) -> None:
        """Show the panels at the right, or fold them away."""
        self.panes.show_side(self.side.isHidden())

    def _say_turns(self) -> None:
        """Say why a pane that nobody hid is gone, until that was said a few times."""
        said = self.session.memory.get("panes.turns", 0)
        if not isinstance(said, int) or said >= _TURNS_SAID:
            return
        self.session.memory.set(**{"panes.turns": said + 1})
        keys = keymap.keymap_of(self.session.settings)
        both = [key for key in map(keys.first, ("list", "panels")) if key]
        words = message("This window is narrow: list and panels take turns.")
        named = message("This window is narrow: list and panels take turns. {keys}", keys=", ".join(both))
        self.session.tell(named if both else words)

    def toggle_section(self, name: str) -> None:
        """Show a section that stands there on call only, or take it away; one behind another comes to the front."""
        behind = self.side.isVisible() and not self.side.on_top(name)
        shown = self.actions[name].isChecked() or behind
        self.actions[name].setChecked(shown)
        self.side.call(name, shown)
        if shown:
            self.panes.show_side(True)
            self.side.bring(name)

    def toggle_focus(self) -> None:
        """Leave the article alone on the screen, or bring back what was around it."""
        alone = self.actions["focus"].isChecked()
        self.toolbar.setVisible(not alone)
        self.panes.leave_alone(alone)

    def check_panes(self) -> None:
        """Check the actions of the panes that are there."""
        left: QWidget = self.list
        right: QWidget = self.side
        if self.reviewer.on:
            left, right = self.reviewer.pane.queue, self.reviewer.pane.side
        self.actions["list"].setChecked(not left.isHidden())
        self.actions["panels"].setChecked(not right.isHidden())

    def _labels_seen(self) -> bool:
        """Say whether the labels are on the screen, and in no tab behind another one."""
        return "sections" not in self.__dict__ or self.sections.labels.view.isVisible()

    def _narrowed(self, small: bool) -> None:
        self.status.set_narrow(small)
        self.toolbar.word(not small)
        self.header.set_small(small)

    def next_pane(self) -> None:
        """Give the focus to the next pane."""
        if self.panes.small and self.list.isHidden() and self.side.isHidden():
            self.panes.show_list(True)
        at_the_side = sorted(self.sections, key=lambda section: section.mapTo(self, QPoint()).toTuple())  # as one reads
        next_pane([self.articles, self.reader, *at_the_side], self.reader)

    # --- events ---------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the panes for the new size."""
        super().resizeEvent(event)
        self.panes.fit(self.width(), self.height())
        if self.reviewer.on:
            self.reviewer.pane.fit(self.width(), self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Come back as the window was left."""
        if not self._restored:
            self._restored = True
            kept = self.session.memory.get("window")
            if isinstance(kept, str):
                self.restoreGeometry(QByteArray.fromHex(kept.encode()))
        super().showEvent(event)
        if self._painted:
            self.time.follow()
        self.panes.fit(self.width(), self.height())
        self._place_header()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have Enter press the button that has the focus: Qt does so in dialogs only."""
        button = QApplication.focusWidget()
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and isinstance(button, QPushButton | QToolButton) and self.isAncestorOf(button):
            button.click()
        elif (row := actions.refused(self.actions, QKeySequence(event.keyCombination()))) is not None:
            self._tell_refused(row)
        else:
            super().keyPressEvent(event)

    def _tell_refused(self, row: actions.Row) -> None:
        """Say why an action cannot be done now; where it wants an annotation, which one stands around the words."""
        session = self.session
        why = message("{action}: {why}.", action=actions.plain(row).rstrip("…"), why=actions.why_not(row, session.can))
        around = session.around(session.selection) if row.when in {"chosen", "commenting"} else None
        if around is not None and not self.reviewer.on:
            why = message("{why} Tab chooses “{quote}” around it.", why=why, quote=short_quote(around.quote))
        session.tell(why, idle=True)

    def event(self, event: QEvent) -> bool:
        """Have the panels painted before a dialog opens over them.

        The text is painted at once, they follow when no key waits: till then they say what was before the last one.
        """
        if event.type() == QEvent.Type.WindowBlocked:
            QCoreApplication.sendPostedEvents(self, QEvent.Type.UpdateRequest)
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look for news when the window gets the focus."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self.session.look_for_news()
                self.session.take_name()
            elif self.session.article is not None:  # it may be ended from outside, and is not closed then
                self.reader.stop()
                self.session.remember_article()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the header over the text, wherever the reader puts it; say when the first page was painted."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and watched is self.reader.viewport():
            self._place_header()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if self.session.project is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files that were dropped; packets and projects are work that comes back."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.commands.take_dropped(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and close the project; every edit is saved already."""
        if "commands" in self.__dict__:
            self.commands.end()
        self.articles.end()
        self.panes.keep()
        self.session.memory.set(**{"side.tab": self.side.current})
        if self._reviewed is not None:
            self.session.queue.end()
            self.reviewer.pane.keep()
        self.session.memory.set(window=self.saveGeometry().toHex().toStdString())
        with suppress(UserError):  # it was told when it was put
            self.session.settings.keep()
        self.session.close()
        super().closeEvent(event)
