"""The review by hand: two layers compared in one text, settled by keys, in groups, undone, put off, disputed, finished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_names import nameless
from tests.journeys.test_window import clipped

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import REJECT
from rubricator.settings import Settings
from rubricator_gui.acts.reviewing import Reviewing
from rubricator_gui.dialogs.policy import PolicyDialog
from rubricator_gui.dialogs.review_group import GroupDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.history import HistoryModel
from rubricator_gui.panels.review.said import SaidCard
from rubricator_gui.reader.paint import Standing, State

TWICE = (reviewed.TEXT, "Again. " + reviewed.TEXT)


def begun(start: Start, path: Path, *size: int) -> Hand:
    """Open a project and begin the review."""
    hand = start(path, *size)
    hand.keys("F8")
    hand.wait_until(lambda: hand.window.session.queue.whole, "the queue is made")
    QTest.qWait(150)
    return hand


def reviewing(hand: Hand) -> Reviewing:
    return hand.window.session.reviewing


def states(hand: Hand) -> list[str]:
    return [one.state for one in reviewing(hand).settled]


def gold(hand: Hand, article: str = "a1") -> list[tuple[str, str]]:
    """Return what gold holds: labels and words, in reading order."""
    project = hand.window.session.ready
    text = project.text(project.rows.article(article))
    work = project.review.work(article, project.review.gold)
    return [(one.label, one.span.quote(text)) for one in sorted(work.annotations, key=lambda one: one.span.fragments)]


def side(hand: Hand, who: str) -> int:
    """Return as which layer somebody's work is shown, by 1: 1 is A."""
    owners = [work.annotator for work in reviewing(hand).comparison.works]
    return owners.index({"anna": reviewed.ANNA, "ben": reviewed.BEN}[who].annotator) + 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced("rita")
    return reviewed.project(tmp_path / "news.rubric", Settings().me())


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return begun(start, path)


@pytest.fixture
def two(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    return begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me(), TWICE))


@pytest.mark.parametrize("size", [(1000, 700), (1600, 1000)], ids=["small", "large"])
def test_eight_differences_are_settled_with_nine_keys(start: Start, path: Path, size: tuple[int, int]) -> None:
    hand = begun(start, path, *size)
    works = reviewing(hand).comparison.works
    assert [len(work.annotations) for work in works] == [40, 40]
    assert len(reviewing(hand).settled) == 8
    anna = str(side(hand, "anna"))
    keys = [anna, anna, anna, "R", "M", anna, anna, "D", "Ctrl+Return"]
    for key in keys[:-1]:
        hand.keys(key)
    assert states(hand) == [*["decided"] * 7, "deferred"]
    hand.keys("Ctrl+Return")  # refused: one was put off, and it is the current one now
    assert not reviewing(hand).locked
    hand.keys(anna)
    actions = len(keys) + 1
    hand.keys("Ctrl+Return")
    assert reviewing(hand).locked
    assert actions + 1 <= 12
    found = gold(hand)
    assert ("ORGANIZATION", "the Ministry of Transport and Ports") in found
    assert ("ORGANIZATION", "Ministry of Transport and Ports") not in found
    assert ("CITY", "Tarsk") in found  # the agreed one
    assert {label for label, words in found if words == "Belmora State Railways"} == {"ORGANIZATION", "FACILITY"}
    assert len(found) == len(reviewed.AGREED) + 7
    assert list(hand.window.session.ready.check(full=True)) == []


class Counted(QObject):
    """Counts what a person does: each key that is pressed, once, wherever it goes; each press of the mouse."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.actions = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count; a key that a shortcut takes is offered to who has the focus first, as every other."""
        held = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            self.actions += watched is QApplication.focusWidget() and event.key() not in held
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.actions += watched is QApplication.widgetAt(event.globalPosition().toPoint())  # type: ignore[attr-defined]
        return False


