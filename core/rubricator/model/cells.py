"""Cells of a table that a spreadsheet opens: none may be taken for a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+@\t\r-]")
_GUARDED = re.compile("'+[=+@\t\r-]")


def guarded(cell: str, *, formulas: bool = False) -> str:
    """Return a cell as it is written: one apostrophe more where it begins like a formula, or like a guarded one.

    With `formulas` those themselves are left as they are, and only what looks guarded gets its apostrophe, so that
    reading need not know how a table was written.
    """
    return f"'{cell}" if (_GUARDED if formulas else _FORMULA).match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell
