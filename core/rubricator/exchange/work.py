"""Imports, exports and searches as work for a process of its own: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rubricator.exchange.differences import adjudicate
from rubricator.exchange.entity_lists import Plan, plan_entities, put_entities
from rubricator.exchange.export_report import ExportOptions, ExportReport
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.exchange.looking import Look, look_over
from rubricator.exchange.outgoing import export, preflight, state_asked
from rubricator.exchange.progress import Progress, share
from rubricator.exchange.topics import put_topics, topic_file
from rubricator.formats.base import Loss
from rubricator.formats.entity_list import Columns
from rubricator.model.topics import TopicFile
from rubricator.project import Finding, Project
from rubricator.review.agreement.report import Report
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.suggest.namesakes import Twins, twins
from rubricator.verbs.groups import Chosen, Tally


def import_work(
    project: Path, me: Me, sources: Sequence[Path], options: ImportOptions, progress: Progress
) -> ImportReport:
    """Import files into a project that the window holds open too; it sees the edits as those of another program."""
    with Project.open(project, me) as opened:
        report, _change = import_files(opened, sources, options, progress)
    return report


def look_work(project: Path, me: Me, sources: Sequence[Path], options: ImportOptions, progress: Progress) -> Look:
    """Import what leaves nothing to decide or to tell; of all else return what would come of it."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return look_over(opened, sources, options, progress)


def losses_work(project: Path, me: Me, options: ExportOptions, progress: Progress) -> list[Loss]:
    """Return what a format cannot carry; nothing is written."""
    progress(0, 0)
    with Project.open(project, me) as opened, state_asked(opened, options, share(progress, 0, 2)) as (state, asked):
        return preflight(state, asked, share(progress, 1, 2) if options.snapshot else progress)


def export_work(project: Path, me: Me, out: Path, options: ExportOptions, progress: Progress) -> ExportReport:
    """Export a project that the window holds open too."""
    with Project.open(project, me) as opened, state_asked(opened, options, share(progress, 0, 2)) as (state, asked):
        return export(state, out, asked, share(progress, 1, 2) if options.snapshot else progress)


def check_work(project: Path, me: Me, progress: Progress) -> list[Finding]:
    """Return what is damaged in a project that the window has just opened."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return [finding for finding in opened.check() if finding.damage]


def plan_entities_work(project: Path, me: Me, source: Path, columns: Columns, progress: Progress) -> Plan:
    """Return what a list of entities would do; nothing is changed."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return plan_entities(opened, source, columns)


def put_entities_work(project: Path, me: Me, plan: Plan, progress: Progress) -> Plan:
    """Do what was planned, without the broken lines."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        put_entities(opened, plan, skip_broken=True)
    return plan


def read_topics_work(source: Path | str, progress: Progress) -> TopicFile:
    """Return the topics in a file, or at an address."""
    progress(0, 0)
    return topic_file(source, progress)


def put_topics_work(
    project: Path, me: Me, file: TopicFile, language: str, mended: bool, keep: bool, progress: Progress
) -> bool:
    """Put topics into a project; return whether that changed anything."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return bool(put_topics(opened, file, language, mended=mended, keep=keep))


def twins_work(project: Path, me: Me, progress: Progress) -> list[Twins]:
    """Return the entities that may be the same."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        entities = opened.entities.all()
    return twins(entities, {frozenset((one.id, other)) for one in entities for other in one.different})


def scheme_work(project: Path, me: Me, verb: str, arguments: tuple[Any, ...], progress: Progress) -> None:
    """Rename, merge, split or delete labels and other parts: a verb of Schemes by its name, with its arguments."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        opened.schemes.progress = progress
        getattr(opened.schemes, verb)(*arguments)


def group_work(
    project: Path,
    me: Me,
    chosen: Chosen,
    articles: Sequence[str],
    but: Sequence[str],
    expected: int,
    progress: Progress,
) -> None:
    """Settle a group of differences, in one step: all of it, or nothing where it is stopped."""
    progress(0, expected)

    def told(done: int, _total: int) -> None:
        if done % _OFTEN == 0:
            progress(done, max(done, expected))

    with Project.open(project, me) as opened:
        opened.review.groups.settle_chosen(chosen, articles, but, told)


def policy_work(project: Path, me: Me, policy: Policy, finish: bool, progress: Progress) -> Tally:
    """Have a policy write gold in the whole corpus; where it is stopped, the steps that were done stay."""
    with Project.open(project, me) as opened:
        return adjudicate(opened, policy, progress=progress, finish=finish)


_OFTEN = 20
"""After so many differences it is said again how far it is."""


def agreement_work(
    project: Path,
    me: Me,
    annotators: Sequence[str],
    against_gold: bool,
    unfinished: bool,
    labels: Sequence[str],
    articles: Sequence[str] | None,
    progress: Progress,
) -> Report:
    """Return how far annotators agree, or each with gold, on some labels (none: all) and articles (None: all)."""
    progress(0, 0)
    with Project.open(project, me) as opened, opened.snapshot():
        return opened.agreement.report(
            annotators,
            against_gold=against_gold,
            unfinished=unfinished,
            labels=labels,
            articles=articles,
            progress=progress,
        )