@pytest.mark.parametrize("size", [(1000, 700), (1600, 1000)], ids=["small", "large"])
def test_forty_annotations_and_eight_differences_in_at_most_twelve_actions(
    start: Start, path: Path, size: tuple[int, int]
) -> None:
    """From the open article to the finished review; what gold is to hold is known before, and is all it holds."""
    wanted = {(label, quote) for quote, label, _nth in (*reviewed.AGREED, *reviewed.MINE, *reviewed.THEIRS)}
    wanted -= {("ORGANIZATION", "the Ministry of Transport and Ports"), ("LOCATION", "Sund grain corridor")}
    wanted -= {("PROFESSION", "minister"), ("PROFESSION", "Foreign Minister"), ("LOCATION", "Old Custom House")}
    wanted -= {("ORGANIZATION", "the Institute of Northern Trade Studies")}
    hand = start(path, *size)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    counted = Counted(app)
    hand.keys("F8")
    anna, ben = str(side(hand, "anna")), str(side(hand, "ben"))
    choices = {
        "Sund grain corridor": ben,
        "the Ministry of Transport and Ports": ben,
        "Tarsk": "M",
        "minister": "R",
        "Belmora State Railways": "M",
        "Deputy Foreign Minister": anna,
        "the Institute of Northern Trade Studies": ben,
        "Old Custom House": anna,
    }
    for _difference in range(8):
        here = reviewing(hand).current
        assert here is not None
        hand.keys(choices[max((one.quote for one in here.difference.annotations), key=len)])
    hand.keys("Ctrl+Return")
    assert reviewing(hand).locked
    app.removeEventFilter(counted)
    assert counted.actions == 10, "the key that begins, eight decisions, the key that finishes"
    found = gold(hand)
    assert {*found} == wanted
    assert len(found) == len(reviewed.AGREED) + 8  # two of the railways, none of the minister


def test_a_layer_s_own_word_is_shown(hand: Hand) -> None:
    sheet = hand.window.reviewer.pane.sheet
    n = reviewing(hand).at
    difference = reviewing(hand).comparison.differences[n]
    for place, said in enumerate(difference.sides):
        style = sheet.style_of(said[0])  # type: ignore[arg-type]
        assert style.state is State.OTHER
        assert style.word.startswith("AB"[place] + " ")
    agreed = next(reviewing(hand).comparison.agreements[0].elements)
    assert sheet.style_of(agreed).state is State.AGREED  # type: ignore[arg-type]
    overlay = sheet.overlay(0, 10_000)
    assert [frame.standing for frame in overlay.frames].count(Standing.CURRENT) == 1
    assert [frame.standing for frame in overlay.frames].count(Standing.OPEN) == 7
    hand.keys("1")
    standing = [frame.standing for frame in sheet.overlay(0, 10_000).frames]
    assert (standing.count(Standing.SETTLED), standing.count(Standing.CURRENT)) == (1, 1)


def test_the_bars_of_a_difference_keep_the_order_of_the_layers(hand: Hand) -> None:
    sheet = hand.window.reviewer.pane.sheet
    lanes = {mark.id: mark.bar.lane for mark in sheet.page.seen(0, 10_000).marks}
    both = [one for one in reviewing(hand).comparison.differences if all(one.sides)]
    assert len(both) == 6
    for difference in both:
        first, second = (said[0].id for said in difference.sides)
        assert lanes[first] < lanes[second]


def test_undo_opens_it_again_and_goes_back_to_it(hand: Hand) -> None:
    hand.keys("1", "2")
    assert states(hand)[:3] == ["decided", "decided", "open"]
    assert reviewing(hand).at == 2
    hand.keys("Ctrl+Z")
    assert states(hand)[:2] == ["decided", "open"]
    assert reviewing(hand).at == 1
    hand.keys("Ctrl+Z")
    assert reviewing(hand).at == 0
    assert gold(hand) == []
    hand.keys("Ctrl+Shift+Z")
    assert states(hand)[0] == "decided"
    assert reviewing(hand).on


def told_before(hand: Hand) -> list[str]:
    lines = hand.window.reviewer.pane.decision.before.lines
    return [line.text() for line in lines if line.isVisible()]


def test_what_was_decided_before_is_told_and_taken_again(two: Hand) -> None:
    hand = two
    hand.keys("Tab")
    assert told_before(hand) == []
    assert not hand.window.actions["review-again"].isEnabled()
    hand.keys("S")
    assert states(hand)[1] == "open"
    hand.keys("Return")
    hand.type("as on the door")
    hand.keys("Return", str(side(hand, "ben")))
    hand.keys("Ctrl+PgDown", "Tab")
    assert told_before(hand) == ["1 × Organization “Ministry of Transport and Ports” (S) · “as on the door”"]
    assert hand.window.actions["review-again"].isEnabled()
    hand.do("review-names")
    assert told_before(hand)[0].endswith(" · rita")
    hand.keys("S")
    assert gold(hand, "a2") == [("ORGANIZATION", "Ministry of Transport and Ports")]
    hand.keys("Ctrl+Z")
    assert gold(hand, "a2") == []
    hand.keys("R", "Ctrl+PgUp", "Tab")
    assert told_before(hand)[0].startswith("1 × rejected (S)")


def test_walking_and_deciding_anew(hand: Hand) -> None:
    anna, ben = str(side(hand, "anna")), str(side(hand, "ben"))
    hand.keys("Tab", "Tab", "Shift+Tab")
    assert reviewing(hand).at == 1
    hand.keys(anna, "Shift+Tab")
    assert reviewing(hand).at == 1
    hand.keys(ben)
    assert gold(hand) == [("ORGANIZATION", "Ministry of Transport and Ports")]
    hand.keys("Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert reviewing(hand).at == 7  # round the corner


def test_an_annotation_that_no_layer_has(hand: Hand) -> None:
    hand.keys("Tab", "E")
    assert QApplication.focusWidget() is not None
    picker = hand.window.reviewer.picker
    hand.wait_until(picker.isVisible, "the picker opens")
    assert hand.window.reviewer.pane.sheet.edited is not None
    hand.type("place")
    hand.keys("Return")
    assert [label for label, _words in gold(hand)] == ["LOCATION"]
    assert states(hand)[1] == "decided"
    assert hand.window.reviewer.pane.sheet.hasFocus()


def test_the_selection_is_what_is_edited(hand: Hand) -> None:
    sheet = hand.window.reviewer.pane.sheet
    hand.keys("Tab")
    start = hand.window.session.text.index("Transport and Ports")
    sheet.put_caret(start, start + len("Transport"))
    hand.keys("E")
    hand.wait_until(hand.window.reviewer.picker.isVisible, "the picker opens")
    assert sheet.edited == Span.of(start, start + len("Transport"))
    hand.keys("Escape")
    assert sheet.edited is None
    hand.keys("E")
    hand.type("place")
    hand.keys("Return")
    assert gold(hand) == [("LOCATION", "Transport")]


def test_the_reason_goes_with_the_decision(hand: Hand) -> None:
    hand.keys("Return")
    assert hand.window.reviewer.pane.decision.reason.hasFocus()
    hand.type("1 of 2: as on the door")
    assert states(hand)[0] == "open", "digits in a field are words"
    hand.keys("Return", "1")
    (decision,) = hand.window.session.ready.review.decisions("a1")
    assert decision.reason == "1 of 2: as on the door"
    assert hand.window.reviewer.pane.decision.reason.text() == ""
    hand.keys("Shift+Tab")
    assert reviewing(hand).because.reason == ""


def answer_group(hand: Hand, key: str, work: Callable[[GroupDialog], None]) -> None:
    """Press a key for the group, and do something in the preview."""
    seen: list[bool] = []

    def answer(dialog: object) -> None:
        assert isinstance(dialog, GroupDialog)
        hand.wait_until(lambda: dialog.done_looking, "all is listed")
        assert list(nameless(dialog)) == []
        work(dialog)
        seen.append(True)
        if dialog.isVisible():
            hand.keys("Escape")

    hand.answer("groupDialog", answer)
    hand.keys(key)
    hand.wait_until(lambda: bool(seen), "the preview was seen")


def test_a_group_of_which_nothing_goes_to_gold_says_so(two: Hand) -> None:
    told: list[str] = []

    def look(dialog: GroupDialog) -> None:
        rows = [item for n in range(dialog.list.topLevelItemCount()) if (item := dialog.list.topLevelItem(n))]
        told[:] = [dialog._words.text().partition(": ")[2], *{row.text(1) for row in rows}]

    at = next(n for n, one in enumerate(reviewing(two).settled) if not all(one.difference.sides))
    two.keys(*["Tab"] * at)
    silent = reviewing(two).settled[at].difference.sides.index(())
    letters = "AB"
    answer_group(two, f"Shift+{silent + 1}", look)
    assert told == [
        f"accept {letters[silent]}, which says nothing here: nothing of it goes to gold",
        "nothing goes to gold",
    ]
    answer_group(two, f"Shift+{2 - silent}", look)
    assert told[0] == f"accept {letters[1 - silent]}, and what is like it"
    assert "nothing goes to gold" not in told
    answer_group(two, "Shift+D", look)
    assert told == ["put off", "put off"]


def test_a_group_is_seen_and_settled_in_one_step(two: Hand) -> None:
    hand = two
    hand.keys("Tab")  # leading "the"
    pattern = reviewing(hand).settled[1].difference.pattern
    assert len(hand.window.session.queue.open_of(pattern)) == 4
    rows: list[list[str]] = []

    def look(dialog: GroupDialog) -> None:
        for n in range(dialog.list.topLevelItemCount()):
            item = dialog.list.topLevelItem(n)
            assert item is not None
            rows.append([item.text(at) for at in range(3)])
        assert dialog.go.text() == "Settle 4 differences"
        hand.keys("Escape")

    ben = side(hand, "ben")
    answer_group(hand, f"Shift+{ben}", look)
    assert len(rows) == 4
    assert {row[1] for row in rows} == {
        "Organization “Ministry of Transport and Ports”",
        "Organization “Institute of Northern Trade Studies”",
    }
    assert gold(hand) == [], "a preview writes nothing"

    def settle(dialog: GroupDialog) -> None:
        dialog.list.setFocus()
        hand.keys("Down", "Space")  # one is left out
        assert dialog.go.text() == "Settle 3 differences"
        hand.keys("Return")

    answer_group(hand, f"Shift+{ben}", settle)
    both = [*gold(hand, "a1"), *gold(hand, "a2")]
    assert len(both) == 3
    assert not any(words.startswith("the ") for _label, words in both)
    hand.wait_until(lambda: hand.window.session.queue.whole, "the queue is made again")
    assert len(hand.window.session.queue.open_of(pattern)) == 1
    hand.keys("Ctrl+Z")
    assert [*gold(hand, "a1"), *gold(hand, "a2")] == []


def test_a_dispute_comes_back(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        comparison = project.review.compare("a1")
        project.review.decide(comparison, comparison.differences[0], REJECT)
        project.me = reviewed.ANNA
        changed = next(one for one in project.review.answers.changed("a1") if one.decision)
        assert changed.decision is not None
        project.review.answers.answer(changed.decision, "dispute", "It is on the map so.")
    hand = begun(start, path)
    assert states(hand)[0] == "disputed"
    assert reviewing(hand).at == 0
    assert "It is on the map so." in hand.window.reviewer.pane.decision._told.text()
    hand.keys("1")
    assert states(hand)[0] == "decided"


def test_the_annotator_answers_by_keys(start: Start, path: Path) -> None:
    """One sees what became of one's work: one accepts this, disputes that, and that is open again for the reviewer."""
    with Project.open(path, Settings().me()) as project:
        reviewed.annotate(project, project.me, "a1", reviewed.MINE[:2])
        project.me = reviewed.CARL
        for n in range(2):
            comparison = project.review.compare("a1")
            place = next(
                one for one in comparison.differences if any(a.quote == reviewed.MINE[n][0] for a in one.annotations)
            )
            project.review.decide(comparison, place, REJECT.because(f"reason {n}"))
    hand = start(path)
    hand.keys("F12")
    panel = hand.window.over.mine
    assert panel.list.hasFocus()
    assert list(nameless(hand.window)) == []
    rows = [item for n in range(panel.list.topLevelItemCount()) if (item := panel.list.topLevelItem(n))]
    assert [[item.text(n) for n in range(4)] for item in rows] == [
        ["Place “Sund grain corridor”", "nothing", "reason 0", ""],
        ["Organization “the Ministry of Transport and Ports”", "nothing", "reason 1", ""],
    ]
    assert panel.list.header().length() <= panel.list.viewport().width(), "the answer is in sight"
    before = hand.window.session.chosen
    hand.keys("Space")
    assert hand.window.session.chosen not in (None, before)
    hand.keys("D")
    hand.type("Space is a word here.")
    hand.keys("Return")
    review = hand.window.session.ready.review
    assert [one.answer for one in review.answers.changed("a1")] == ["accept", "dispute"]
    settled = review.settled(review.compare("a1"))
    assert [one.state for one in settled].count("disputed") == 1
    hand.keys("Ctrl+Z")
    assert [one.answer for one in review.answers.changed("a1")] == ["accept", ""]
    hand.keys("Escape")
    assert panel.isHidden()
    assert hand.window.reader.hasFocus()


def test_finish_goes_on_and_reopen_takes_the_lock_off(two: Hand) -> None:
    hand = two
    hand.keys(*["1"] * 8)
    hand.keys("Ctrl+Return")
    assert hand.window.session.article is not None
    assert hand.window.session.article.id == "a2"
    assert states(hand) == ["open"] * 8
    hand.do("previous")
    assert reviewing(hand).locked
    hand.keys("2")
    assert states(hand) == ["decided"] * 8
    assert len(gold(hand)) > len(reviewed.AGREED)
    hand.do("review-reopen")
    assert not reviewing(hand).locked


def by_policy(hand: Hand, downs: int, *, finish: bool = False) -> None:
    """Have a policy write gold."""
    seen: list[bool] = []

    def choose(dialog: object) -> None:
        assert isinstance(dialog, PolicyDialog)
        assert list(nameless(dialog)) == []
        assert not clipped(dialog)
        hand.keys(*["Down"] * downs)
        if finish:
            hand.keys("Tab", "Space")
            assert dialog.finish.isChecked()
        hand.keys("Return")
        seen.append(True)

    hand.answer("policyDialog", choose)
    hand.do("review-policy")
    hand.wait_until(lambda: bool(seen) and "Settled" in hand.window.status.notice, "gold is written")


def test_a_policy_finishes_what_is_settled(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    path = reviewed.project(tmp_path / "news.rubric", Settings().me(), TWICE)
    with Project.open(path, Settings().me()) as project:
        for me in (reviewed.ANNA, reviewed.BEN):
            project.me = me
            project.set_status("a1", "done")
    hand = begun(start, path)
    by_policy(hand, 2, finish=True)
    assert hand.window.status.notice.endswith(
        "1 article is finished. Passed over: 1 with a layer that is not finished."
    )
    assert hand.window.status._progress.text() == "1 of 2 reviewed"
    assert reviewing(hand).locked
    hand.keys("Ctrl+Z")
    assert not reviewing(hand).locked


def test_a_policy_writes_gold_in_all_articles_and_undo_takes_it_back_at_once(two: Hand) -> None:
    by_policy(two, 0)
    assert two.window.status.notice.startswith(f"Settled {2 * len(reviewed.AGREED)} places that all agree on and 0")
    assert two.window.status.notice.endswith("left: 16.")
    assert len(gold(two)) == len(gold(two, "a2")) == len(reviewed.AGREED)
    assert states(two) == ["open"] * 8
    two.keys("Ctrl+Z")
    assert gold(two) == gold(two, "a2") == []
    by_policy(two, 2)
    assert states(two) == ["decided"] * 8
    decisions = two.window.session.ready.review.decisions("a2")
    assert {one.policy.partition(":")[0] for one in decisions} == {"trusted"}
    history = HistoryModel(two.window.session, two.window)
    history.load()
    told = [history.data(history.index(n)) for n in range(2)]
    assert told[0] == "Settled 16 differences by the policy “trusted: …”"  # names are hidden
    assert told[1] == "Undone: Took the agreed places of 2 articles to gold by the policy “unanimous”"
    two.do("review-names")
    assert history.data(history.index(0)) == "Settled 16 differences by the policy “trusted: anna”"
    assert list(two.window.session.ready.check(full=True)) == []


def test_the_queue_by_keys(two: Hand) -> None:
    hand = two
    queue = hand.window.reviewer.pane.queue
    assert queue.note == "16 open"
    queue.filter.setFocus()
    hand.type("leading “the”")
    assert [line.words for line in queue._model.lines] == ["Borders – a determiner", "Leading “the” on Organization"]
    hand.keys("Return", "Up", "Down", "Return")
    assert reviewing(hand).current is not None
    assert reviewing(hand).at == 1
    assert queue.list.hasFocus() or hand.window.reviewer.pane.sheet.hasFocus()
    hand.keys("Return")
    assert reviewing(hand).at == 6
    hand.keys("Return")
    assert hand.window.session.article is not None
    assert hand.window.session.article.id == "a2"


def test_the_window_is_itself_again_afterwards(hand: Hand) -> None:
    window = hand.window
    assert not window.actions["delete"].isEnabled()
    assert window.toolbar.finish.text() == "Finish review"
    hand.keys("F8")
    assert window.reader.isVisible()
    assert window.toolbar.finish.text() == "Finish and go on"
    kit.label(hand, "Tollish", "1")
    assert len(window.session.spans) == 1
    hand.keys("F8")
    hand.wait_until(lambda: window.session.queue.whole, "the queue is made again")
    assert reviewing(hand).layers == 3, "the reviewer's own layer is one of them"


def test_names_are_hidden_until_they_are_wanted(hand: Hand) -> None:
    window = hand.window

    def said() -> str:
        widgets = window.reviewer.pane.findChildren(SaidCard)
        return " ".join(card.accessibleName() for card in widgets) + window.reviewer.pane.head.accessibleDescription()

    assert "anna" not in said()
    assert "names hidden" in said()
    hand.do("review-names")
    assert "anna" in said()
    hand.do("review-names")
    assert "anna" not in said()


@pytest.mark.parametrize("size", [(1000, 700), (1200, 760), (1600, 1000), (2300, 1200)])
def test_everything_has_a_name_and_room(start: Start, path: Path, size: tuple[int, int]) -> None:
    hand = begun(start, path, *size)
    assert list(nameless(hand.window)) == []
    assert [button.text() for button in hand.window.findChildren(QPushButton) if clipped(button)] == []
    hand.keys("F6", "F6", "F6")
    hand.do("list")
    assert list(nameless(hand.window)) == []


# --- bad input --------------------------------------------------------------------------------------------------------


def test_one_layer_and_none(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    path = kit.project(tmp_path / "none.rubric", [reviewed.TEXT, "Another one.\n"])
    with Project.open(path, Settings().me()) as project:
        reviewed.annotate(project, reviewed.ANNA, "a1", reviewed.AGREED)
    hand = begun(start, path)
    empty = hand.window.reviewer.pane.decision.empty
    assert empty.words == "One layer alone: there is nothing to compare."
    hand.keys("1", "R", "Shift+1", "E", "Tab", "Return", "Ctrl+Return")
    hand.keys("Ctrl+PgDown")
    assert empty.words == "Nobody has worked on this article yet."
    hand.keys("1", "R", "Shift+1", "E", "Tab", "Return", "Ctrl+Return")
    assert hand.window.session.ready.review.decisions("a1") == []


def test_twenty_layers(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.project(tmp_path / "many.rubric", Settings().me(), layers=20))
    assert reviewing(hand).layers == 20
    assert len(reviewing(hand).settled) == 8
    cards = [card for card in hand.window.reviewer.pane.findChildren(SaidCard) if not card.isHidden()]
    assert len(cards) == 20
    QTest.mouseClick(cards[13], Qt.MouseButton.LeftButton)  # what has no digit is pressed
    assert states(hand)[0] == "decided"
    hand.keys("9")
    assert states(hand)[1] == "decided"


def test_four_hundred_differences(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    text = "".join(f"The Harbour Office {n} of Toll met.\n" for n in range(400))
    path = kit.project(tmp_path / "long.rubric", [text])
    with Project.open(path, Settings().me()) as project:
        for me, words in ((reviewed.ANNA, "The Harbour Office {n}"), (reviewed.BEN, "Harbour Office {n}")):
            project.me = me
            quotes = [words.format(n=n) + " of" for n in range(400)]
            spans = [Span.of(at, at + len(q) - 3) for q in quotes for at in (text.index(q),)]
            project.annotate("a1", "ORGANIZATION", spans)
    hand = begun(start, path)
    assert len(reviewing(hand).settled) == 400
    hand.keys("1", "2", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert reviewing(hand).at == 399
    sheet = hand.window.reviewer.pane.sheet
    assert len(sheet.page._cache.scenes) < 100, "only what is seen is laid out"
    hand.keys("1")
    assert states(hand).count("decided") == 3


def test_a_layer_that_changes_meanwhile(hand: Hand, path: Path) -> None:
    with Project.open(path, reviewed.ANNA) as other:
        (mine,) = [one for one in other.spans("a1") if one.quote == "Sund grain corridor"]
        other.delete([mine])
    hand.keys("1")  # what was seen is not there any more
    assert hand.window.session.ready.review.decisions("a1") == []
    hand.window.session.look_for_news()
    assert len(reviewing(hand).settled) == 8
    first = reviewing(hand).settled[0].difference
    assert first.kind == "only"
    hand.keys("Shift+Tab", "Tab", "1")
    assert "decided" in states(hand)


def test_a_project_that_is_closed_in_review(hand: Hand) -> None:
    hand.do("close")
    assert not reviewing(hand).on
    assert hand.window.session.project is None


# --- relations, topics, attributes, entities --------------------------------------------------------------------------


@pytest.fixture
def linked(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    hand = begun(start, reviewed.linked(tmp_path / "linked.rubric", Settings().me()))
    hand.wait_until(lambda: bool(hand.window.reviewer.pane.sheet.arcs.arcs), "the relations are drawn")
    return hand


def titles(hand: Hand) -> list[tuple[str, str]]:
    """Return what the arcs say: the number of a difference, and the title."""
    QTest.qWait(60)
    return sorted((arc.key, arc.title) for arc in hand.window.reviewer.pane.sheet.arcs.arcs)


def said_by(hand: Hand, words: dict[str, str]) -> str:
    """Return what is said by both, behind their letters."""
    letters = {who: "AB"[side(hand, who) - 1] for who in words}
    return " · ".join(f"{letters[who]} {words[who]}" for who in sorted(words, key=lambda who: letters[who]))


def test_relations_topics_attributes_and_entities_are_drawn_with_their_numbers(linked: Hand) -> None:
    hand = linked
    sheet, review = hand.window.reviewer.pane.sheet, reviewing(hand)
    kinds = [one.difference.kind for one in review.settled]
    assert kinds == ["entity", "attribute", *["relation"] * 3, *["topic"] * 2]
    ben = "AB"[side(hand, "ben") - 1]
    assert titles(hand) == [
        ("2", said_by(hand, {"anna": "Head of", "ben": "Member of"})),
        ("3", "A Speaks for"),
        ("3", "B Speaks for"),
        ("4", f"{ben} Married to"),
    ], "what is agreed is not drawn"
    shown = {sheet.style_of(one).word for n in (0, 1) for one in review.comparison.differences[n].annotations}
    anna = "AB"[side(hand, "anna") - 1]
    assert shown == {
        f"{anna} CITY · Harbour of…",
        f"{ben} CITY · Port Velis…",
        f"{anna} PER · lawyer",
        f"{ben} PER · journalist",
    }
    topics = hand.window.reviewer.pane.head.topics.marks
    assert [(mark.number, mark.whose, mark.text()) for mark in topics] == [
        ("", "", "Mass media"),
        ("6", anna, "Culture"),
        ("7", ben, "Crime"),
    ]
    assert list(nameless(hand.window)) == []


def test_the_same_keys_walk_and_settle_them(linked: Hand) -> None:
    hand = linked
    anna, ben = str(side(hand, "anna")), str(side(hand, "ben"))
    hand.keys("Tab", "Tab", "Tab", "Tab", ben)
    assert states(hand)[4] == "open"
    assert "Married to" in hand.window.status.notice, "an end of it is not decided; the title is said, not the name"
    sheet = hand.window.reviewer.pane.sheet
    frames = [frame.standing for frame in sheet.overlay(0, 10_000).frames]
    assert frames.count(Standing.CURRENT) == 2, "both ends stand out"
    hand.keys("Tab", "Tab", "Tab", anna, ben, anna)  # of the third the ends are agreed on
    assert states(hand)[:3] == ["decided"] * 3
    assert sheet.standing_of(2) is Standing.SETTLED
    hand.keys("Tab", ben)
    assert states(hand)[4] == "decided"
    marks = hand.window.reviewer.pane.head.topics.marks
    assert [mark.standing for mark in marks if mark.number] == [Standing.CURRENT, Standing.OPEN]
    hand.keys("E")  # a topic is not edited
    assert states(hand)[5] == "open"
    hand.keys("M", "R")
    assert [mark.standing for mark in marks if mark.number] == [Standing.SETTLED, Standing.NOTHING]
    assert states(hand) == ["decided"] * 3 + ["open"] + ["decided"] * 3
    project = hand.window.session.ready
    assert {one.label for one in project.relations.of("a1", project.review.gold)} == {"head_of", "spouse"}
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert states(hand)[4] == "open"
    hand.keys(ben, "M", "R", "1", "Ctrl+Return")
    assert reviewing(hand).locked
    assert {one.label for one in project.relations.of("a1", project.review.gold)} >= {"member_of", "head_of"}
    assert len(project.tags("a1", project.review.gold)) == 2
    assert list(project.check(full=True)) == []


def test_a_click_on_an_arc_or_a_topic_goes_to_its_difference(linked: Hand) -> None:
    hand = linked
    sheet = hand.window.reviewer.pane.sheet
    arc = next(arc for arc in sheet.arcs.arcs if arc.key == "4")
    at = arc.place.center().toPoint()
    at.setY(at.y() - sheet.verticalScrollBar().value())
    hand.click_on(sheet.viewport(), at)
    assert reviewing(hand).at == 4
    hand.click_on(hand.window.reviewer.pane.head.topics.marks[2])
    assert reviewing(hand).at == 6
    assert sheet.hasFocus()
    hand.keys("1")
    assert states(hand)[6] == "decided"


def test_what_leads_off_the_screen_ends_at_its_edge(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    path = reviewed.linked(tmp_path / "linked.rubric", Settings().me(), between="Nothing happened.\n\n" * 30)
    hand = begun(start, path, 1000, 700)
    sheet = hand.window.reviewer.pane.sheet
    sheet.verticalScrollBar().setValue(0)
    assert any("↓" in title for _key, title in titles(hand))
    hand.keys("Tab", "Tab", "Tab", "Tab")
    assert reviewing(hand).at == 4
    assert any(title.startswith(("A", "B")) and "Married to" in title for _key, title in titles(hand))


def test_the_status_line_counts_what_is_reviewed(two: Hand) -> None:
    hand, line = two, two.window.status._progress
    assert line.text() == "0 of 2 reviewed"
    hand.keys(*["1"] * 8, "Ctrl+Return")
    assert reviewing(hand).comparison.works
    assert line.text() == "1 of 2 reviewed"
    hand.keys("Ctrl+Z")
    assert line.text() == "0 of 2 reviewed"
    hand.keys("F8")
    assert line.text() == "0 of 2 · 2 left", "one's own work"
