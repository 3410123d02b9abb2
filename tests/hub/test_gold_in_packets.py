"""What was decided goes out to the annotator, their answer comes back, and nobody learns what others said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hub.test_packets import back
from tests.making import ANNA, BEN, make, ticking

from rubricator.errors import UserError
from rubricator.hub import packets
from rubricator.hub.merging import merge, plan
from rubricator.model.comments import say as said_comment
from rubricator.model.edits import Add, Edit, Set
from rubricator.model.elements import layer_id
from rubricator.model.ids import new_id
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import REJECT, accept
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.verbs.samples import Count
from rubricator.words import say

TEXT = "The CIS council met Mr Sergey Lebedev in Minsk."
CLARA = Me("00000000-0000-4000-8000-00000000000c", "clara", "00000000-0000-4000-8000-0000000000dc")
RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
SAYS = {
    ANNA: [("The CIS council", "ORGANIZATION"), ("Minsk", "CITY")],
    BEN: [("CIS council", "ORGANIZATION"), ("Minsk", "COUNTRY")],
    CLARA: [("CIS council", "PERSON"), ("Sergey", "PERSON")],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in which three have finished the article “one”, and Ben is at work on “two”."""
    made = make(tmp_path / "main.rubric", ANNA, [("one", TEXT), ("two", f"{TEXT} Two.")])
    for me, spans in SAYS.items():
        made.me = me
        for uid in ("one", "two"):
            for words, label in spans:
                start = TEXT.index(words)
                made.annotate(uid, label, [Span.of(start, start + len(words))])
            if (me, uid) != (BEN, "two"):
                made.set_status(uid, "done")
    made.me = RITA
    return made


def settle(project: Project, uid: str = "one", reason: str = "") -> None:
    """Have Rita settle all differences of an article as Anna has it."""
    project.me = RITA
    compared = project.review.compare(uid)
    for one in project.review.settled(compared):
        if one.state in {"open", "disputed", "changed"}:
            has = one.difference.sides[[work.annotator for work in compared.works].index(ANNA.annotator)]
            outcome = accept(ANNA.annotator) if has else REJECT
            project.review.decide(compared, one.difference, outcome.because(reason) if reason else outcome)


def give(project: Project, folder: Path, name: str, *, gold: bool, who: str = "ben") -> Path:
    person = packets.annotator_called(project, who)
    assert person is not None
    packet = folder / f"{name}.rubpack"
    packets.pack(project, packet, person, packets.articles_of(project, person.id), gold=gold)
    return packet


def opened(packet: Path, who: Me = BEN) -> Project:
    return packets.open_packet(packet, packet.with_suffix(".rubric"), who.device, clock=ticking())


def own(project: Project, uid: str, annotator: str) -> list[tuple[str, str]]:
    return [(one.label, one.quote) for one in project.annotations(uid, annotator)]


def everything(project: Project) -> str:
    return "\n".join(project._store.db.iterdump())


def test_without_asking_nothing_of_gold_goes_out(project: Project, tmp_path: Path) -> None:
    settle(project)
    copy = opened(give(project, tmp_path, "b", gold=False))
    assert own(copy, "one", project.review.gold) == []
    assert copy.review.decisions("one") == []
    assert copy.review.answers.changed("one") == []


