"""Imports every bad file in one format, in a process of its own with bounded memory: `python attack.py FORMAT FOLDER`.

Prints a line of JSON for each file: its name, what came of it (`refused`, `imported`, `crashed`), the words, and the
seconds it took (of the processor: nothing else that runs counts); `changed` says that a refused file left something in the project.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.hostile.files import made

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.words import say

MEMORY = 3 << 30
"""Address space, in bytes: twice and a half of what the largest accepted file needs."""

ME = Me("00000000-0000-4000-8000-0000000000fa", "victim", "00000000-0000-4000-8000-0000000000fb")


def main() -> None:
    """Try every file."""
    key, folder = sys.argv[1], Path(sys.argv[2])
    formats.reader(key)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    only = sys.argv[3:]
    with Project.create(folder / "p.rubric", ME, Scheme()) as project:
        for name, path in made(folder, formats.spec(key).suffixes[0]):
            if only and name not in only:
                continue
            before = project.rows.sizes()
            start = time.process_time()
            words = ""
            try:
                report, _ = import_files(project, [path], ImportOptions(format=key, new_labels="add"))
                outcome = "imported"
                words = " ".join(say(line) for line in report.lines()[:4])
            except UserError as error:
                outcome, words = "refused", say(error.text)
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                outcome, words = "crashed", f"{type(error).__name__}: {error}"
            took = time.process_time() - start
            changed = outcome != "imported" and project.rows.sizes() != before
            told = {"name": name, "file": path.name, "outcome": outcome, "changed": changed, "words": words[:300]}
            print(json.dumps({**told, "seconds": round(took, 2)}), flush=True)
        damage = [finding.kind for finding in project.check(full=True) if finding.damage]
        print(json.dumps({"name": "the project", "outcome": "damaged" if damage else "sound", "words": str(damage)}))


if __name__ == "__main__":
    main()
