"""Settings: defaults, what hostile files may say, and that the old file stays until the new one is whole."""

from __future__ import annotations

import errno
import getpass
import json
import os
import uuid
from pathlib import Path

import pytest

from rubricator import settings
from rubricator.errors import UserError
from rubricator.settings import (
    DRAFTS_MOST,
    SETTINGS,
    STOPPED_MOST,
    Draft,
    Memory,
    Place,
    Settings,
    folder,
    write_json,
)


def test_only_what_differs_from_the_default_is_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    mine = Settings(path)
    mine.set("text.size", 20)
    mine.set("look.palette", "dark")
    assert json.loads(path.read_text(encoding="utf-8")) == {"text.size": 20, "look.palette": "dark"}
    mine.set("text.size", 17)
    assert json.loads(path.read_text(encoding="utf-8")) == {"look.palette": "dark"}
    assert (Settings(path).get("text.size"), Settings(path).get("look.palette")) == (17, "dark")
    assert [item.name for item in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"text.size": 99, "look.palette": [], "annotator.id": 5, "reader.lanes": true}',
    ],
)
def test_a_file_that_says_nothing_of_use_gives_the_defaults(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(words)
    mine = Settings(path)
    assert {setting.key: mine.get(setting.key) for setting in SETTINGS} == {s.key: s.default for s in SETTINGS}
    assert Memory(path).recent() == []
    assert Memory(path).last_article(tmp_path / "p") == ""
    me = mine.me()
    assert uuid.UUID(me.annotator)
    assert uuid.UUID(me.device)
    assert Settings(path).me() == me


def test_who_i_am_stays_who_i_am(rubricator_home: Path) -> None:
    first = Settings().me()
    assert first.name == getpass.getuser()
    assert not Settings().get("annotator.asked")
    told = Settings().introduce("  Ánna 🙂 ")
    assert (told.annotator, told.device, told.name) == (first.annotator, first.device, "Ánna 🙂")
    assert Settings().me() == told
    assert Settings().get("annotator.asked")
    assert Settings().introduce("").name == getpass.getuser()
    assert (rubricator_home / "config" / "settings.json").is_file()


@pytest.mark.parametrize("error", [KeyError("uid"), OSError(), ImportError("pwd")])
def test_somebody_without_a_name_has_one(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert Settings().me().name == "annotator"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "file"))
    with pytest.raises(UserError, match=r"settings\.json cannot be written") as caught:
        Settings().me()
    assert "RUBRICATOR_HOME" in str(caught.value)


@pytest.mark.parametrize("value", [{"a": object()}, {"a": {1, 2}}])
def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path, value: dict[str, object]) -> None:
    path = tmp_path / "s.json"
    write_json(path, {"old": 1})
    with pytest.raises(TypeError):
        write_json(path, value)
    assert json.loads(path.read_text(encoding="utf-8")) == {"old": 1}
    assert [item.name for item in tmp_path.iterdir()] == ["s.json"]


