"""Ids of everything in a project: UUIDs (RFC 9562), random, or the same from the same words in every copy."""

from __future__ import annotations

import os


def new_id() -> str:
    """Return a random id (version 4)."""
    # Written out here: `uuid` takes several times as long, and to load it as long as a part of a window.
    return _written(int.from_bytes(os.urandom(16)) & _RANDOM | _VERSION_4)


_RANDOM = 0xFFFFFFFF_FFFF_0FFF_3FFF_FFFFFFFFFFFF
_VERSION_4 = 0x00000000_0000_4000_8000_000000000000
_VERSION_5 = 0x00000000_0000_5000_8000_000000000000


def named_id(space: str, *parts: object) -> str:
    """Return the id (version 5) of some words in a space (a UUID), so that what is the same merges as the same."""
    import hashlib  # not needed to open a project

    words = bytes.fromhex(space.replace("-", "")) + "\t".join(map(str, parts)).encode()
    return _written(int.from_bytes(hashlib.sha1(words, usedforsecurity=False).digest()[:16]) & _RANDOM | _VERSION_5)


def _written(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
