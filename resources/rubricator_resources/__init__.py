"""Icons, schemes, sample articles and other files that ship with Rubricator; imports nothing of it."""

from pathlib import Path

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """Return where the resource `name` (say `schemes/news.json`) lies on this machine."""
    return _HERE / name
