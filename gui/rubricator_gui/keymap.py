"""Which keys each action has: the defaults of the table, a preset laid over them, and what a person set over both.

A Keymap is a value; nothing here draws. What lies higher keeps its key and what lies lower loses it, so that a key
never means two things, whatever stands in the settings.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from rubricator.model.scheme import Scheme
from rubricator.settings import Settings
from rubricator.words import Message, _, message
from rubricator_gui import reserved
from rubricator_gui.actions import ACTIONS, MENUS, Row, shown
from rubricator_gui.reserved import Fixed

SETTING = "keys"
ROWS: Mapping[str, Row] = {row.id: row for row in ACTIONS}

_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Preset(NamedTuple):
    """Keys as another program has them, where the house allows it (docs/decisions/0003-key-presets.md)."""

    id: str
    words: str
    keys: Mapping[str, tuple[str, ...]] = {}
    mac: Mapping[str, tuple[str, ...]] = {}
    """What differs from `keys` on a Mac."""


PRESETS = (
    Preset("default", "Default"),
    Preset(
        "prodigy",
        "Prodigy-like",
        {
            "finish": ("Ctrl+Shift+A", "Ctrl+Return"),
            "skip": ("Ctrl+Shift+X", "Ctrl+J"),
            "undo": ("Ctrl+Z", "Alt+Backspace"),
        },
        {"undo": ("Ctrl+Z",)},
    ),
    Preset(
        "brat",
        "brat-like",
        {
            "previous": ("Alt+Left", "Ctrl+PgUp"),
            "next": ("Alt+Right", "Ctrl+PgDown"),
            "find-next": ("Ctrl+G", "F3"),
        },
        {
            "previous": ("Ctrl+Alt+Left", "Ctrl+PgUp"),
            "next": ("Ctrl+Alt+Right", "Ctrl+PgDown"),
            "find-next": ("Ctrl+G",),
        },
    ),
)
_PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in PRESETS}


@dataclass(frozen=True)
class Keymap:
    """The keys of all actions; `own` holds only what a person set."""

    preset: str = "default"
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    platform: str = sys.platform

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of every action, by its id."""
        taken: set[str] = set()
        found: dict[str, tuple[str, ...]] = {}
        preset = self._preset
        for row in sorted(ACTIONS, key=lambda row: 0 if row.id in self.own else 1 if row.id in preset else 2):
            wanted = self.own.get(row.id, self.usual(row.id))
            found[row.id] = tuple(key for key in wanted if key not in taken)
            taken.update(wanted)
        return {row.id: found[row.id] for row in ACTIONS}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The action that each key belongs to."""
        return {key: action for action, keys in self.keys.items() for key in keys}

    @property
    def _preset(self) -> Mapping[str, tuple[str, ...]]:
        preset = _PRESETS[self.preset]
        return {**preset.keys, **preset.mac} if self.platform == "darwin" else preset.keys

    def usual(self, action: str) -> tuple[str, ...]:
        """Return the keys that an action has by the preset or, where that says nothing, by the table."""
        return self._preset.get(action, default_keys(ROWS[action], self.platform))

    def first(self, action: str) -> str:
        """Return the first key of an action as people write it, or nothing."""
        return next((shown(key) for key in self.keys[action]), "")

    def given(self, action: str, keys: Iterable[str]) -> Keymap:
        """Return a map in which an action has these keys and no other action has them."""
        wished = tuple(dict.fromkeys(keys))
        others = {a: tuple(k for k in theirs if k not in wished) for a, theirs in self.own.items() if a != action}
        return replace(self, own={**others, action: wished})._tidy()

    def restored(self, action: str) -> Keymap:
        """Return a map in which an action has its usual keys again, but for those that belong to others by now."""
        return replace(self, own={a: keys for a, keys in self.own.items() if a != action})

    def _tidy(self) -> Keymap:
        """Return the same keys with fewer words: without what is so anyway."""
        found = self
        for action in self.own:
            without = found.restored(action)
            if without.keys == found.keys:
                found = without
        return found

    def with_preset(self, preset: str) -> Keymap:
        """Return a map with another preset under what the person set."""
        return replace(self, preset=preset)

    def bare(self) -> Keymap:
        """Return the preset alone."""
        return replace(self, own={})

    def setting(self) -> dict[str, object]:
        """Return what is kept in the settings: only what differs from the defaults."""
        value: dict[str, object] = {}
        if self.preset != "default":
            value["preset"] = self.preset
        if self.own:
            value["own"] = {action: list(keys) for action, keys in self.own.items()}
        return value


def default_keys(row: Row, platform: str) -> tuple[str, ...]:
    """Return the keys that the table gives an action on a platform."""
    return row.keys if platform != "darwin" or row.mac is None else row.mac


def keymap_of(settings: Settings, platform: str = sys.platform) -> Keymap:
    """Return the keys that a person has set."""
    return _kept(json.dumps(settings.get(SETTING)), platform)


@lru_cache(maxsize=8)
def _kept(setting: str, platform: str) -> Keymap:
    """Read them once: each article that is shown asks for them."""
    return read(json.loads(setting), platform)


def keep(settings: Settings, keymap: Keymap) -> None:
    """Keep what a person has set."""
    settings.set(SETTING, keymap.setting())


def read(value: object, platform: str = sys.platform) -> Keymap:
    """Read what the settings say; what makes no sense is left out and logged."""
    values = value if isinstance(value, dict) else {}
    preset = values.get("preset", "default")
    if not isinstance(preset, str) or preset not in _PRESETS:
        _note("keys: there is no preset %r", preset)
        preset = "default"
    own = values.get("own", {})
    if not isinstance(own, dict):
        _note("keys: what was set is no table: %r", own)
        own = {}
    return Keymap(preset, dict(_own(own, platform)), platform)


def _own(own: Mapping[object, object], platform: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    taken: set[str] = set()
    for row in ACTIONS:  # in this order, so that of two actions with one key it is always the same that has it
        if row.id not in own:
            continue
        wished = own[row.id]
        if not isinstance(wished, list):
            _note("keys: those of %s are no list: %r", row.id, wished)
            continue
        keys = [normal(key) if isinstance(key, str) else "" for key in wished]
        good = [key for key in keys if key and key not in taken and refusal(key, platform) is None]
        if len(good) < len(wished):
            _note("keys: some of %s cannot be used: %r", row.id, wished)
            if not good:
                continue
        taken.update(good)
        yield row.id, tuple(good)
    unknown = [action for action in own if action not in ROWS]
    if unknown:
        _note("keys: there are no actions %r", unknown)


def _note(what: str, *values: object) -> None:
    from logging import getLogger  # half a dozen modules, which a start rarely has to say anything with

    getLogger(__name__).info(what, *values)


# --- one key ------------------------------------------------------------------------------------------------------


def normal(key: str) -> str:
    """Return a key as Qt writes it everywhere; nothing where it cannot be read, or is several keys in a row."""
    sequence = QKeySequence(key)
    text = sequence.toString().replace("Num+", "")
    if sequence.count() != 1 or not text:
        return ""
    if text.endswith("Backtab"):
        held = text.removesuffix("Backtab").replace("Shift+", "")
        return f"{held}Shift+Tab"
    return text.removesuffix("Enter") + "Return" if text.endswith("Enter") else text


def refusal(key: str, platform: str = sys.platform, scheme: Scheme | None = None) -> Message | None:
    """Return why no action can have a key: the article, fields, menus or the system need it. None: it can be had."""
    if not key:
        return message("This key cannot be used.")
    found = _label(key, scheme)
    if found is not None:
        return found
    for rows, words in (
        (reserved.article_rows(platform), message("{key} is taken in the article: “{what}”.")),
        (reserved.KEPT, message("{key} is taken in the article: “{what}”.")),
        (reserved.IN_FIELDS, message("{key} is taken in text fields: “{what}”.")),
        (reserved.system_rows(platform), message("{key} is taken by the system: “{what}”.")),
    ):
        for row in rows:
            if key in _normals(row):
                return Message(words.text, {"key": shown(key), "what": _(row.words)})
    return _menu(key, platform) or _character(key, platform)


def _normals(row: Fixed) -> set[str]:
    return {normal(key) for key in row.keys}


def _label(key: str, scheme: Scheme | None) -> Message | None:
    """Say whose label's key it is, also with Shift, which means all identical mentions."""
    character = key.removeprefix("Shift+").lower()
    label = scheme.by_key.get(character) if scheme is not None else None
    if label is None:
        return None
    return message("{key} is the key of the label “{label}”.", key=shown(key), label=label.title)


def _menu(key: str, platform: str) -> Message | None:
    if platform == "darwin":
        return None  # menus have no such keys there
    for _id, words in MENUS:
        place = _(words).find("&")
        if place >= 0 and key == f"Alt+{_(words)[place + 1].upper()}":
            return message("{key} opens the menu “{menu}”.", key=shown(key), menu=_(words).replace("&", ""))
    return None


def _character(key: str, platform: str) -> Message | None:
    """Say that a key writes: such keys belong to labels in the article, and to the text in a field."""
    combination = QKeySequence(key)[0]  # type: ignore[index]
    held = combination.keyboardModifiers() & _MODIFIED
    if platform != "darwin" and held & Qt.KeyboardModifier.MetaModifier:
        return message("{key} is taken by the system: “{what}”.", key=shown(key), what=_("Desktop"))
    if not 0x20 <= combination.key().value < Qt.Key.Key_Escape.value:
        return None
    if not held:
        return message("{key} writes a character; in the article those are for labels.", key=shown(key))
    if held == _WRITE_TOO.get(platform):
        return message("{key} writes a character on some keyboards.", key=shown(key))
    return None


_WRITE_TOO = {
    "win32": Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier,  # AltGr
    "darwin": Qt.KeyboardModifier.AltModifier,  # Option
}
