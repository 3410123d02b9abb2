"""Packets as work for a process of its own: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from rubricator.hub.merging import Merged, Plan, merge, plan
from rubricator.hub.packets import Packed, annotator_called, articles_of, joined, open_packet, pack
from rubricator.project import Project
from rubricator.settings import Me


class Progress(Protocol):
    """Takes how much is done, of how much."""

    def __call__(self, done: int, total: int) -> None:
        """Take it."""


def pack_work(project: Path, me: Me, out: Path, name: str, status: str, gold: bool, progress: Progress) -> Packed:
    """Write the packet of an annotator of this name (or id), who joins the project where nobody is called so."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        person = annotator_called(opened, name)
        chosen = articles_of(opened, person.id if person else "", (), status)
        return pack(opened, out, person or joined(opened, name, chosen, out), chosen, gold=gold)


def plan_work(project: Path, me: Me, files: Sequence[Path], progress: Progress) -> list[Plan]:
    """Say what merging files would do."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return [plan(opened, file) for file in files]


def merge_work(project: Path, me: Me, files: Sequence[Path], agreed: Sequence[Plan], progress: Progress) -> Merged:
    """Take in files as was agreed; the window sees it as what another program wrote."""
    progress(0, 0)
    with Project.open(project, me) as opened:
        return replace(merge(opened, files, agreed), changes=())  # the window reads them as news


def open_packet_work(packet: Path, out: Path, device: str, progress: Progress) -> Path:
    """Make a project of a packet."""
    progress(0, 0)
    open_packet(packet, out, device).close()
    return out
