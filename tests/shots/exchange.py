"""The dialogs of import and export: all there is to decide and to tell, in a large and in a small window."""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

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
            ("all-small", [files], (900, 600)),
        ):
            hand.window.resize(*size)
            seen: list[str] = []
            hand.answer("importDialog", partial(_seen, hand, out / f"dialog-import-{name}-{look}.png", seen))
            hand.window.commands.import_paths(paths)
            hand.wait_until(lambda: bool(seen), name)  # noqa: B023 - waited for within its turn
    hand.window.resize(1600, 1000)
    for key in ("jsonl", "conll"):
        seen = []
        hand.answer("exportDialog", partial(_exported, hand, key, out / f"dialog-export-{key}-{look}.png", seen))
        hand.do("export")
        hand.wait_until(lambda: bool(seen), key)  # noqa: B023


def _exported(hand: Hand, key: str, target: Path, seen: list[str], dialog: QDialog) -> None:
    assert isinstance(dialog, ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData(key))
    hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
    _seen(hand, target, seen, dialog)


def _seen(hand: Hand, target: Path, seen: list[str], dialog: QDialog) -> None:
    QTest.qWait(50)
    hand.picture(target, widget=dialog)
    seen.append(target.name)
    dialog.reject()
