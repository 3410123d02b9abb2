"""What a person has set, and what the program remembers between starts: two JSON files in the user's own folders.

SETTINGS is the one table: the settings dialog, the documentation and the defaults come from it. Only what differs
from the default is written. RUBRICATOR_HOME, where it is set, replaces all folders.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.model.ids import new_id
from rubricator.model.text import plain
from rubricator.words import message

_NAME_MOST = 200
"""Characters of a person's name: it stands beside all they do."""


class Setting(NamedTuple):
    """One row of the table: its key, its default, its words, and the values it may take (empty: any of its type)."""

    key: str
    default: Any
    title: str
    choices: tuple[Any, ...] = ()


SETTINGS = (
    Setting("annotator.name", "", "Your name"),
    Setting("annotator.id", "", "The id of your annotator"),
    Setting("annotator.asked", False, "You were asked for your name"),
    Setting("device.id", "", "The id of this device"),
    Setting("look.palette", "system", "Colours", ("system", "light", "dark")),
    Setting("text.size", 17, "Size of the article's text", (13, 15, 17, 20, 24)),
    Setting("text.font", "", "Font of the article's text"),
    Setting("reader.columns", 72, "Characters in a line", (48, 60, 72, 90, 120)),
    Setting("reader.close", False, "Lines stand close where nothing lies over each other"),
    Setting("reader.numbers", False, "Number the lines of the text"),
    Setting("reader.space", False, "Show spaces and line breaks"),
    Setting("reader.overview", True, "Show where annotations stand beside the text"),
    Setting("reader.relations", False, "Draw relations as arcs"),
    Setting("review.blind", True, "Hide the names of annotators from reviewers"),
    Setting("suggest.on", True, "Suggest annotations"),
    Setting("keys", {}, "Keys: a preset, and what differs from it"),
    Setting("reader.lanes", 4, "Most lanes under a line", (1, 2, 3, 4, 5)),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Me(NamedTuple):
    """Who works here, and on which device: `annotator` and `device` are UUIDs."""

    annotator: str
    name: str
    device: str


def folder(kind: str) -> Path:
    """Return the user's folder for `config`, `data`, `state` or `log`."""
    home = os.environ.get("RUBRICATOR_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs("rubricator", appauthor=False)
    paths = {
        "config": dirs.user_config_path,
        "data": dirs.user_data_path,
        "state": dirs.user_state_path,
        "log": dirs.user_log_path,
    }
    return paths[kind]


class Settings:
    """The settings of this person on this machine."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or folder("config") / "settings.json"
        self._values = _read(self.path)
        self._owed: dict[str, Any] = {}
        """What was put and not kept yet."""

    def get(self, key: str) -> Any:
        """Return a setting; its default where it was never set, or set to what it may not be."""
        setting = _BY_KEY[key]
        value = self._values.get(key, setting.default)
        fits = type(value) is type(setting.default) and (not setting.choices or value in setting.choices)
        return value if fits else setting.default

    def set(self, key: str, value: Any) -> None:
        """Change a setting and keep it; what another window has set meanwhile stays."""
        self.put(key, value)
        self.keep()

    def put(self, key: str, value: Any) -> None:
        """Change a setting for now; `keep` is owed, once what one waits for is seen."""
        self._owed[key] = value
        self._values = self._with_owed(self._values)

    def keep(self) -> None:
        """Keep what was put; raises UserError where it cannot be written: then it holds as long as the program runs."""
        if self._owed:
            self._values, self._owed = self._told(), {}
            write_json(self.path, self._values)

    def me(self) -> Me:
        """Return who works here; somebody who was never asked goes by the system's user name."""
        if not self.get("annotator.id"):
            self._values = self._told()  # another window may have been asked meanwhile
        if not self.get("annotator.id"):
            self._introduce(_system_name())
        return Me(self.get("annotator.id"), self.get("annotator.name"), self.get("device.id"))

    def me_now(self) -> Me:
        """Return who works here, under the name that was told last, in whatever window; all else stays as it was."""
        me, told = self.me(), self._told()
        name = told.get("annotator.name")
        if told.get("annotator.id") == me.annotator and isinstance(name, str) and name:
            self._values["annotator.name"] = name
        return self.me()

    def _told(self) -> dict[str, Any]:
        """Return what stands in the file, where another window may have written; what is known where it is no more.

        Who loses that file, or writes nonsense into it, stays who they are as long as the program runs.
        """
        return self._with_owed(_read(self.path) or self._values)

    def _with_owed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values with what was put; what equals its default is not written."""
        found = {**values, **self._owed}
        return {key: value for key, value in found.items() if key not in self._owed or value != _BY_KEY[key].default}

    def introduce(self, name: str) -> Me:
        """Remember the name that a person told; their id stays what it is."""
        self._values = {**self._told(), "annotator.asked": True}
        return self._introduce(" ".join(plain(name).split())[:_NAME_MOST] or _system_name())

    def _introduce(self, name: str) -> Me:
        self._values["annotator.name"] = name
        for key in ("annotator.id", "device.id"):
            if not self.get(key):
                self._values[key] = new_id()
        self._owed = {}
        write_json(self.path, self._values)
        return Me(self.get("annotator.id"), name, self.get("device.id"))


class Place(NamedTuple):
    """Where one stopped reading: the offset at the top, how far below the edge it stands, and the caret's offset."""

    top: int
    gap: int
    caret: int


STOPPED_MOST = 400
"""Of how many articles it is remembered where they were left."""


def _is_place(item: object) -> bool:
    """Say whether something read from a file is a project, an article and a place."""
    match item:
        case [str(), str(), int(top), int(), int(caret)]:
            return top >= 0 and caret >= 0
    return False


class Draft(NamedTuple):
    """What was typed of a comment and not sent, and which comment (its id) it answers or changes; empty of neither."""

    text: str
    answers: str = ""
    changes: str = ""


DRAFTS_MOST = 50
"""Of how many things in a project it is kept what was typed of them and not sent: some of them may be deleted."""


def _about_drafts(item: object) -> tuple[str, tuple[Draft, ...]]:
    """Return what something read from a file is about (an id), and the drafts in it: none of what makes no sense."""
    match item:
        case [str(about), *parts]:
            return about, tuple(draft for part in parts if (draft := _draft(part)) is not None)
    return "", ()


def _draft(part: object) -> Draft | None:
    match part:
        case [str(text), str(answers), str(changes)] if text.strip():
            return Draft(text, answers, changes)
    return None


class Memory:
    """What the program remembers between starts: window, recent projects, the last article of each."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or folder("state") / "state.json"
        self._values = _read(self.path)
        self._owed: dict[str, Any] = {}
        """What could not be written yet."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was remembered under a key."""
        return self._values.get(key, default)

    def set(self, **values: Any) -> None:
        """Remember values, also for the next start where the disk lets it: no work is lost with them."""
        try:
            self._keep(**values)
        except UserError:
            import logging  # a start does not need it

            logging.getLogger(__name__).info("not remembered", exc_info=True)

    def _keep(self, **values: Any) -> None:
        """Remember values and keep them; raises UserError where they cannot be written."""
        if not self._owed and all(self._values.get(key) == value for key, value in values.items()):
            return
        self._owed |= values
        self._values = {**_read(self.path), **self._owed}
        write_json(self.path, self._values)
        self._owed = {}

    def recent(self) -> list[Path]:
        """Return the projects opened before that are still there, the last one first."""
        found = self._values.get("recent")
        paths = [Path(item) for item in found if isinstance(item, str)] if isinstance(found, list) else []
        return [path for path in paths if path.is_file()]

    def opened(self, project: Path, *, own: bool = True) -> None:
        """Put a project on top of the recent ones; the sample is not one's `own`."""
        path = str(project.resolve())
        found = [str(item) for item in self.recent() if str(item) != path]
        kept = {"own": path} if own else {}
        self.set(recent=[path, *found][:12], closed=False, **kept)

    def closed(self) -> None:
        """Remember that the project was closed by hand: a start opens none."""
        self.set(closed=True)

    def last(self) -> Path | None:
        """Return the project that a start opens: the last one, unless it was closed."""
        return None if self.get("closed") else next(iter(self.recent()), None)

    def own_folder(self) -> Path | None:
        """Return the folder of one's own project that was opened last, if it is still there."""
        found = self._values.get("own")
        folder = Path(found).parent if isinstance(found, str) else None
        return folder if folder is not None and folder.is_dir() else None

    def last_article(self, project: Path) -> str:
        """Return the id of the article last shown in a project."""
        value = self._by_project("places").get(str(project.resolve()))
        return value if isinstance(value, str) else ""

    def exported(self, project: Path) -> dict[str, Any]:
        """Return how a project was exported last, as the dialog calls its choices, and into which folder."""
        value = self._by_project("exports").get(str(project.resolve()))
        return value if isinstance(value, dict) else {}

    def at_export(self, project: Path, chosen: Mapping[str, Any]) -> None:
        """Remember how a project was exported (of the 50 exported last)."""
        exports = self._by_project("exports")
        name = str(project.resolve())
        exports.pop(name, None)
        exports[name] = dict(chosen)
        self.set(exports=dict(list(exports.items())[-50:]))

    def drafts(self, project: Path) -> dict[str, tuple[Draft, ...]]:
        """Return what was typed in a project and not sent, by what it is about (an id); what was put off comes last."""
        on_disk = _read(self.path)  # another window may have kept some
        self._values = {**on_disk, **self._owed} if on_disk else self._values
        found = self._by_project("drafts").get(str(project.resolve()))
        read = map(_about_drafts, found if isinstance(found, list) else ())
        return {about: drafts for about, drafts in read if drafts}

    def at_drafts(self, project: Path, about: str, drafts: Sequence[Draft], was: Sequence[Draft] = ()) -> None:
        """Keep what was typed of something and not sent; none where it was sent, or taken away.

        `was` are those that stood there before, as far as known here: what another window typed since stays as well.
        Raises UserError where it cannot be written.
        """
        kept = self.drafts(project)
        others = (draft for draft in kept.pop(about, ()) if draft not in was and draft not in drafts)
        if typed := (*drafts, *others):
            kept[about] = typed
        listed = [[one, *map(list, typed)] for one, typed in kept.items()]
        by_project = self._by_project("drafts")
        by_project[str(project.resolve())] = listed[-DRAFTS_MOST:]
        self._keep(drafts={name: value for name, value in by_project.items() if value})

    def _by_project(self, key: str) -> dict[str, Any]:
        found = self._values.get(key)
        return dict(found) if isinstance(found, dict) else {}

    def at_article(self, project: Path, article: str, stopped: Mapping[str, Place | None] | None = None) -> None:
        """Remember the article shown in a project (of the 50 projects used last), and where articles were left.

        `stopped` gives the place by article; None where one stopped at the beginning.
        """
        places = self._by_project("places")
        name = str(project.resolve())
        places.pop(name, None)
        places[name] = article
        values: dict[str, Any] = {"places": dict(list(places.items())[-50:])}
        if stopped:
            self._values = {**_read(self.path), **self._owed}  # another window may have left other articles
            kept = [item for item in self._stopped() if item[0] != name or item[1] not in stopped]
            kept += [[name, uid, *place] for uid, place in stopped.items() if place is not None]
            values["stopped"] = kept[-STOPPED_MOST:]
        self.set(**values)

    def stopped_at(self, project: Path, article: str) -> Place | None:
        """Return where an article was left; None where it is not known, or was the beginning."""
        wanted = [str(project.resolve()), article]
        return next((Place(*item[2:]) for item in reversed(self._stopped()) if item[:2] == wanted), None)

    def _stopped(self) -> list[list[Any]]:
        """Return [project, article, *place] of the articles that were left, the last one last."""
        found = self._values.get("stopped")
        return [item for item in found if _is_place(item)] if isinstance(found, list) else []


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(value, ensure_ascii=False).encode()  # half a character, which no file or database takes
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        from logging import getLogger  # half a dozen modules, which a start rarely has to say anything with

        getLogger(__name__).info("settings in %s could not be read: %s", path, error)
        with suppress(OSError):
            path.rename(path.with_name(path.name + ".broken"))  # a stray comma must not cost one's name
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON file in one go: the old one stays whole until the new one is."""
    import tempfile  # it loads half of the standard library, and a start writes nothing

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                json.dump(value, file, ensure_ascii=False, indent=1)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(
            message("{file} cannot be written: {why}.", file=path, why=error.strerror or error),
            message(
                "See whether the disk has room and you may write to that folder, or name another one in"
                " RUBRICATOR_HOME."
            ),
        ) from error


def _system_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user name for this process
        return "annotator"
