"""Imports and exports as work for a process of its own: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rubricator.exchange.incoming import ImportOptions, ImportReport, import_files
from rubricator.exchange.outgoing import ExportOptions, ExportReport, export, preflight
from rubricator.exchange.progress import Progress
from rubricator.formats.base import Loss
from rubricator.project import Finding, Project
from rubricator.settings import Me


def import_work(
    project: Path, me: Me, sources: Sequence[Path], options: ImportOptions, progress: Progress
) -> ImportReport:
    """Import files into a project that the window holds open too; it sees the edits as those of another program."""
    with Project.open(project, me) as opened:
        report, _change = import_files(opened, sources, options, progress)
    return report


def losses_work(project: Path, me: Me, options: ExportOptions, progress: Progress) -> list[Loss]:
    """Return what a format cannot carry; nothing is written."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return preflight(opened, options)


def export_work(project: Path, me: Me, out: Path, options: ExportOptions, progress: Progress) -> ExportReport:
    """Export a project that the window holds open too."""
    with Project.open(project, me) as opened:
        return export(opened, out, options, progress)


def check_work(project: Path, me: Me, progress: Progress) -> list[Finding]:
    """Return what is damaged in a project that the window has just opened."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return [finding for finding in opened.check() if finding.damage]
