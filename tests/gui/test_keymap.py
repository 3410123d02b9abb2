"""Keys as values: presets, what a person sets, clashes, platforms; and that the tables agree with the code."""

from __future__ import annotations

import logging
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.scheme import Label, Scheme
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_gui import reserved
from rubricator_gui.actions import ACTIONS
from rubricator_gui.keymap import PRESETS, ROWS, Keymap, default_keys, keep, keymap_of, normal, read, refusal
from rubricator_gui.reader import verdicts
from rubricator_gui.reader.gestures import Do, Held, KeyStroke, of_key
from rubricator_gui.reader.verdicts import Accept, Verdict

PLATFORMS = ("linux", "win32", "darwin")
SCHEME = Scheme(
    labels=(Label("PERSON", "Person", key="1"), Label("LAW", "Law", key="l"), Label("PLUS", "Plus", key="+"))
)


# --- the tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_no_preset_breaks_the_house(preset: object, platform: str) -> None:
    keymap = Keymap(preset.id, {}, platform)  # type: ignore[attr-defined]
    counts = Counter(key for keys in keymap.keys.values() for key in keys)
    assert [key for key, n in counts.items() if n > 1] == []
    assert {key: say(why) for key in counts if (why := refusal(key, platform, SCHEME))} == {}
    assert [key for key in counts if normal(key) != key] == []
    for row in ACTIONS:
        assert bool(keymap.keys[row.id]) == bool(default_keys(row, platform)), f"{row.id} lost its keys"
        assert keymap.keys[row.id] == keymap.usual(row.id), f"{row.id} loses a key to another one"


def test_presets_speak_of_actions_that_are_there() -> None:
    for preset in PRESETS:
        assert {*preset.keys, *preset.mac} <= {*ROWS}


def test_every_reserved_key_can_be_read() -> None:
    rows = (
        *reserved.IN_THE_ARTICLE,
        *reserved.IN_REVIEW,
        *reserved.KEPT,
        *reserved.IN_FIELDS,
        *sum(reserved.BY_SYSTEM.values(), ()),
    )
    assert [key for row in rows for key in row.keys if not normal(key)] == []


def stroke(key: str) -> KeyStroke:
    *modifiers, name = ["+"] if key == "+" else key.split("+")
    held = Held.NOTHING
    for modifier in modifiers:
        held |= Held[modifier.upper()]
    names = {"Esc": "Escape", ".": "Period"}
    return KeyStroke(names.get(name, name), name if len(name) == 1 else "", 0, held)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_sheet_and_the_reader_agree(platform: str) -> None:
    """What the sheet says of the reader's own keys they do, and it says so of all of them."""
    said: set[str] = set()
    for row in reserved.article_rows(platform):
        for key in row.keys:
            meaning = of_key(stroke(key), "123", platform)
            assert (meaning.value if isinstance(meaning, Do) else "") == row.does, key
        if row.does:
            said.add(row.does)
    there = {do.value for do in Do} - {Do.KEEP.value}  # Enter, while borders are moved: said where that is
    assert said == (there - {"grow", "shrink"} if platform == "darwin" else there)


def test_the_sheet_and_the_review_agree() -> None:
    """Every key that the sheet names means something in the review, and all that keys mean there is named."""
    meant = {key: verdicts.of_key(stroke(key), "linux") for row in reserved.IN_REVIEW for key in row.keys}
    assert [key for key, meaning in meant.items() if meaning is None] == []
    assert {one.verdict for one in meant.values() if one and isinstance(one.verdict, Verdict)} == {*Verdict}
    single = {one.verdict.layer for one in meant.values() if one and isinstance(one.verdict, Accept)}
    assert single == {*range(9)}
    assert {one.verdict for one in meant.values() if one and one.group} >= verdicts.GROUPED


def test_all_that_the_review_can_do_has_an_action() -> None:
    named = {row.id: row for row in ACTIONS if row.menu == "review"}
    there = {f"review-{verdict.name.lower()}" for verdict in Verdict} - {"review-let_go"}
    there |= {f"review-all-{verdict.name.lower()}" for verdict in verdicts.GROUPED}
    there |= {f"review-{group}{n}" for n in range(1, 5) for group in ("", "all-")}
    assert there <= {*named}
    for name in there:  # and what the menu names as its key does it
        meaning = verdicts.of_key(stroke(named[name].tip.replace("Enter", "Return")), "linux")
        assert meaning is not None, name
        found = meaning.verdict
        key = str(found.layer + 1) if isinstance(found, Accept) else found.name.lower()
        assert name == f"review-{'all-' if meaning.group else ''}{key}"


def test_tips_of_the_table_are_keys_of_the_article() -> None:
    keys = {normal(key) for row in reserved.IN_THE_ARTICLE for key in row.keys}
    review = {normal(key) for row in reserved.IN_REVIEW for key in row.keys}
    tips = [(row, review if row.menu == "review" else keys) for row in ACTIONS if row.tip]
    assert [row.id for row, known in tips if normal(row.tip) not in known] == []


# --- what a person sets -----------------------------------------------------------------------------------------------


def test_a_key_that_is_given_is_taken_from_its_owner() -> None:
    keymap = Keymap(platform="linux").given("finish", ["Ctrl+J"])
    assert keymap.keys["finish"] == ("Ctrl+J",)
    assert keymap.keys["skip"] == ()
    assert keymap.own == {"finish": ("Ctrl+J",)}
    assert keymap.owners["Ctrl+J"] == "finish"
    back = keymap.restored("finish")
    assert back.keys == Keymap(platform="linux").keys
    again = keymap.given("skip", ["Ctrl+J"])
    assert again.keys["skip"] == ("Ctrl+J",)
    assert again.keys["finish"] == ()
    assert again.given("finish", ["Ctrl+Return"]) == Keymap(platform="linux"), "what is as usual is not kept"


def test_a_key_of_a_preset_can_be_given_back() -> None:
    keymap = Keymap("brat", platform="linux").given("undo", ["Alt+Left"])
    assert keymap.keys["previous"] == ("Ctrl+PgUp",)
    assert keymap.given("previous", ["Alt+Left", "Ctrl+PgUp"]).keys["undo"] == ()
    assert keymap.with_preset("default").keys["undo"] == ("Alt+Left",)
    assert keymap.with_preset("default").bare() == Keymap(platform="linux")


def test_an_action_may_have_no_key() -> None:
    keymap = Keymap(platform="linux").given("skip", [])
    assert keymap.keys["skip"] == ()
    assert keymap.first("skip") == ""
    assert read(keymap.setting(), "linux") == keymap


KEYS = st.sampled_from(["Ctrl+J", "Ctrl+Return", "F8", "Alt+Left", "Ctrl+Shift+A", "Ctrl+Z", "Alt+Q"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("given"), st.sampled_from(sorted(ROWS)), st.lists(KEYS, max_size=2)),
        st.tuples(st.just("restored"), st.sampled_from(sorted(ROWS))),
        st.tuples(st.just("with_preset"), st.sampled_from([preset.id for preset in PRESETS])),
    ),
    max_size=8,
)


@given(STEPS)
def test_whatever_is_set_a_key_means_one_thing_and_is_kept(steps: list[tuple[str, ...]]) -> None:
    keymap = Keymap(platform="linux")
    for verb, *values in steps:
        keymap = getattr(keymap, verb)(*values)
        if verb == "given":
            assert keymap.keys[values[0]] == tuple(dict.fromkeys(values[1]))
        keys = [key for found in keymap.keys.values() for key in found]
        assert len(keys) == len(set(keys))
        assert read(keymap.setting(), "linux").keys == keymap.keys


