"""What the menus do with what a project labels with: its scheme, topics, word lists and entities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from rubricator.exchange import entity_lists, work
from rubricator.exchange.lists import needs_label, put_word_list
from rubricator.exchange.schemes import scheme_named, with_used, write_scheme
from rubricator.words import _, message, plural, say
from rubricator_gui.background import Background, beside, import_holds
from rubricator_gui.dialogs import ask
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.model.topics import TopicFile


class ListHands:
    """Edits, imports and exports them."""

    def __init__(self, session: Session, work: Background, window: QWidget) -> None:
        self._session, self._work, self._window = session, work, window

    def edit_scheme(self, label: str = "") -> None:
        """Open the editor of the project's scheme, at a label where one is named."""
        from rubricator_gui.dialogs.scheme.editor import SchemeEditor

        if self._work.busy():
            return
        editor = SchemeEditor(self._session, self._window)
        if label:
            editor.draft.choose(label)
        editor.exec()
        editor.deleteLater()

    def import_scheme(self) -> None:
        """Put a scheme file in the place of the project's scheme, once it was told what that changes."""
        from rubricator_gui.dialogs.scheme.breaking import ask_about_breaches
        from rubricator_gui.dialogs.scheme.importing import SchemeImport

        path = ask.open_file(self._window, _("Import scheme"), _("Schemes") + " (*.json)")
        if path is None:
            return
        session = self._session
        scheme = scheme_named(str(path))
        kept = with_used(session.ready, scheme)
        dialog = SchemeImport(session, scheme, kept, path.name, self._window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        broken = ask_about_breaches(session, kept, self._window) if wanted else None
        if broken is not None and session.do(session.ready.schemes.change, kept, kept.name or path.stem, (), broken):
            session.tell(message("The scheme is now {scheme}.", scheme=kept.name or path.stem), undo=True)

    def export_scheme(self) -> None:
        """Write the project's scheme to a file."""
        name = beside(self._session, f"{self._session.scheme.name or 'scheme'}.json")
        path = ask.save_file(self._window, _("Export scheme"), name, _("Schemes") + " (*.json)", ".json")
        if path is not None:
            write_scheme(self._session.scheme, path, overwrite=True)
            self._session.tell(message("The scheme was written to {file}.", file=path.name))

    def import_topics(self) -> None:
        """Import topics from a file, or from IPTC's address, as the person says."""
        if self._work.busy():
            return
        from rubricator_gui.dialogs.topic_import import TopicSource

        dialog = TopicSource(self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            source = dialog.source
            words = _("Reading {file}").format(file=source.name) if isinstance(source, Path) else _("Asking IPTC")
            self._work.run(words, work.read_topics_work, (source,), self._topics_read)
        dialog.deleteLater()

    def _topics_read(self, file: TopicFile) -> None:
        from rubricator_gui.dialogs.topic_import import TopicsRead

        project = self._session.ready
        offered = {topic.code for topic in self._session.scheme.offered_topics()}
        dialog = TopicsRead(file, offered, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            options = (dialog.chosen_language, True, dialog.keep.isChecked())  # its flaws were shown
            words = _("Importing {file}").format(file=file.where)
            arguments = (project.path, project.me, file, *options)
            self._work.run(words, work.put_topics_work, arguments, self._topics_put, holds=import_holds())
        dialog.deleteLater()

    def _topics_put(self, changed: bool) -> None:
        self._session.look_for_news()
        offered = sum(1 for _topic in self._session.scheme.offered_topics())
        self._session.tell(plural("{n} topic can be given now.", "{n} topics can be given now.", offered), undo=changed)

    def import_words(self) -> None:
        """Keep a word list of the person's own in the project; its names are offered from now on."""
        pattern = _("Word lists") + " (*.txt *.csv *.tsv);;" + _("All files") + " (*)"
        path = ask.open_file(self._window, _("Import word list"), pattern)
        if path is None:
            return
        session, label = self._session, ""
        if needs_label(session.ready, path):
            titles = {label.title: label.name for label in session.scheme.labels}
            words = _("Which label do the names in {file} get?").format(file=path.name)
            label = titles.get(ask.one_of(self._window, _("Import word list"), words, list(titles)), "")
            if not label:
                return
        change, found = put_word_list(session.ready, path, label)
        session.run(change)
        session.tell(plural("{n} name is suggested now.", "{n} names are suggested now.", len(found.names)), undo=True)

    def import_entities(self) -> None:
        """Import a list of entities; what is on the project's list is filled up."""
        if self._work.busy():
            return
        pattern = _("Lists of entities") + f" ({' '.join(f'*{suffix}' for suffix in entity_lists.SUFFIXES)})"
        path = ask.open_file(self._window, _("Import entities"), pattern)
        if path is None:
            return
        from rubricator_gui.dialogs.entity_import import ColumnsDialog

        dialog = ColumnsDialog(path.name, *entity_lists.columns_of(path), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            project = self._session.ready
            arguments = (project.path, project.me, path, dialog.columns)
            words = _("Reading {file}").format(file=path.name)
            self._work.run(words, work.plan_entities_work, arguments, self._entities_planned)
        dialog.deleteLater()

    def _entities_planned(self, plan: entity_lists.Plan) -> None:
        from rubricator_gui.dialogs.entity_import import BrokenDialog

        if plan.broken and BrokenDialog(plan, self._window).exec() != QDialog.DialogCode.Accepted:
            return
        project = self._session.ready
        words = _("Importing {file}").format(file=plan.source)
        arguments = (project.path, project.me, plan)
        self._work.run(words, work.put_entities_work, arguments, self._entities_put, holds=import_holds())

    def _entities_put(self, plan: entity_lists.Plan) -> None:
        self._session.look_for_news()
        undo = bool(plan.new or plan.changed)
        self._session.tell(f"{plan.source}: {', '.join(map(say, plan.lines()))}.", undo=undo)

    def export_entities(self) -> None:
        """Write the project's entities to a file."""
        project = self._session.ready
        name = beside(self._session, f"{project.path.stem}-entities.csv")
        path = ask.save_file(self._window, _("Export entities"), name, "CSV (*.csv);;JSONL (*.jsonl)", ".csv")
        if path is not None:
            n = entity_lists.export_entities(project, path, overwrite=True)
            self._session.tell(
                plural("Wrote {n} entity to {file}.", "Wrote {n} entities to {file}.", n, file=path.name)
            )