def test_recent_projects_are_those_that_are_there(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.json")
    paths = [tmp_path / f"{n}.rubric" for n in range(15)]
    for path in paths:
        path.touch()
        memory.opened(path)
    memory.opened(paths[10])
    assert memory.recent() == [paths[10], paths[14], paths[13], paths[12], paths[11], *paths[9:2:-1]]
    paths[14].unlink()
    assert paths[14] not in Memory(tmp_path / "state.json").recent()


def test_the_last_article_of_fifty_projects_is_remembered(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.json")
    for n in range(60):
        memory.at_article(tmp_path / str(n), f"article {n}")
    again = Memory(tmp_path / "state.json")
    assert [again.last_article(tmp_path / str(n)) for n in (9, 10, 59)] == ["", "article 10", "article 59"]


def test_it_is_remembered_how_fifty_projects_were_exported(tmp_path: Path) -> None:
    memory = Memory()
    for n in range(60):
        memory.at_export(tmp_path / str(n), {"format": "conll", "seed": n})
    again = Memory()
    assert [again.exported(tmp_path / str(n)) for n in (9, 59)] == [{}, {"format": "conll", "seed": 59}]
    memory.set(exports={str((tmp_path / "x").resolve()): "nonsense"})
    assert Memory().exported(tmp_path / "x") == {}


def test_nothing_is_written_where_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(tmp_path / "state.json")
    memory.set(width=3)
    written: list[object] = []
    monkeypatch.setattr(settings, "write_json", lambda *_: written.append(1))
    memory.set(width=3)
    assert not written
    memory.set(width=4)
    assert written


def test_the_folders_follow_the_system_unless_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert folder("log") == Path(os.environ["RUBRICATOR_HOME"]) / "log"
    monkeypatch.delenv("RUBRICATOR_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = {folder(kind) for kind in ("config", "data", "state", "log")}
    assert len(found) == 4
    assert all("rubricator" in str(path) for path in found)


def test_two_windows_keep_what_each_other_set(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    one, other = Settings(path), Settings(path)
    me = one.introduce("Maria")
    assert other.me().annotator == me.annotator
    other.set("look.palette", "dark")
    again = Settings(path)
    assert (again.me(), again.get("annotator.asked"), again.get("look.palette")) == (me, True, "dark")


def test_a_file_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"annotator.name": "Maria",,}')
    Settings(path).introduce("Maria")
    assert path.with_name("settings.json.broken").read_text() == '{"annotator.name": "Maria",,}'


def test_half_a_character_in_a_file_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"annotator.id": "\\ud800", "annotator.name": "Maria"}')
    assert Settings(path).me().annotator.isascii()
    assert path.with_name("settings.json.broken").exists()


@pytest.mark.parametrize("before", [{}, {"width": 3}])
def test_on_a_full_disk_the_old_file_stays_and_lost_words_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, int]
) -> None:
    memory = Memory(tmp_path / "state.json")
    memory.set(**before)

    def full(*_any: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(json, "dump", full)
        memory.set(width=4)
        assert memory.get("width") == 4, "as long as the program runs"
        for _time in range(2):
            with pytest.raises(UserError, match="No space left on device"):
                memory.at_drafts(tmp_path / "p.rubric", "a", [Draft("Words")])
        assert memory.drafts(tmp_path / "p.rubric") == {"a": (Draft("Words"),)}
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"] * len(before)
    assert Memory(tmp_path / "state.json").get("width") == before.get("width")
    memory.at_drafts(tmp_path / "p.rubric", "a", [Draft("Words")])
    again = Memory(tmp_path / "state.json")
    assert again.drafts(tmp_path / "p.rubric") == {"a": (Draft("Words"),)}, "there is room again"
    assert again.get("width") == 4


def test_it_is_remembered_where_articles_were_left(tmp_path: Path) -> None:
    project = tmp_path / "news.rubric"
    memory, other = Memory(tmp_path / "state.json"), Memory(tmp_path / "state.json")
    memory.at_article(project, "b", {"a": Place(120, -3, 130)})
    other.at_article(project, "c", {"b": Place(7, 0, 9), "x": None})
    again = Memory(tmp_path / "state.json")
    assert again.stopped_at(project, "a") == Place(120, -3, 130)
    assert again.stopped_at(project, "b") == Place(7, 0, 9)
    assert again.stopped_at(tmp_path / "other.rubric", "a") is None
    again.at_article(project, "a", {"a": None})
    assert again.stopped_at(project, "a") is None
    again.at_article(project, "a", {str(n): Place(n, 0, n) for n in range(1, STOPPED_MOST + 1)})
    assert again.stopped_at(project, "b") is None, "the oldest are forgotten"
    assert again.stopped_at(project, "1") == Place(1, 0, 1)


def test_nonsense_in_the_memory_is_no_place(tmp_path: Path) -> None:
    name = str((tmp_path / "news.rubric").resolve())
    nonsense = [7, [name, "a"], [name, "a", "1", 2, 3], [name, "a", -1, 0, 0], [name, "a", 1, 2, 3, 4]]
    for found in (nonsense, {"a": 1}, None):
        (tmp_path / "state.json").write_text(json.dumps({"stopped": found}))
        assert Memory(tmp_path / "state.json").stopped_at(tmp_path / "news.rubric", "a") is None


@pytest.mark.parametrize("damage", ["gone", "broken"])
@pytest.mark.parametrize("then", ["look", "set", "tell"])
def test_who_loses_the_file_meanwhile_stays_who_they_are(tmp_path: Path, damage: str, then: str) -> None:
    settings = Settings(tmp_path / "settings.json")
    me = settings.introduce("anna")
    if damage == "gone":
        settings.path.unlink()
    else:
        settings.path.write_text('{"annotator.name": "anna",}', "utf-8")
    match then:
        case "look":
            assert settings.me_now() == me
        case "set":
            settings.set("text.size", 20)
        case "tell":
            assert settings.introduce("nora") == me._replace(name="nora")
    assert settings.me().annotator == me.annotator


def test_a_name_told_elsewhere_is_taken_over_and_nothing_else(tmp_path: Path) -> None:
    one, other = Settings(tmp_path / "settings.json"), Settings(tmp_path / "settings.json")
    me = one.introduce("anna")
    other.introduce("nora")
    other.set("text.size", 24)
    assert one.me_now() == me._replace(name="nora")
    assert one.get("text.size") == 17, "it is seen where it is asked for anew"
    stranger = Settings(tmp_path / "other.json").introduce("zoe")
    one.path.write_text(f'{{"annotator.id": "{stranger.annotator}", "annotator.name": "zoe"}}', "utf-8")
    assert one.me_now() == me._replace(name="nora")


def test_what_was_typed_and_not_sent_is_kept_of_each_project(tmp_path: Path) -> None:
    one, other = tmp_path / "one.rubric", tmp_path / "other.rubric"
    memory = Memory()
    memory.at_drafts(one, "a", [Draft("An answer", answers="c"), Draft("A remark")])
    memory.at_drafts(other, "a", [Draft("In a copy")])
    memory.at_drafts(one, "b", [Draft("Changed", changes="d")])
    again = Memory()
    assert again.drafts(one) == {
        "a": (Draft("An answer", "c"), Draft("A remark")),
        "b": (Draft("Changed", "", "d"),),
    }
    assert again.drafts(other) == {"a": (Draft("In a copy"),)}
    again.at_drafts(other, "a", [], was=[Draft("In a copy")])
    assert Memory().drafts(other) == {}
    assert list(Memory().get("drafts")) == [str(one.resolve())]


def test_two_windows_keep_the_drafts_of_each_other(tmp_path: Path) -> None:
    project, one, other = tmp_path / "p.rubric", Memory(), Memory()
    one.at_drafts(project, "a", [Draft("Here")])
    other.at_drafts(project, "b", [Draft("There")])
    one.at_drafts(project, "c", [Draft("Both")])
    other.at_drafts(project, "c", [Draft("Mine")])
    both = (Draft("Mine"), Draft("Both"))
    assert one.drafts(project) == {"a": (Draft("Here"),), "b": (Draft("There"),), "c": both}
    one.at_drafts(project, "c", [], was=[Draft("Both")])
    assert one.drafts(project)["c"] == (Draft("Mine"),), "what the other typed stays"
    other.at_drafts(project, "c", [Draft("Mine, longer")], was=[Draft("Mine")])
    assert one.drafts(project)["c"] == (Draft("Mine, longer"),)


def test_the_last_fifty_drafts_of_a_project_are_kept(tmp_path: Path) -> None:
    for n in range(52):
        Memory().at_drafts(tmp_path / "p", f"{99 - n}", [Draft(f"{n}")])
        Memory().at_drafts(tmp_path / "p", "again", [Draft(f"again {n}")])
    kept = Memory().drafts(tmp_path / "p")
    assert len(kept) == DRAFTS_MOST
    assert [next(iter(kept)), *list(kept)[-2:]] == ["96", "48", "again"], "those kept last, whatever they are about"


@pytest.mark.parametrize(
    "bad", [None, 7, "x", [], [[]], ["x"], [[7, ["x", "", ""]]], [["a"]], [["a", 7, ["x"], [" ", "", ""], {"x": 1}]]]
)
def test_drafts_that_make_no_sense_are_passed_over(tmp_path: Path, bad: object) -> None:
    project = tmp_path / "p.rubric"
    name = str(project.resolve())
    Memory().set(drafts=bad)
    assert Memory().drafts(project) == {}
    good = [["b", ["x", "", 3], ["y", "", ""]]]
    Memory().set(drafts={name: [*bad, *good] if isinstance(bad, list) else bad})
    kept = {"b": (Draft("y"),)} if isinstance(bad, list) else {}
    assert Memory().drafts(project) == kept
    Memory().at_drafts(project, "c", [Draft("z")])
    assert Memory().drafts(project) == {**kept, "c": (Draft("z"),)}


def test_the_projects_exported_last_are_kept_and_not_those_whose_names_come_last(tmp_path: Path) -> None:
    names = [f"{n:02}.rubric" for n in range(60, 0, -1)]
    for name in names:
        Memory(tmp_path / "state.json").at_export(tmp_path / name, {"format": name})
    again = Memory(tmp_path / "state.json")
    kept = [name for name in names if again.exported(tmp_path / name)]
    assert kept == names[-50:]


def test_what_was_put_holds_at_once_and_is_kept_later(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    mine, other = Settings(path), Settings(path)
    mine.put("text.size", 20)
    assert (mine.get("text.size"), path.exists()) == (20, False)
    other.set("look.palette", "dark")
    me = mine.introduce("anna")
    assert (mine.get("text.size"), mine.get("look.palette")) == (20, "dark"), (
        "what is read meanwhile takes nothing back"
    )
    mine.keep()
    assert (Settings(path).get("text.size"), Settings(path).me()) == (20, me)
    mine.put("text.size", 17)
    mine.keep()
    assert "text.size" not in json.loads(path.read_text("utf-8"))


def test_what_was_put_and_could_not_be_kept_holds_as_long_as_the_program_runs(tmp_path: Path) -> None:
    path = tmp_path / "folder/settings.json"
    path.parent.write_text("in the way", "utf-8")
    settings = Settings(path)
    settings.put("text.size", 20)
    with pytest.raises(UserError, match=r"settings\.json cannot be written"):
        settings.keep()
    assert settings.get("text.size") == 20
    path.parent.unlink()
    Settings(path).set("text.size", 24)
    settings.set("look.palette", "dark")
    assert Settings(path).get("text.size") == 24, "what was told another window since holds"
