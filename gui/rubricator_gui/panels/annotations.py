"""The annotations of the article in reading order, or those that pass a filter; a click chooses, Delete deletes.

Enter chooses, and on the chosen one does what it does in the article: it opens the note. So does Shift+Delete: it asks
for all identical mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from rubricator.model.changes import Change
from rubricator.model.spans import Annotation
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.panels.annotation_filter import Around, Passes, keys_of, read_filter, unknown_key, words_of
from rubricator_gui.panels.annotation_model import AnnotationDelegate, AnnotationModel
from rubricator_gui.panels.article_filter import unknown_label
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.fact_line import Flat
from rubricator_gui.panels.facts import broken
from rubricator_gui.panels.focus import ACTS_ON, CHOSEN
from rubricator_gui.panels.origins import origin_words
from rubricator_gui.panels.plain import bar, plain_label
from rubricator_gui.panels.rows import ENTER, ITEM, RowList
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import Section
from rubricator_gui.reader import gestures
from rubricator_gui.reader.events import stroke
from rubricator_gui.session import Session

_TYPING = 150
"""Milliseconds after which what was typed into the filter is asked for."""

_KEYS = 16
"""How many keys of the filter are told where an unknown one was typed: a scheme may have a hundred attributes."""


class AnnotationPanel(Section):
    """The panel of annotations."""

    menu_wanted = Signal(object, object)
    """The menu of the article is to be opened at a place of the screen, for annotations (their ids)."""
    key_wanted = Signal(object)
    """A key is to do what it does in the article."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Annotations"), parent)
        self.setObjectName("annotationPanel")
        self._session = session
        self.caret: Callable[[], int] = lambda: 0
        """Where the caret stands in the text."""
        self._model = AnnotationModel(session, self)
        self.view = RowList(self)
        self.view.setProperty(ACTS_ON, CHOSEN)
        self.view.setAccessibleName(_("Annotations of the article"))
        self.view.setAccessibleDescription(
            _("Enter opens the note of the chosen one, a label’s key relabels it, Esc goes back to the article.")
        )
        self.view.setModel(self._model)
        self._delegate = AnnotationDelegate(session, self.view)
        self._delegate.measure()
        self.view.draw_with(self._delegate)
        self.filter = SearchField("annotationFilter", _("Filter: words, label:ORG, note:"), _("Filter annotations"))
        words = _(
            "Words, label:ORG, entity:name (or its Wikidata id, or the words of a mention), relation:, topic: (what it "
            "is evidence for), note:, comment:words, broken: (against a rule), missing: (has something to say yet), "
            "stale: (to be looked at again), by:name, origin: (not by hand), or an attribute and its value, as in "
            "gender:f. "
            "A minus finds all others: -entity: those that link to no entity. The chips of the linked are underlined."
        )
        self.filter.setAccessibleDescription(words)
        self.filter.setToolTip(words)
        self._article = ""
        """The article (its id) that the filter was typed for."""
        self._unknown = ""
        """What the filter asks for that there is nothing of."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING)
        self._soon.timeout.connect(self._ask_new)
        self.filter.textChanged.connect(self._typed)
        self.filter.entered.connect(self._into_list)
        self.filter.down.connect(self._into_list)
        self.filter.left.connect(self.left)
        self._head = bar()
        self.found = plain_label(kind="note", muted=True)
        """How many pass the filter, where there is no header to say so."""
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(2 * theme.unit(), theme.unit(), 2 * theme.unit(), theme.unit())
        line.setSpacing(2 * theme.unit())
        line.addWidget(self.filter, 1)
        line.addWidget(self.found)
        # Who went on into the list, or into the text, sees that it does not show all, and the way back.
        self.all = Flat()
        self.all.say(_("Show all"), _("Takes the filter off; Esc in the list does so, too."))
        self.all.clicked.connect(self._show_all)
        line.addWidget(self.all)
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(22 * theme.unit())
        self.rows.addWidget(self._head)
        self.rows.addWidget(self._pages, 1)
        self.setFocusProxy(self.view)
        self.view.taken.connect(self._taken)
        self.view.walked.connect(self._taken)
        self.view.deleted.connect(self._deleted)
        self.view.left.connect(self.filter.leave)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.installEventFilter(self)
        self.empty.pressed.connect(self._help_out)
        session.opened.connect(self._opened)
        session.article_shown.connect(self._shown)
        session.selection_changed.connect(self._mark)
        session.changed.connect(self._changed)
        session.offers_changed.connect(self._offers_changed)
        self._shown()

    def _opened(self) -> None:
        self._delegate.measure()
        self._article = ""  # another project may have articles of the same ids

    def _shown(self) -> None:
        article = self._session.article
        was, self._article = self._article, article.id if article is not None else ""
        if self._article != was:
            self.filter.setText("")  # it was typed for another one, and nothing in the field brings it back
        if self._model.filtered:
            self._ask()
        else:
            self._model.load()
        self._begin()
        self._mark()
        self._tell()

    def _begin(self) -> None:
        """Begin the list with what the screen begins with: one reads on where one stopped."""
        place = self._session.stopped_at
        first = self._session.spans.next_after(place.top) if place is not None and place.top else None
        row = self._model.row_of(first.id) if first is not None else 0
        if row > 0:
            self.view.updateGeometries()
            self.view.scrollTo(self._model.index(row), self.view.ScrollHint.PositionAtTop)
        else:
            self.view.scrollToTop()

    def _offers_changed(self) -> None:
        if not self._model.rowCount():
            self._tell()  # where something is suggested, there is not nothing

    def _mark(self) -> None:
        row = self._model.mark_chosen()
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self._model.index(row))
        elif row < 0 and (fresh := self._session.labelled_last) is not None:
            row = self._model.row_of(fresh.id)
            if row >= 0:
                self._scroll_to(row)

    def _show_new(self, change: Change) -> None:
        """Have the last of what is new seen, of several that on the screen, while nothing in the list is chosen."""
        new = [one.after for one in change.annotations if one.before is None and one.after is not None]
        first, last = self._session.on_screen() or (0, 0)
        seen = [one for one in new if first <= one.start < last]
        rows = [row for one in seen or new if (row := self._model.row_of(one.id)) >= 0]
        mine = [one for one in new if one.id in self._session.spans]
        if rows and self._model.row_of(self._session.chosen) < 0:
            self._scroll_to(rows[-1])
        elif mine and not rows and self._model.filtered:
            n = len(mine)
            self._session.tell_also(plural("The filter of the list hides it.", "The filter of the list hides them.", n))

    def _scroll_to(self, row: int) -> None:
        self.view.updateGeometries()  # a new row below the last: Qt counts it later, and would stop before it
        self.view.scrollTo(self._model.index(row))

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._delegate.measure()
            self.view.viewport().update()
        beside = bool(change.comments or change.entities or change.relations or change.tags)
        reworded = change.linked and "entity:" in self.filter.text().casefold()  # a mention tells of all others
        if self._model.filtered and (change.everything or beside or change.scheme or reworded):
            self._ask()
        elif change.everything:
            self._model.load()
        elif change.annotations:
            self._model.patch(change)
            self._show_new(change)
            self.view.viewport().update()  # what lies in it is indented
        elif beside:
            self.view.viewport().update()
        article = self._session.article
        if change.everything or (article is not None and article.id in change.articles):
            self._mark()
            self._tell()

    def _tell(self) -> None:
        """Write the count, or what to do where nothing is counted."""
        n = self._model.rowCount()
        shown = self._session.article is not None
        of = len(self._session.spans)
        some = say(message("{n} of {total}", n=n, total=of)) if self._model.filtered else str(n)
        self.set_note(some if shown else "", str(of) if of else "")
        self._head.setVisible(bool(of) or bool(self.filter.text()))
        self._say_found(some)
        self._turn_page(0 if n else 1)
        if n:
            return
        if self._model.filtered and of:
            typed = self.filter.text().strip()
            words = message("No annotation matches “{words}”.", words=typed)
            if self._unknown:
                keys = [f"{key}:" for key in keys_of(self._session.scheme)][:_KEYS]
                words = message(
                    "There is nothing called “{key}:” to filter by; there are {keys} and {last}.",
                    key=self._unknown,
                    keys=", ".join(keys[:-1]),
                    last=keys[-1],
                )
            elif other := unknown_label(typed, self._session.scheme):
                words = message("No label is called “{label}”.", label=other)
            self.empty.say(words, _("Clear the filter"))
            return
        if not shown:
            self.empty.say("")
        elif self._session.status == "done":
            self.empty.say(message("Finished: nothing here."))
        else:
            words = message("Nothing labelled yet. Select a name and press the key of a label.")
            self.empty.say(words, *(() if self._session.offers else (_("Nothing here, finish"),)))

    def _say_found(self, some: str) -> None:
        """Say beside the field how many are found: a tab has room for how many there are, and no header is there."""
        self.found.setVisible(self._model.filtered and self.headless)
        most = say(message("{n} of {total}", n=len(self._session.spans), total=len(self._session.spans)))
        self.found.setMinimumWidth(self.found.fontMetrics().horizontalAdvance(most))  # the field stays as wide
        self.found.setText(some)
        self.all.setVisible(self._model.filtered)

    def _turn_page(self, page: int) -> None:
        """Show the list, or what is said in its place; keys that went to the one do not go to a chance neighbour."""
        focus = QApplication.focusWidget()
        held = page != self._pages.currentIndex() and focus is not None and self._pages.isAncestorOf(focus)
        if held and page and self.filter.text():
            self.filter.setText(self.filter.text())  # undo stays that of the article, and not the field's own
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        elif held and page:
            self.left.emit()
        self._pages.setCurrentIndex(page)
        if held and not page:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_header(self, shown: bool) -> None:
        """Take the header away, or bring it back: it says how many are found."""
        super().show_header(shown)
        self._tell()

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        annotation: Annotation = index.data(ITEM)
        self._session.choose(annotation.id)

    def _deleted(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Delete the chosen annotation and go on; a row that is merely current could be far from what is looked at."""
        annotation: Annotation = index.data(ITEM)
        if annotation.id != self._session.chosen:
            self._session.tell(_("Enter chooses the annotation; then Delete deletes it."))
            return
        row = index.row()
        self._session.labelling.delete()
        if n := self._model.rowCount():
            following = self._model.index(min(row, n - 1))
            self.view.setCurrentIndex(following)
            self._taken(following)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        """Choose the annotation, as a click does, and ask for what can be done with it."""
        self._taken(index)
        self.menu_wanted.emit(place, [index.data(ITEM).id])

    def _show_all(self) -> None:
        self.filter.setText("")  # undo brings nothing back: it is the work's where nothing stands here

    def _help_out(self) -> None:
        if self._model.filtered:
            self._show_all()
        else:
            self._session.work.set_status("done")
            self.left.emit()  # the button that was pressed goes

    # --- filter ---------------------------------------------------------------------------------------------------

    def _typed(self, words: str) -> None:
        if words:
            self._soon.start()
        else:
            self._ask_new()

    def _ask_new(self) -> None:
        """Ask what was typed: what is found begins at the top, or where the chosen one is, or what Enter takes."""
        self._ask()
        if self._model.row_of(self._session.chosen) < 0:
            self.view.scrollToTop()
        self._point()

    def _point(self) -> None:
        """Have that seen which Enter in the filter takes, while somebody types there."""
        if not (self._model.filtered and self.filter.hasFocus() and self._model.rowCount()):
            self._model.point(-1)
            return
        row = self._model.meant(self._place())
        self._model.point(row)
        self.view.setCurrentIndex(self._model.index(row))
        self.view.scrollTo(self.view.currentIndex())

    def _place(self) -> int:
        """Return where one is in the text: at what is held, or else at the caret."""
        held = self._session.selection or self._session.chosen_annotation
        return held.start if held is not None else self.caret()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        super()._focus_moved(old, new)
        if self.filter in (old, new):
            self._point()

    def _ask(self) -> None:
        """Ask the filter anew: what it says, or what it is asked about, is new."""
        self._soon.stop()
        session = self._session
        if session.project is None:
            return
        around = Around(
            scheme=session.scheme,
            entities_called=session.linking.finder.called,
            comments=session.comments.words,
            relations=self._relations,
            topics=self._topics,
            broken=partial(broken, session),
            stale=self._stale(),
            makers=self._makers,
            origin=origin_words,
        )
        typed = self.filter.text()
        self._unknown = unknown_key(typed, around, session.spans)
        self._model.ask(read_filter(typed, around, self._unknown), words_of(typed, around))
        self._mark()
        self._tell()
        self.view.scrollTo(self.view.currentIndex())

    def _stale(self) -> Passes:
        """Return what says whether an annotation is to be looked at again: all are judged at the first question."""
        schemes, spans = self._session.ready.schemes, self._session.spans
        judged = False

        def stale(annotation: Annotation) -> bool:
            nonlocal judged
            if not judged:
                judged = True
                schemes.asked_of(spans)
            return bool(schemes.asked_of([annotation]))

        return stale

    def _relations(self, uid: str) -> Iterator[tuple[str, ...]]:
        """Yield what the relations of an annotation are called: by type, and by the words at the other end."""
        session = self._session
        for relation in session.relations.at(uid):
            other = session.spans.get(relation.other_end(uid))
            yield relation.label, session.relation_title(relation.label), other.quote if other is not None else ""

    def _topics(self, uid: str) -> Iterator[tuple[str, ...]]:
        """Yield what the topics are called for which an annotation is evidence."""
        for tag in self._session.topics.shown_by(uid):
            yield self._session.topic_name(tag.topic), tag.topic

    def _makers(self, annotation: Annotation) -> Iterator[str]:
        """Yield the names of those who made an annotation and who changed it."""
        for stamp in (annotation.created, annotation.modified):
            if stamp is not None:
                yield self._session.ready.rows.name_of(stamp.by) or stamp.by

    def _into_list(self) -> None:
        """Go from the field into the list, and choose: what is just what was typed, the chosen one, or the first."""
        if self._soon.isActive():
            self._ask_new()
        if not self._model.rowCount():
            return
        row = self._model.meant(self._place())
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        self.view.setCurrentIndex(self._model.index(row))
        self._taken(self._model.index(row))

    # --- keys in the list -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have keys of the article do in the list what they do there, Enter on the chosen one too."""
        index = self.view.currentIndex()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not index.isValid():
            return super().eventFilter(watched, event)
        chosen = index.data(ITEM).id == self._session.chosen
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        everywhere = event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if (everywhere or (event.key() in ENTER and plain)) and chosen:
            self.key_wanted.emit(event)  # were it the way to the article, what is typed next would be labels' keys
        elif event.key() == Qt.Key.Key_F2 and not event.modifiers():
            self._taken(index)
            self.left.emit()
            self.key_wanted.emit(event)
        elif plain and event.text().strip() and event.text().isprintable():
            scheme = self._session.scheme
            if gestures.of_key(stroke(event), scheme.by_key, others=scheme.other_keys) is None:
                self._session.tell(_("This is no key of a label: words are typed into the filter above."), idle=True)
            elif chosen:
                self.key_wanted.emit(event)
            else:  # a row that is merely current could be one far from what is looked at
                self._session.tell(_("Enter chooses the annotation; then the key of a label changes it."))
        else:
            return super().eventFilter(watched, event)
        return True