def test_what_was_decided_of_finished_articles_goes_out_and_no_more(project: Project, tmp_path: Path) -> None:
    settle(project, "one", "the article is part of the name")
    settle(project, "two")
    copy = opened(give(project, tmp_path, "b", gold=True))
    gold = project.review.gold
    assert own(copy, "one", gold) == own(project, "one", gold) != []
    assert copy.review.decisions("one") == project.review.decisions("one")
    changed = copy.review.answers.changed("one")
    assert [one.difference.kind for one in changed] == ["boundary", "label"]
    assert {one.decision.reason for one in changed if one.decision} == {"the article is part of the name"}
    # Ben has not finished the second one: he is not to see how it ends.
    assert copy.review.decisions("two") == []
    assert own(copy, "two", gold) == []
    for who in (ANNA, CLARA, RITA):
        assert copy.annotations("one", who.annotator) == []
        assert copy.rows.name_of(who.annotator) is None
    words = everything(copy)
    assert not [who.name for who in (ANNA, CLARA) if f'"{who.name}"' in words]
    hers = [one.id for who in (ANNA, CLARA) for one in project.annotations("one", who.annotator)]
    assert copy.annotations_by_id(hers) == []
    assert "Sergey" not in " ".join(one.quote for one in copy.annotations("one", gold))
    assert [finding for finding in copy.check(full=True) if finding.damage] == []


def test_a_later_packet_an_answer_and_another_decision(project: Project, tmp_path: Path) -> None:
    copy = opened(give(project, tmp_path, "first", gold=True))
    assert copy.review.answers.changed("one") == []
    settle(project)
    told = plan(copy, give(project, tmp_path, "second", gold=True))
    assert told.refused == ()
    assert "the reviewer" in {share.name for share in told.shares}
    merge(copy, [tmp_path / "second.rubpack"])
    changed = {one.difference.kind: one for one in copy.review.answers.changed("one")}
    assert {*changed} == {"boundary", "label"}
    label, boundary = changed["label"].decision, changed["boundary"].decision
    assert label is not None
    assert boundary is not None
    copy.review.answers.answer(label, "dispute", "Minsk stands for Belarus here.")
    copy.review.answers.answer(boundary, "accept")
    # By packet or as the whole copy, in any order and twice: the answers come in, and nothing of gold is changed by it.
    gold = own(project, "one", project.review.gold)
    returned = plan(project, back(copy, tmp_path, "back"))
    assert (returned.n_refused, returned.shares[0].counts) == (0, (("comments", 2),))
    assert plan(project, copy.path).n_refused == 0
    merge(project, [tmp_path / "back.rubpack", copy.path])
    assert not plan(project, copy.path)
    assert own(project, "one", project.review.gold) == gold
    states = [one.state for one in project.review.settled(project.review.compare("one"))]
    assert (states.count("disputed"), {*states}) == (1, {"disputed", "decided"})
    # It is decided anew, and that goes out again.
    project.me = RITA
    compared = project.review.compare("one")
    disputed = next(one for one in project.review.settled(compared) if one.state == "disputed")
    assert disputed.answers[-1].text == "Minsk stands for Belarus here."
    project.review.decide(compared, disputed.difference, accept(BEN.annotator))
    merge(copy, [give(project, tmp_path, "third", gold=True)])
    assert [one.difference.kind for one in copy.review.answers.changed("one")] == ["boundary"]
    assert ("COUNTRY", "Minsk") in own(copy, "one", project.review.gold)
    assert [finding for finding in copy.check(full=True) if finding.damage] == []


def test_nobody_learns_what_others_answered(project: Project, tmp_path: Path) -> None:
    settle(project)
    decision = next(one for one in project.review.decisions("one") if one.outcome == "accept")
    for who, text in ((CLARA, "Clara says no"), (BEN, "Ben says no"), (RITA, "Rita says why")):
        project.me = who
        if who is RITA:
            first = project.links.comments("one", project.review.gold)[-1]
            answer = first._replace(id="r", by=who.annotator, text=text, reply_to=first.id, extra={})
            project.apply(said_comment(answer))
        else:
            project.review.answers.answer(decision, "dispute", text)
    copy = opened(give(project, tmp_path, "b", gold=True))
    assert [one.text for one in copy.links.comments("one", project.review.gold)] == ["Ben says no", "Rita says why"]
    assert "Clara says" not in everything(copy)
    # A copy that was made without gold has his own words all the same.
    bare = opened(give(project, tmp_path, "bare", gold=False))
    assert "Rita says" not in everything(bare)
    assert "Ben says no" in everything(bare)


