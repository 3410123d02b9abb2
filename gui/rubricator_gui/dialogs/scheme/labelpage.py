"""The page of labels: the tree beside the form, and the steps that touch annotations, done at once after a preview."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from rubricator.model.scheme import Scheme
from rubricator.model.scheme_names import merged, with_label, with_names, without
from rubricator.model.scheme_texts import call_anew, call_merged
from rubricator.model.scheme_tree import beside
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.atonce import AT_ONCE, GOES, AtOncePage, asked
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import button
from rubricator_gui.dialogs.scheme.labelform import LabelForm
from rubricator_gui.dialogs.scheme.labeltree import LabelView
from rubricator_gui.dialogs.scheme.splitting import Splitting
from rubricator_gui.dialogs.scheme.touching import Deleting, Merging, Renaming
from rubricator_gui.session import Session

_MOVES = (
    ("Move up", Qt.Key.Key_Up, "Alt+Up"),
    ("Move down", Qt.Key.Key_Down, "Alt+Down"),
    ("Put under the label above", Qt.Key.Key_Right, "Alt+Right"),
    ("Take out from under it", Qt.Key.Key_Left, "Alt+Left"),
)


class LabelPage(AtOncePage):
    """Makes, changes, moves, renames, merges, splits and deletes labels."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(session, draft, parent)
        self._counts: dict[str, int] = {}
        self.tree = LabelView(draft)
        self._count()
        self.form = LabelForm(draft, self._counts)
        self.add = button(_("Add"), "addLabel")
        self.delete = button(_("Delete…"), "deleteLabel")
        self.merge = button(_("Merge…"), "mergeLabels")
        self.more = button(_("More"), "moreLabel")
        self.form.rename.setToolTip(say(AT_ONCE))
        self.delete.setToolTip(say(GOES))
        self._menu()
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.delete.clicked.connect(self._delete)
        self.merge.clicked.connect(self._merge)
        self.tree.add_wanted.connect(self._add)
        self.tree.delete_wanted.connect(self._delete)
        self.tree.rename_wanted.connect(self._rename)
        self.tree.entered.connect(self._enter)
        self.tree.selectionModel().selectionChanged.connect(self._check)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.form.rename_wanted.connect(self._rename)
        draft.changed.connect(self._check)
        session.changed.connect(self._count)
        self._check()

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("labelMenu")
        self.rename = menu.addAction(_("Rename…"), QKeySequence("F2"), self._rename)
        self.split = menu.addAction(_("Split…"), self._split)
        menu.addSeparator()
        self.moves: list[QAction] = []
        for words, key, shown in _MOVES:
            made = menu.addAction(_(words), QKeySequence(shown), partial(self.tree.shift, key))
            self.moves.append(made)
        for action in menu.actions():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the tree has these keys itself
            action.setShortcutVisibleInContextMenu(True)
        self.menu = menu
        self.more.setMenu(menu)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        u = theme.unit()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(self.tree, 1)
        line = QHBoxLayout()
        line.setSpacing(u)
        for each in (self.add, self.delete, self.merge, self.more):
            line.addWidget(each)
        column.addLayout(line)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.form)
        split.setStretchFactor(1, 1)
        split.setSizes([88 * u, 150 * u])
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 2 * u, 0, 0)
        row.addWidget(split)
        QWidget.setTabOrder(self.tree, self.add)

    # --- following ------------------------------------------------------------------------------------------------

    def _count(self, *_change: object) -> None:
        project = self._session.project
        self._counts.clear()
        if project is not None:
            self._counts.update(project.rows.label_counts())
        self.tree.listed.counts = self._counts
        self.tree.viewport().update()

    def _check(self, *_what: object) -> None:
        there = self._draft.label is not None
        self.delete.setEnabled(there)
        several = len(self.tree.selected) > 1
        self.merge.setEnabled(several)
        self.merge.setToolTip(say(AT_ONCE) if several else _("Select two labels or more: Ctrl and a click adds one"))
        self.rename.setEnabled(there)
        self.split.setEnabled(there)
        for move in self.moves:
            move.setEnabled(there)

    def _show_menu(self, at: QPoint) -> None:
        self.menu.exec(self.tree.viewport().mapToGlobal(at))

    def _enter(self) -> None:
        self.form.title.setFocus()
        self.form.title.selectAll()

    # --- what is done in the draft --------------------------------------------------------------------------------

    def _add(self) -> None:
        self._draft.add()
        self._enter()

    # --- what is done at once -------------------------------------------------------------------------------------

    def _refuse_new(self, names: list[str]) -> bool:
        """Say that a label has to be applied first, where it is not in the project yet."""
        new = [name for name in names if self._draft.is_new(name)]
        if new:
            label = self._draft.scheme.by_name[new[0]]
            self.told.emit((message("{label} is not in the project yet: apply first.", label=label.title), True))
        return bool(new)

    def _rename(self) -> None:
        label = self._draft.label
        if label is None:
            return
        if self._draft.is_new(label.name):
            self.form.name.setFocus()
            self.form.name.selectAll()
            return
        stands = self._session.scheme.by_name[label.name]
        dialog = Renaming(self._session, stands, self, label.title.strip())
        if not asked(dialog, self._draft):
            return
        (name, title), old = dialog.answer, label.name
        in_texts, short = dialog.in_texts.isChecked(), dialog.short if dialog.short != stands.short else ""
        names = dialog.names if in_texts else {}

        def same(scheme: Scheme) -> Scheme:
            called = call_anew(scheme, names)
            if old not in called.by_name:  # others took it out while one was asked
                return called
            return with_label(called, old, with_names(called.by_name[old], name, title, short))

        schemes = self._session.ready.schemes
        said = message("Renamed {old} to {new}.", old=stands.title, new=title)
        if name == old:  # nothing that carries it changes
            self._do(same, said, schemes.change, same(self._session.scheme), f"{stands.title} → {title}")
            return
        self._draft.current = name
        if not self._do(same, said, schemes.rename, old, name, title, in_texts, short):
            self._draft.choose(old)

    def _merge(self) -> None:
        names = self.tree.selected
        if len(names) < 2 or self._refuse_new(names):
            return
        dialog = Merging(self._session, names, self)
        if not asked(dialog, self._draft):
            return
        gone, into, in_texts, keeps = dialog.gone, dialog.into, dialog.in_texts.isChecked(), dialog.keep.isChecked()
        titles = ", ".join(self._session.title(name) for name in gone)
        said = message("Merged {labels} into {into}.", labels=titles, into=self._session.title(into))

        def same(scheme: Scheme) -> Scheme:
            there = [name for name in gone if name in scheme.by_name]
            return merged(call_merged(scheme, there, into) if in_texts else scheme, there, into, keeps)

        if self._do(same, said, self._session.ready.schemes.merge, gone, into, in_texts, keeps):
            self._draft.choose(into)

    def _split(self) -> None:
        label = self._draft.label
        if label is None or self._refuse_new([label.name]):
            return
        dialog = Splitting(self._session, self._session.scheme.by_name[label.name], self)
        if not asked(dialog, self._draft):
            return
        parts = dialog.parts

        def same(scheme: Scheme) -> Scheme:
            return beside(scheme, label.name, [part for part in parts if part.name not in scheme.by_name])

        titles = ", ".join(part.title for part in parts)
        said = message("Split {label}: {parts}.", label=label.title, parts=titles)
        self._do(same, said, self._session.ready.schemes.split, label.name, parts)

    def _delete(self) -> None:
        """Delete the current label: what is not in use in the draft; what is in use at once, after it was told."""
        label = self._draft.label
        if label is None:
            return
        if self._draft.is_new(label.name) or not self._in_use(label.name):
            self._draft.remove(label.name)
            self.told.emit((message("{label} is taken out when you apply.", label=label.title or label.name), False))
            return
        dialog = Deleting(self._session, self._session.scheme.by_name[label.name], self)
        if not asked(dialog, self._draft):
            return
        name, n = label.name, self._counts.get(label.name, 0)

        def same(scheme: Scheme) -> Scheme:
            return without(scheme, name) if name in scheme.by_name else scheme

        said = plural(
            "Deleted {label} with {n} annotation.", "Deleted {label} with {n} annotations.", n, label=label.title
        )
        if not n:
            said = message("Deleted {label}.", label=label.title)
        self._do(same, said, self._session.ready.schemes.delete, name)

    def _in_use(self, name: str) -> bool:
        """Say whether annotations carry a label, or entities are of this kind."""
        return bool(self._counts.get(name, 0) or self._session.ready.schemes.touched([name], 0).entities)
