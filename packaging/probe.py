"""Tell whether Qt can start on this machine: prints what is missing, one per line, and exits 1; else prints nothing.

Called by setup.sh with the project's own Python and the names of the platform plugins that will be used. It asks
the loader before it loads Qt, because Qt aborts where a library is missing.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

MODULES = ("QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtTest")


def missing_libraries(plugins: list[str]) -> list[str]:
    """Return the shared libraries that Qt's modules and platform plugins want and the loader does not find."""
    spec = importlib.util.find_spec("PySide6")
    ldd = shutil.which("ldd")
    if spec is None or not spec.submodule_search_locations:
        return ["PySide6"]
    if not sys.platform.startswith("linux") or ldd is None:
        return []
    root = Path(spec.submodule_search_locations[0])
    files = [root / f"{name}.abi3.so" for name in MODULES]
    files += [root / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in plugins]
    found = subprocess.run([ldd, *files], capture_output=True, text=True, check=False).stdout
    return sorted({line.split()[0] for line in found.splitlines() if line.endswith("=> not found")})


def missing_fonts() -> list[str]:
    """Start Qt without a display and return what its fonts cannot show."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6 import QtSvg, QtWidgets
    from PySide6.QtGui import QFontDatabase

    app = QtWidgets.QApplication([])
    assert QtSvg.QSvgRenderer is not None
    families = QFontDatabase.families(QFontDatabase.WritingSystem.Latin)
    del app
    return [] if any(QFontDatabase.isSmoothlyScalable(name) for name in families) else ["a font with Latin letters"]


if __name__ == "__main__":
    missing = missing_libraries(sys.argv[1:]) or missing_fonts()
    print("\n".join(missing), end="\n" if missing else "")
    sys.exit(1 if missing else 0)