GOLD_OF_BEN = [
    lambda gold, _one, _decision: Add("annotation", "new", {"article": "one", "annotator": gold, "label": "CITY", "fragments": [[0, 3]]}),
    lambda _gold, one, _decision: Set("annotation", one, "label", "ORGANIZATION", "CITY"),
    lambda _gold, one, _decision: Set("annotation", one, "alive", True, False),
    lambda _gold, _one, decision: Set("decision", decision, "outcome", "accept", "reject"),
    lambda gold, _one, decision: Add("decision", "d", {"article": "one", "annotator": gold, "outcome": "reject", "subjects": [], "by": BEN.annotator}),
    lambda gold, _one, _decision: Set("layer", f"one\t{gold}", "status", "doing", "done"),
    lambda gold, _one, decision: Add("comment", "c", {"article": "one", "annotator": gold, "on": decision, "by": RITA.annotator, "text": "well done"}),
    lambda gold, _one, decision: Add("comment", "c", {"article": "one", "annotator": gold, "on": decision, "text": "by nobody"}),
    lambda _gold, _one, _decision: Set("comment", "rita", "text", "as it was", "otherwise"),
    lambda _gold, _one, _decision: Set("comment", "rita", "by", RITA.annotator, BEN.annotator),
]  # fmt: skip


@pytest.mark.parametrize("n", range(len(GOLD_OF_BEN)))
def test_an_annotator_changes_nothing_of_gold(project: Project, tmp_path: Path, n: int) -> None:
    settle(project)
    gold = project.review.gold
    decision = project.review.decisions("one")[0]
    value = {"article": "one", "annotator": gold, "on": decision.id, "by": RITA.annotator, "text": "as it was"}
    project.apply(Edit("comment", (Add("comment", "rita", value),), "one", {"on": decision.id}))
    copy = opened(give(project, tmp_path, "b", gold=True))
    op = GOLD_OF_BEN[n](gold, project.annotations("one", gold)[0].id, decision.id)
    if op.kind == "layer":
        op = op._replace(id=layer_id("one", gold))
    copy.apply_all(lambda _keep: iter([Edit("note", (op,), "one")]))
    before = own(project, "one", gold), project.review.decisions("one"), project.links.comments("one", gold)
    found = plan(project, copy.path)
    assert (found.rows, found.n_refused) == (0, 1), say(found.refused[0].why) if found.refused else found
    merge(project, [copy.path, back(copy, tmp_path, "back")])
    assert (own(project, "one", gold), project.review.decisions("one"), project.links.comments("one", gold)) == before


def test_a_packet_of_gold_for_another_does_not_open_as_ones_own(project: Project, tmp_path: Path) -> None:
    settle(project)
    copy = opened(give(project, tmp_path, "b", gold=True))
    with pytest.raises(UserError, match="not to know"):
        plan(copy, give(project, tmp_path, "c", gold=True, who="clara"))


def test_nothing_is_done_in_a_copy_that_would_not_merge(project: Project, tmp_path: Path) -> None:
    settle(project)
    project.review.lock("one")
    copy = opened(give(project, tmp_path, "b", gold=True))
    before = everything(copy)
    refused: list[Callable[[], object]] = [
        lambda: copy.samples.draw(new_id(), Count(1), new="eve"),
        lambda: copy.review.groups.apply(Policy("unanimous"), ["one", "two"], finish=True),
        lambda: copy.review.lock("two"),
        lambda: copy.review.reopen("one"),
    ]
    for act in refused:
        with pytest.raises(UserError, match="made from a packet for ben"):
            act()
    with pytest.raises(UserError, match="the work of one annotator only, and eve"):
        packets.joined(copy, "eve", ["one"], Path("eve.rubpack"))
    assert everything(copy) == before
    assert plan(project, copy.path).n_refused == 0
