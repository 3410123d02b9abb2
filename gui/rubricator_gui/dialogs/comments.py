"""Comments on an annotation: what was said, by whom and when; one's own answer."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from rubricator.model.comments import Comment, in_threads
from rubricator.model.spans import Annotation
from rubricator.settings import Draft
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.actions import shown
from rubricator_gui.dialogs import parts
from rubricator_gui.panels import when
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.facts import comment_words
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.panels.rows import ENTER
from rubricator_gui.panels.section import NO_LIMIT
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote

_COMMENT = Qt.ItemDataRole.UserRole
_DEEPEST = 4


class Thread(Protocol):
    """What is commented on."""

    @property
    def about(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """What it is, in words."""
        ...

    def there(self) -> list[Comment]:
        """Return what is said of it, as it was written."""
        ...

    def called(self, by: str) -> str:
        """Return the name of who wrote something (an annotator's id), or what stands for it."""
        ...

    def add(self, text: str, answers: Comment | None) -> bool:
        """Say something about it, or answer a comment; False where it was refused."""
        ...


class OnAnnotation:
    """The thread on an annotation of one's own layer."""

    def __init__(self, session: Session, annotation: Annotation) -> None:
        self._session, self._annotation = session, annotation

    @property
    def about(self) -> str:
        """The id of the annotation."""
        return self._annotation.id

    @property
    def title(self) -> str:
        """Its label and its words."""
        title, quote = self._session.title(self._annotation.label), short_quote(self._annotation.quote)
        return say(message("{label} “{quote}”", label=title, quote=quote))

    def there(self) -> list[Comment]:
        """Return what is said of it."""
        return self._session.comments.on(self._annotation)

    def called(self, by: str) -> str:
        """Return somebody's name."""
        return self._session.ready.rows.name_of(by) or by

    def add(self, text: str, answers: Comment | None) -> bool:
        """Say something about it."""
        return self._session.comments.add(self._annotation, text, answers)


class CommentDialog(QDialog):
    """A thread, and a field to write in; Enter says it as it writes a note, and the next can be written.

    What was typed and not said stands there the next time.
    """

    def __init__(self, session: Session, thread: Thread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commentDialog")
        self.setWindowTitle(_("Comments"))
        self._session = session
        self._thread = thread
        self._answers: Comment | None = None
        self._changes: Comment | None = None
        self._unsent = False
        """What stands in the field was typed before."""
        self._said = False
        """Something was said: with nothing more in the field Enter closes."""
        self._put_off: tuple[Draft, ...] = ()
        """What was being typed when another comment was taken to be changed or answered."""
        u = theme.unit()
        head = plain_label(thread.title, kind="title")
        head.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Comments"))
        self.list.setAccessibleDescription(_("Enter answers a comment, F2 changes one’s own, Delete takes it away."))
        self.list.setWordWrap(True)
        self.list.installEventFilter(self)
        self.hint = plain_label(kind="note", muted=True)
        self.field = Area()
        self.field.setAccessibleName(_("Comment"))
        self.field.setPlaceholderText(_("A question, an answer, a remark to others"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(self.field.fontMetrics().lineSpacing() * 4 + 4 * u)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._enable)
        foot = parts.doing(self, (_("Comment"), self._say))
        (self.say,) = foot.doing
        last = QHBoxLayout()
        last.addWidget(self.hint, 1)
        last.addWidget(foot.box)
        column = parts.column(self)
        for widget in (head, self.list, self.field):
            column.addWidget(widget, int(widget is self.list))
        column.addLayout(last)
        needed = self.minimumSizeHint().height()  # once something is said: nothing grows under the mouse that says it
        self._load()
        session.comments.look_again()
        self._bring(session.comments.drafts.get(thread.about, ()))
        theme.size(self, 120 * u, 100 * u if self.list.count() else max(56 * u, needed))
        self._enable()
        self.field.setFocus()

    def _load(self) -> None:
        """List the comments: an answer stands below what it answers."""
        self.list.clear()
        now = when.here_and_now()
        there = self._thread.there()
        for depth, comment in in_threads(there):
            words = comment_words(self._thread.called(comment.by), comment, now)
            item = QListWidgetItem("\u2003" * min(depth, _DEEPEST) + words)
            item.setData(_COMMENT, comment)
            self.list.addItem(item)
        self.list.setVisible(bool(there))
        self.field.setMaximumHeight(self.field.minimumHeight() if there else NO_LIMIT)  # its room, where none is listed

    def _bring(self, drafts: tuple[Draft, ...]) -> None:
        """Have what was typed and not said last in the field, empty where nothing was; the rest is put off for it.

        What answered or changed a comment that is gone by now is a comment of its own.
        """
        there = {comment.id: comment for comment in self._thread.there()}  # they may have other words by now
        last, self._put_off = drafts[0] if drafts else Draft(""), drafts[1:]
        self._answers, changes = there.get(last.answers), there.get(last.changes)
        self._changes = changes if changes is not None and self._is_mine(changes) else None
        self._unsent = bool(drafts)
        self.field.setPlainText(last.text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def _is_mine(self, comment: Comment) -> bool:
        return comment.by == self._session.ready.me.annotator

    def _typed(self) -> tuple[Draft, ...]:
        """Return what was typed and not said, the last first, and what was put off for it."""
        words = self.field.toPlainText()
        untouched = self._changes is not None and words == self._changes.text
        if untouched or not words.strip():
            return self._put_off
        answers, changes = (one.id if one is not None else "" for one in (self._answers, self._changes))
        return Draft(words, answers, changes), *self._put_off

    def done(self, result: int) -> None:
        """Keep what was typed and not said."""
        self._session.comments.keep(self._thread.about, self._typed())
        super().done(result)

    def _enable(self) -> None:
        self.say.setEnabled(bool(self.field.toPlainText().strip()))
        self.say.setText(_("Change") if self._changes else _("Answer") if self._answers else _("Comment"))
        if self._changes:
            means = message("Your comment is changed.")
        elif self._answers:
            means = message("An answer to {who}", who=self._thread.called(self._answers.by))
        elif self._said and not self.field.toPlainText():
            means = message("Said. {key} or {other} closes", key=shown("Return"), other=shown("Esc"))
        else:
            means = message("{key} says it, {other} breaks the line", key=shown("Return"), other=shown("Shift+Return"))
        self._unsent = self._unsent and bool(self.field.toPlainText())
        self.hint.setText(say(message("Not sent yet · {means}", means=means) if self._unsent else means))

    def _say(self) -> None:
        words, comments = self.field.toPlainText(), self._session.comments
        if not words.strip():
            if self._said and self._answers is None and self._changes is None:
                self.accept()  # who has said it all goes on with the key that said it
            return
        if self._changes is not None:
            done = comments.change(self._changes, words)
        else:
            done = self._thread.add(words, self._answers)
        if done:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """List what was just said, and have the next written: Esc closes, and no key comes to the article before."""
        self._said = True
        said, before = self._changes, {item.data(_COMMENT).id for item in self._items()}
        self._session.comments.keep(self._thread.about, self._put_off, sent=True)
        self._bring(self._put_off)
        self._load()
        new = [item for item in self._items() if item.data(_COMMENT).id not in before - {said.id if said else ""}]
        if new:
            self.list.setCurrentItem(new[-1])
            self.list.scrollToItem(new[-1])
        self._enable()
        self.field.setFocus()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _current(self) -> Comment | None:
        item = self.list.currentItem()
        found: Comment | None = item.data(_COMMENT) if item is not None else None
        return found

    def _answer(self) -> None:
        if self._changes is not None:  # what it is changed to is no answer
            self._bring((Draft(""), *self._typed()))
        self._answers = self._current()
        self._enable()
        self.field.setFocus()

    def _change(self) -> None:
        comment = self._current()
        if comment is not None and self._is_mine(comment):
            typed = self._typed()
            if typed and typed[0].changes == comment.id:
                self._bring(typed)
            else:
                self._bring((Draft(comment.text, changes=comment.id), *typed))
                self._unsent = False
                self.field.selectAll()
            self._enable()
            self.field.setFocus()
        else:
            self._session.tell(_("Only who wrote a comment changes it."), warns=True)

    def _delete(self) -> None:
        comment = self._current()
        if comment is not None and self._session.comments.delete(comment):
            self._load()
            (self.list if self.list.count() else self.field).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it with Enter, if not with Shift; answer, change and take away from the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if watched is self.field:
            if key in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if not event.isAutoRepeat():  # held down it would say it, and close
                    self._say()
                return True
        elif key in ENTER:
            self._answer()
            return True
        elif key == Qt.Key.Key_F2:
            self._change()
            return True
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete()
            return True
        return super().eventFilter(watched, event)
