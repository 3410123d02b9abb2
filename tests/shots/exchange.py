"""The dialogs of import and export: all there is to decide and to tell, in a large and in a small window."""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.hand import Hand

ARTICLE = {
    "text": "Harbour ministers met.",
    "layers": [
        {"annotator": "anna", "annotations": [{"label": "PER", "start": 0, "end": 7}]},
        {"annotator": "בן־ציון לוי", "annotations": [{"label": "אדם", "start": 8, "end": 17}]},
        {"annotator": "model-x", "kind": "model", "annotations": [{"label": "RUMOUR", "start": 0, "end": 17}]},
    ],
}


def exchange(hand: Hand, out: Path, look: str) -> None:
    """Show what is asked before an import, and what an export says of its losses."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        (files / "wire.jsonl").write_text(json.dumps(ARTICLE), "utf-8")
        (files / "brief.txt").write_bytes("Ein schöner Brief aus Köln.\r\n\r\nDer Rat tagte.".encode("windows-1252"))
        (files / "a.txt").write_text("Anna met Ben in Köln.\n", "utf-8")
        (files / "a.ann").write_text("T1\tPER 0 4\tAnna\nT2\tPER 9 12;13 15\tBen in\nT3\tLOC 16 16\t\n", "utf-8")
        for name, paths, size in (
            ("labels", [files / "wire.jsonl"], (1600, 1000)),
            ("encoding", [files / "brief.txt"], (1600, 1000)),
            ("all", [files], (1600, 1000)),
            ("all-small", [files], (1000, 700)),
        ):
            hand.window.resize(*size)
            seen: list[str] = []
            hand.answer("importDialog", partial(_seen, hand, out / f"dialog-import-{name}-{look}.png", seen))
            hand.window.commands.import_paths(paths)
            hand.wait_until(lambda: bool(seen), name)  # noqa: B023 - waited for within its turn
    hand.window.resize(1600, 1000)
    for key in ("jsonl", "conll"):
        seen = []
        target = out / f"dialog-export-{key}-{look}.png"
        hand.answer("exportDialog", partial(_exported, hand, key, "", target, seen))
        hand.do("export")
        hand.wait_until(lambda: bool(seen), key)  # noqa: B023


def snapshots(hand: Hand, out: Path, look: str, scale: int = 1) -> None:
    """Show the snapshots of a project, and a corpus that is exported from one."""
    project = hand.window.session.ready
    for name in ("as sent to the agency", "round two: 3 annotators", "גרסה ראשונה", "a b" * 60):
        if name not in {one.name for one in project.snapshots()}:
            project.take_snapshot(name)
    (snapshot, *_others) = project.snapshots()
    seen: list[str] = []
    target = out / f"dialog-snapshots-{look}-{scale}x.png"
    hand.answer("snapshotDialog", partial(_seen, hand, target, seen, scale=scale))
    hand.do("snapshots")
    hand.wait_until(lambda: bool(seen), "the snapshots")
    for size in ((1600, 1000), (1000, 700)):
        hand.window.resize(*size)
        seen = []
        target = out / f"dialog-export-corpus-{size[0]}-{look}-{scale}x.png"
        answer = partial(_exported, hand, "conll", "80/10/10", target, seen, scale=scale)
        hand.answer("exportDialog", answer)
        hand.window.commands.export(snapshot.id)
        hand.wait_until(lambda: bool(seen), "the corpus")  # noqa: B023
    hand.window.resize(1600, 1000)


def snapshots_from_right_to_left(hand: Hand, out: Path) -> None:
    """Show them as in a system that is read from right to left."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    snapshots(hand, out, "rtl")
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _exported(hand: Hand, key: str, makes: str, target: Path, seen: list[str], dialog: QDialog, scale: int = 1) -> None:
    assert isinstance(dialog, ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData(key))
    dialog.makes.setCurrentIndex(dialog.makes.findData(makes))
    hand.wait_until(lambda: dialog.losses is not None or not dialog.go.isEnabled(), "the losses are known")
    _seen(hand, target, seen, dialog, scale)


def _seen(hand: Hand, target: Path, seen: list[str], dialog: QDialog, scale: int = 1) -> None:
    QTest.qWait(50)
    hand.picture(target, scale, widget=dialog)
    seen.append(target.name)
    dialog.reject()
