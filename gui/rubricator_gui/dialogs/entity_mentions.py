"""The mentions of an entity: a box for each, the words in the middle of what stands around them, and the article."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rubricator.model.around import words_after, words_before
from rubricator.project import Mention
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.quotes import one_line, write_in_context
from rubricator_gui.panels.rows import RIGHT, Index, ink_for, write
from rubricator_gui.session import Session

MENTION = Qt.ItemDataRole.UserRole


class MentionList(QListWidget):
    """Lists mentions; those that mean another entity can be ticked."""

    def __init__(self, session: Session, mentions: Iterable[Mention], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around: dict[str, tuple[str, str]] = {}
        self.setAccessibleName(_("Mentions"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a headline may be long
        self.setItemDelegate(_Delegate(self))
        for mention in mentions:
            self.addItem(_Item(self, mention))

    @property
    def ticked(self) -> list[Mention]:
        """The mentions that mean another entity."""
        items = (self.item(n) for n in range(self.count()))
        return [item.data(MENTION) for item in items if item.checkState() == Qt.CheckState.Checked]

    def around(self, mention: Mention) -> tuple[str, str]:
        """Return what stands before and after a mention: read when it is first seen, for there may be thousands."""
        if mention.annotation not in self._around:
            project = self._session.ready
            annotation, article = project.annotation(mention.annotation), project.rows.article(mention.article)
            text = project.rows.text(article.digest) if article is not None else None
            found = ("", "")
            if annotation is not None and text is not None:
                found = words_before(text, mention.start), words_after(text, annotation.end)
            self._around[mention.annotation] = found
        return self._around[mention.annotation]

    def where(self, mention: Mention) -> str:
        """Say in which article a mention stands, and whose it is."""
        rows = self._session.ready.rows
        article = rows.article(mention.article)
        title = " ".join(article.title.split()) if article else ""
        return f"{title or _('Article without a headline')} ({rows.name_of(mention.annotator) or ''})"


class _Item(QListWidgetItem):
    """A mention."""

    def __init__(self, mentions: MentionList, mention: Mention) -> None:
        super().__init__(f"“{one_line(mention.quote)}”")
        self._mentions = mentions
        self._mention = mention
        self.setFlags(self.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self.setCheckState(Qt.CheckState.Unchecked)
        self.setData(MENTION, mention)

    def data(self, role: int) -> object:
        """Say all of it to who cannot see it, or rests on it."""
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return super().data(role)
        before, after = self._mentions.around(self._mention)
        words = f"{before}“{one_line(self._mention.quote)}”{after} – {self._mentions.where(self._mention)}"
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class _Delegate(QStyledItemDelegate):
    """Draws the box as Qt does, and then the words."""

    def __init__(self, mentions: MentionList) -> None:
        super().__init__(mentions)
        self._mentions = mentions

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(10 * theme.unit(), 7 * theme.unit())

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the words out: they are drawn below."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        super().paint(painter, option, index)
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        u, mention = theme.unit(), index.data(MENTION)
        box = self._mentions.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemCheckIndicator, whole, self._mentions
        )
        rect: QRect = whole.rect
        state: QStyle.StateFlag = whole.state
        ink = ink_for(theme.theme_of(whole.palette), bool(state & QStyle.StateFlag.State_Selected))
        left, right = box.right() + 1 + 2 * u, rect.right() + 1 - 2 * u
        place = QRect(right - (right - left) // 3, rect.top(), (right - left) // 3, rect.height())
        used = write(painter, place, self._mentions.where(mention), theme.ui_font("note"), ink.muted, RIGHT)
        place = QRect(left, rect.top(), right - used - 3 * u - left, rect.height())
        before, after = self._mentions.around(mention)
        words = before, one_line(mention.quote), after
        write_in_context(painter, place, words, ink, ink.look.colour("Accent"), None, around=ink.muted)
