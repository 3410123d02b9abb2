"""Running a program so that it has no network, where the system lets us."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def alone(*command: str | Path) -> list[str]:
    """Return the command so that it has no network, where that can be had."""
    unshare = shutil.which("unshare")
    bare = [unshare, "--map-root-user", "--net"] if unshare else []
    if bare and subprocess.run([*bare, "true"], capture_output=True, check=False).returncode:
        bare = []
    return [*bare, *map(str, command)]