def test_only_what_differs_is_kept() -> None:
    settings = Settings()
    keymap = keymap_of(settings, "linux").given("skip", ["F8"])
    keep(settings, keymap)
    assert settings.get("keys") == {"own": {"skip": ["F8"]}}
    assert keymap_of(Settings(), "linux") == keymap
    keep(settings, keymap.with_preset("brat").given("skip", ["Ctrl+J"]))
    assert settings.get("keys") == {"preset": "brat"}
    keep(settings, Keymap())
    assert '"keys"' not in settings.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "value",
    [
        {"preset": "emacs"},
        {"preset": 5},
        {"own": []},
        {"own": {"fly": ["F8"]}},
        {"own": {"skip": "F8"}},
        {"own": {"skip": ["Ctrl+Foo"]}},
        {"own": {"skip": [5]}},
        {"own": {"skip": ["P"]}},
        {"own": {"skip": ["Tab"]}},
        {"own": {"skip": ["Alt+F4", "Ctrl+K, Ctrl+S"]}},
    ],
)
def test_what_makes_no_sense_is_left_out_and_logged(value: object, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "rubricator_gui.keymap"):
        assert read(value, "linux") == Keymap(platform="linux")
    assert [record.levelno for record in caplog.records] == [logging.INFO]


def test_the_good_part_of_a_setting_stays() -> None:
    value = {"preset": "brat", "own": {"skip": ["P", "f8"], "fly": [], "undo": ["F8", "ctrl+enter"]}}
    keymap = read(value, "linux")
    assert keymap.preset == "brat"
    assert keymap.own == {"undo": ("F8", "Ctrl+Return")}, "of two with one key the first of the table has it"
    assert keymap.keys["finish"] == ()


# --- what cannot be had -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "platform", "why"),
    [
        ("1", "linux", "1 is the key of the label “Person”."),
        ("Shift+L", "linux", "Shift+L is the key of the label “Law”."),
        ("+", "linux", "+ is the key of the label “Plus”."),
        ("Z", "linux", "Z writes a character; in the article those are for labels."),
        ("Tab", "linux", "Tab is taken in the article: “Next annotation or suggestion”."),
        ("Shift+Tab", "linux", "Shift+Tab is taken in the article: “Previous annotation or suggestion”."),
        ("Ctrl+Shift+Left", "linux", "Ctrl+Shift+Left is taken in the article: “Select by words”."),
        (
            "Return",
            "linux",
            "Enter is taken in the article: “With words selected, or on a suggestion: pick a label”.",
        ),
        ("Alt+Up", "linux", "Alt+Up is taken in the article: “Grow the selection: word, name, sentence, paragraph”."),
        ("Ctrl+V", "linux", "Ctrl+V is taken in text fields: “Paste”."),
        ("Alt+A", "win32", "Alt+A opens the menu “Article”."),
        ("Alt+F4", "linux", "Alt+F4 is taken by the system: “Close the window”."),
        ("Meta+Left", "win32", "Meta+Left is taken by the system: “Desktop”."),
        ("Ctrl+Alt+Q", "win32", "Ctrl+Alt+Q writes a character on some keyboards."),
        ("Alt+A", "darwin", "Alt+A writes a character on some keyboards."),
        ("Ctrl+H", "darwin", "Ctrl+H is taken by the system: “Hide the window”."),
        ("", "linux", "This key cannot be used."),
    ],
)
def test_why_a_key_cannot_be_had(key: str, platform: str, why: str) -> None:
    found = refusal(key, platform, SCHEME)
    assert found is not None
    assert say(found) == why


@pytest.mark.parametrize(
    ("key", "platform"),
    [("Ctrl+Alt+Q", "linux"), ("F8", "linux"), ("Alt+Q", "linux"), ("Shift+F3", "win32"), ("Meta+X", "darwin")],
)
def test_keys_that_can_be_had(key: str, platform: str) -> None:
    assert refusal(key, platform, SCHEME) is None


def test_keys_are_read_as_people_write_them() -> None:
    assert normal("ctrl+enter") == normal("Ctrl+Num+Enter") == "Ctrl+Return"
    assert normal("Backtab") == "Shift+Tab"
    assert [normal(key) for key in ("", "Ctrl+", "F99", "Ctrl+K, Ctrl+S", "Ctrl+Foo")] == [""] * 5
