"""Differences: each of exactly one kind, everything in exactly one place, whatever the order of the layers."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation, Span, TopicTag, merged_fragments
from rubricator.review.blind import letter, shuffled
from rubricator.review.difference import Comparison, Difference, Work, compare
from rubricator.review.kinds import KINDS, PRECEDENCE, SUBS, told
from rubricator.words import say

TEXT = "The CIS council met Mr Sergey Lebedev in Minsk, Belarus. Grain corridor talks in 東京都 and 😅 مجلس الأمن end."
_ids = count()


def on(words: str, label: str, *others: str, **more: object) -> Annotation:
    """Return an annotation over words of the text; other words are further fragments."""
    fragments = tuple((TEXT.index(some), TEXT.index(some) + len(some)) for some in (words, *others))
    span = Span(fragments)
    return Annotation(f"i{next(_ids):09}", "a", "x", label, span, span.quote(TEXT), **more)  # type: ignore[arg-type]


def work(name: str, *annotations: Annotation, **more: object) -> Work:
    return Work(name, annotations, **more)  # type: ignore[arg-type]


def differing(*layers: tuple[Annotation, ...], gold: int | None = None) -> list[Difference]:
    return list(compare([work(str(n), *some) for n, some in enumerate(layers)], gold).differences)


def one(*layers: tuple[Annotation, ...], gold: int | None = None) -> tuple[str, str, str]:
    """Return kind, sub-kind and pattern in words of the only difference; the same from the other side."""
    (found,) = differing(*layers, gold=gold)
    (back,) = differing(*reversed(layers), gold=None if gold is None else len(layers) - 1 - gold)
    assert {found.kind, back.kind} in ({found.kind}, {"split", "merge"})
    assert (back.id, back.sub) == (found.id, found.sub)
    return found.kind, found.sub, say(told(found.pattern))


# --- an example of each kind --------------------------------------------------------------------------------------


def test_a_layer_that_says_nothing() -> None:
    assert one((on("Minsk", "LOC"),), ()) == ("only", "", "LOC, only in some layers")


def test_against_gold_it_is_missing_or_spurious() -> None:
    assert one((), (on("Minsk", "LOC"),), gold=1) == ("only", "missing", "LOC, missing")
    assert one((on("Minsk", "LOC"),), (), gold=1) == ("only", "spurious", "LOC, spurious")


def test_a_name_inside_another_tells_in_what_it_lies() -> None:
    a = on("The CIS council", "ORG"), on("CIS", "LOC")
    assert one(a, (on("The CIS council", "ORG"),)) == ("only", "", "LOC inside ORG, only in some layers")


def test_a_label_with_a_tab_in_it_is_one() -> None:
    assert one((on("CIS council", "A\tB"),), (on("The CIS council", "A\tB"),))[0] == "boundary"


def test_split_and_merged() -> None:
    whole, parts = (on("Minsk, Belarus", "LOC"),), (on("Minsk", "LOC"), on("Belarus", "LOC"))
    (split,), (merged,) = differing(whole, parts), differing(parts, whole)
    assert (split.kind, [len(side) for side in split.sides]) == ("split", [1, 2])
    assert (merged.kind, [len(side) for side in merged.sides]) == ("merge", [2, 1])
    assert split.id == merged.id
    assert say(told(split.pattern)) == "LOC, one or several"


def test_parts_of_another_label_are_not_split() -> None:
    found = differing((on("Minsk, Belarus", "LOC"),), (on("Minsk", "LOC"), on("Belarus", "CTRY")))
    assert [(x.kind, [len(side) for side in x.sides]) for x in found] == [("boundary", [1, 1]), ("only", [0, 1])]


def test_a_nested_one_of_the_same_label_is_not_split() -> None:
    found = differing((on("The CIS council", "ORG"), on("CIS", "ORG")), (on("CIS council", "ORG"),))
    assert [x.kind for x in found] == ["boundary", "only"]


@pytest.mark.parametrize(
    ("a", "b", "sub", "words"),
    [
        ("The CIS council", "CIS council", "determiner", "Leading “the” on X"),
        ("Mr Sergey Lebedev", "Sergey Lebedev", "title", "Leading “Mr” on X"),
        ("Belarus.", "Belarus", "punctuation", "“.” outside or inside X"),
        ("CIS council", "CIS", "head", "“council” outside or inside X"),
        ("Sergey Lebedev", "Lebedev", "words", "“Sergey” outside or inside X"),
        ("مجلس الأمن", "مجلس", "head", "“الأمن” outside or inside X"),
        ("😅 مجلس", "مجلس", "punctuation", "“😅” outside or inside X"),
        ("東京都", "東京", "head", "“都” outside or inside X"),
        ("Grain corridor talks", "Grain", "head", "“corridor talks” outside or inside X"),
    ],
)
def test_borders(a: str, b: str, sub: str, words: str) -> None:
    assert one((on(a, "X"),), (on(b, "X"),)) == ("boundary", sub, words)


def test_labels_and_borders() -> None:
    assert one((on("Minsk", "LOC"),), (on("Minsk", "ORG"),)) == ("label", "", "LOC or ORG")
    kind = one((on("The CIS council", "LOC"),), (on("CIS council", "ORG"),))
    assert kind == ("label-boundary", "determiner", "LOC or ORG, with other borders")


def test_fragments_attribute_entity() -> None:
    assert one((on("Minsk", "X", "Belarus"),), (on("Minsk, Belarus", "X"),))[0] == "fragments"
    assert one((on("Minsk", "X", "Belarus."),), (on("Minsk, Belarus", "X"),))[0] == "boundary"
    kind = one(
        (on("Minsk", "X", attributes={"sure": True, "kind": "a"}),), (on("Minsk", "X", attributes={"kind": "a"}),)
    )
    assert kind == ("attribute", "", "sure of X")
    assert one((on("Minsk", "X", entity="e"),), (on("Minsk", "X"),)) == (
        "entity",
        "unlinked",
        "X with or without a link",
    )
    assert one((on("Minsk", "X", entity="e"),), (on("Minsk", "X", entity="f"),)) == ("entity", "", "Entity of X")


def test_notes_and_origins_are_no_difference() -> None:
    a, b = on("Minsk", "X", note="sure?", origin="list", score=0.5), on("Minsk", "X")
    assert differing((a,), (b,)) == []


def test_stacked_labels_go_with_their_likes() -> None:
    a = on("Minsk", "LOC"), on("Minsk", "ORG")
    assert differing(a, (on("Minsk", "ORG"), on("Minsk", "LOC"))) == []
    (found,) = differing(a, (on("Minsk", "ORG"),))
    assert (found.kind, [one.label for side in found.sides for one in side]) == ("only", ["LOC"])  # type: ignore[union-attr]


def test_three_layers_make_one_difference() -> None:
    a, b, c = on("The CIS council", "ORG"), on("CIS council", "ORG"), on("CIS", "ORG")
    (found,) = differing((a,), (b,), (c,))
    assert (found.kind, len(found.subjects)) == ("boundary", 3)
    (found,) = differing((a,), (a.but(id="other"),), ())
    assert (found.kind, found.sides[2]) == ("only", ())


def test_a_part_in_two_of_three_layers_belongs_to_the_split() -> None:
    parts = [(on("Minsk", "LOC"), on("Belarus", "LOC")) for _ in range(2)]
    (found,) = differing(parts[0], parts[1], (on("Minsk, Belarus", "LOC"),))
    assert (found.kind, [len(side) for side in found.sides]) == ("merge", [2, 2, 1])


# --- relations and topics -----------------------------------------------------------------------------------------


def related(label: str, source: Annotation, target: Annotation, **more: object) -> Relation:
    return Relation(f"r{next(_ids)}", "a", "x", label, source.id, target.id, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "turned", "attributes", "sub"),
    [("head_of", False, {}, "type"), ("member_of", True, {}, "turned"), ("member_of", False, {"sure": 1}, "says")],
)
def test_relations_are_matched_through_their_ends(label: str, turned: bool, attributes: object, sub: str) -> None:
    a, b = ((on("Sergey Lebedev", "PER"), on(words, "ORG")) for words in ("The CIS council", "CIS council"))
    other = related(label, *(reversed(b) if turned else b), attributes=attributes)
    works = [work("1", *a, relations=[related("member_of", *a)]), work("2", *b, relations=[other])]
    found = compare(works).differences
    assert [(x.kind, x.sub) for x in found] == [("boundary", "determiner"), ("relation", sub)]
    same = [work("1", *a, relations=[related("member_of", *a)]), work("2", *b, relations=[related("member_of", *b)])]
    assert [x.kind for x in compare(same).differences] == ["boundary"]
    missing = [works[0], work("2", *b)]
    assert [(x.kind, x.sides[1]) for x in compare(missing).differences][1] == ("relation", ())


def test_a_topic_that_not_all_give() -> None:
    tags = [TopicTag(f"t{n}", "a", "x", topic) for n, topic in enumerate(("x", "y", "x"))]
    found = compare([work("1", tags=tags[:2]), work("2", tags=tags[2:])])
    assert [(x.kind, say(told(x.pattern))) for x in found.differences] == [("topic", "Topic y")]
    assert [x.subjects for x in found.agreements] == [("t0", "t2")]


# --- what always holds --------------------------------------------------------------------------------------------


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    some = draw(st.lists(st.tuples(st.integers(0, len(TEXT) - 9), st.integers(1, 8)), min_size=1, max_size=2))
    span = Span(merged_fragments((start, start + length) for start, length in some))
    attributes = draw(st.sampled_from([{}, {}, {"sure": True}]))
    return Annotation(
        f"i{next(_ids):09}", "a", "x", draw(st.sampled_from("XY")), span, span.quote(TEXT), attributes,
        entity=draw(st.sampled_from(["", "", "e"])),
    )  # fmt: skip


@st.composite
def works(draw: st.DrawFn) -> Work:
    found = draw(st.lists(annotations(), max_size=7))
    ends = draw(st.lists(st.tuples(st.sampled_from(found), st.sampled_from(found)), max_size=3)) if found else []
    relations = [related(draw(st.sampled_from("rs")), *two) for two in ends]
    tags = [TopicTag(f"t{next(_ids)}", "a", "x", topic) for topic in draw(st.sets(st.sampled_from("pq")))]
    return Work(f"w{next(_ids)}", found, relations, tags)


def parted(found: Comparison) -> set[tuple[str, ...]]:
    return {place.subjects for place in (*found.agreements, *found.differences)}


@given(st.lists(works(), min_size=1, max_size=4))
def test_everything_is_in_exactly_one_place(layers: list[Work]) -> None:
    found = compare(layers)
    said = Counter(uid for place in (*found.agreements, *found.differences) for uid in place.subjects)
    assert said == Counter(
        x.id for work in layers for some in (work.annotations, work.relations, work.tags) for x in some
    )  # fmt: skip
    for place in (*found.agreements, *found.differences):
        assert len(place.sides) == len(layers)
        for work, side in zip(layers, place.sides, strict=True):
            own = {x.id for some in (work.annotations, work.relations, work.tags) for x in some}
            assert {x.id for x in side} <= own
    for one in found.differences:
        assert one.kind in PRECEDENCE
        assert one.sub in {"", *SUBS}
        assert say(told(one.pattern))


@given(st.lists(works(), min_size=2, max_size=4), st.randoms())
def test_the_order_of_layers_says_nothing(layers: list[Work], by: random.Random) -> None:
    other = [
        Work(w.annotator, *(by.sample(list(some), len(some)) for some in (w.annotations, w.relations, w.tags)))
        for w in by.sample(layers, len(layers))
    ]
    found, again = compare(layers), compare(other)
    assert parted(found) == parted(again)
    assert {x.id: x.sub for x in found.differences} == {x.id: x.sub for x in again.differences}
    kinds = {x.id: x.kind.replace("merge", "split") for x in found.differences}
    assert kinds == {x.id: x.kind.replace("merge", "split") for x in again.differences}


@given(works(), st.integers(1, 3))
def test_equal_layers_do_not_differ(layer: Work, n: int) -> None:
    copies = [layer]
    for k in range(n):
        annotations = [x.but(id=f"{k}{x.id}") for x in layer.annotations]
        relations = [
            x._replace(id=f"{k}{x.id}", source=f"{k}{x.source}", target=f"{k}{x.target}") for x in layer.relations
        ]
        tags = [TopicTag(f"{k}{x.id}", "a", "x", x.topic) for x in layer.tags]
        copies.append(Work(str(k), annotations, relations, tags))
    assert compare(copies).differences == ()


def test_the_table_of_kinds_is_in_order() -> None:
    assert list(PRECEDENCE) == [kind.key for kind in KINDS]
    assert list(PRECEDENCE)[:4] == ["only", "split", "merge", "label-boundary"]


def test_many_left_overs_do_not_hang() -> None:
    by = random.Random(5)
    text = "word " * 20_000
    layers = []
    for name in ("1", "2", "3"):
        spans = [Span.of(s, s + by.randrange(1, 40)) for s in (by.randrange(len(text) - 50) for _ in range(4_000))]
        layers.append(
            Work(name, [Annotation(f"{name}{n}", "a", name, "X", s, s.quote(text)) for n, s in enumerate(spans)])
        )
    began = time.process_time()
    found = compare(layers)
    print(len(found.differences), time.process_time() - began)
    assert sum(len(x.subjects) for x in (*found.agreements, *found.differences)) == 12_000


def test_blind_names() -> None:
    order = shuffled(["a", "b", "c"], "article", "me")
    assert order == shuffled(["c", "b", "a"], "article", "me")
    assert len({tuple(shuffled(["a", "b", "c"], f"article {n}", "me")) for n in range(50)}) == 6
    assert [letter(n) for n in (0, 1, 25, 26, 27)] == ["A", "B", "Z", "AA", "AB"]
