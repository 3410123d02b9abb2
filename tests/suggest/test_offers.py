"""What is offered for an article: each source, what is held back, and which of two that overlap stays."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rubricator.model.scheme import Label, Rule, Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Fragment, Span, cuts
from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.memory import Memory
from rubricator.suggest.offers import RANKS, Offer, offers
from rubricator.suggest.reading import Reading
from rubricator.suggest.supposed import supposed
from rubricator.words import say

LABELS = ["PERSON", "ORG", "COUNTRY"]
TEXT = (
    "Armenia, Belarus and Georgia met. Sergey Lebedev of the Commonwealth of Independent States (CIS) spoke. "
    "Armenia and the CIS thanked Mr Lebedev. The Council of the CIS met in Belarus."
)


def label(text: str, quote: str, name: str, nth: int = 0, **more: str) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Annotation(f"{quote}-{nth}-{name}", "a", "b", name, Span.of(start, start + len(quote)), **more)  # type: ignore[arg-type]


def told(found: list[Offer], text: str = TEXT) -> list[str]:
    return [f"{offer.span.quote(text)}={offer.label}:{offer.source}" for offer in found]


def remembered(*words: str) -> list[Name]:
    return [Name(each, "", "memory") for each in words]


def lists(*names: str) -> Matcher:
    return Matcher(Name(words, "ORG", "list", "bodies.txt") for words in names)


def test_repeats_and_lists() -> None:
    assert told(offers(TEXT, [label(TEXT, "Belarus", "COUNTRY")])) == [
        "Armenia=COUNTRY:siblings",
        "Georgia=COUNTRY:siblings",
        "Belarus=COUNTRY:repeat",
    ]


@pytest.mark.parametrize(
    ("text", "own", "wanted"),
    [
        ("They praised Mr Lebedev and the Turkmens.", [("Turkmens", "NORP")], []),
        ("They praised Anna Lopes and the Turkmens.", [("Turkmens", "NORP"), ("Lopes", "PERSON")], []),
        ("They praised Anna Lopes and the Turkmens.", [("Turkmens", "NORP"), ("praised Anna Lopes", "WORK")], ["Anna Lopes=NORP:siblings"]),
        ("They praised Estmar and the Turkmens.", [("Turkmens", "NORP")], ["Estmar=NORP:siblings"]),
        ("So said the Bank of Estmar and the CIS.", [("CIS", "ORG"), ("Estmar", "GPE")], ["Bank of Estmar=ORG:siblings"]),
        ("So said Mr Lebedev and Mr Odell.", [("Odell", "PERSON")], ["Lebedev=PERSON:siblings"]),
    ],
)  # fmt: skip
def test_a_list_offers_nothing_that_is_another_kind_of_thing(
    text: str, own: list[tuple[str, str]], wanted: list[str]
) -> None:
    assert told(offers(text, [label(text, *one) for one in own]), text) == wanted


def test_a_name_that_a_rule_tells_comes_before_what_is_known_of_a_part_of_it() -> None:
    text = "They left the National Party of Karesh today."
    memory = Memory.of([("Karesh", "COUNTRY")] * 5)
    names = Matcher(remembered("Karesh"))
    found = offers(text, [], names=names, memory=memory, labels=["ORGANIZATION", "COUNTRY"])
    assert told(found, text) == ["National Party of Karesh=ORGANIZATION:cue", "Karesh=COUNTRY:memory"], "it lies in it"
    rejected = [(found[0].span, found[0].label)]
    after = offers(text, [], names=names, memory=memory, labels=["ORGANIZATION", "COUNTRY"], rejected=rejected)
    assert told(after, text) == ["Karesh=COUNTRY:memory"]


@pytest.mark.parametrize(
    ("text", "own", "wanted"),
    [
        ("GRANADA - The mayor of Granada was there.", "GRANADA", ["Granada=ORG:repeat"]),
        ("PORT VELIS - The mayor of Port Velis was there.", "PORT VELIS", ["Port Velis=ORG:repeat"]),
        ("GRANADA - The mayor saw a granada there.", "GRANADA", []),
        ("The WHO met. Who was there?", "WHO", []),
        ("Of Granada is the mayor. GRANADA", "Granada", []),
    ],
)
def test_a_name_in_the_capitals_of_a_dateline_is_the_same_in_the_text(text: str, own: str, wanted: list[str]) -> None:
    assert [one for one in told(offers(text, [label(text, own, "ORG")]), text) if "repeat" in one] == wanted


def test_three_words_are_the_same_in_another_case() -> None:
    text = (
        "The Sad Eighth Meeting Of The Ministers Ended Before Anybody Came\n\nThe eighth meeting of the ministers ended."
        " The White House said so, and a white house burned."
    )
    found = offers(text, [label(text, "eighth meeting of the ministers", "EVENT"), label(text, "White House", "ORG")])
    assert told(found, text) == ["Eighth Meeting Of The Ministers=EVENT:repeat"]


def test_a_title_is_no_part_of_a_longer_one() -> None:
    text = "The Secretary spoke. The Secretary General and the Deputy Secretary left; the Secretary stayed."
    longer, alone = offers(text, [label(text, "Secretary", "TITLE")])
    assert told([longer, alone], text) == ["Deputy Secretary=TITLE:chain", "Secretary=TITLE:repeat"]
    assert alone.span.start == text.rindex("Secretary"), "not that of the Secretary General"


def test_the_whole_of_a_title_comes_before_a_word_of_it_that_is_known() -> None:
    text = "In the evening she met Secretary of the State Council of Karesh again, and a Secretary."
    names, memory = Matcher(remembered("Secretary")), Memory.of([("Secretary", "PROFESSION")])
    found = told(offers(text, [], names=names, memory=memory, labels=["PROFESSION"]), text)
    assert found == ["Secretary of the State Council of Karesh=PROFESSION:cue", "Secretary=PROFESSION:memory"]


def test_a_small_word_alone_is_offered_nowhere_else() -> None:
    text = "In the hall of the council in Karesh the envoys met; two came, and two left."
    own = [label(text, words, "GPE") for words in ("the", "of", "in", "two")]
    assert told(offers(text, own), text) == ["two=GPE:repeat"]
    names, memory = Matcher(remembered("the", "two")), Memory.of([("the", "GPE"), ("two", "GPE")])
    assert set(told(offers(text, [], names=names, memory=memory), text)) == {"two=GPE:memory"}


def test_repeats_mean_what_the_same_words_mean_unless_these_mean_several_things() -> None:
    text = "The CIS met. The CIS left. The CIS rests. Nobody knows the CIS."
    linked, plain = label(text, "CIS", "ORG", entity="e1"), label(text, "CIS", "ORG", 1)
    assert [one.entity for one in offers(text, [linked, plain])] == ["e1", "e1"]
    assert [one.entity for one in offers(text, [plain])] == ["", "", ""]
    another = label(text, "CIS", "ORG", 1, entity="e2")
    assert [one.entity for one in offers(text, [linked, another])] == ["", ""]
    assert [one.entity for one in offers(text, [plain, label(text, "CIS", "ORG", entity="e1")])] == ["e1", "e1"]


def test_chains_carry_the_entity_and_what_they_follow_from() -> None:
    own = label(TEXT, "Sergey Lebedev", "PERSON", entity="e1")
    (offer,) = offers(TEXT, [own])
    assert told([offer]) == ["Lebedev=PERSON:chain"]
    assert (offer.entity, offer.like, offer.origin, offer.rate) == ("e1", own.id, "rule", None)
    assert say(offer.why) == "it is a shorter form of “Sergey Lebedev”"
    body = label(TEXT, "Commonwealth of Independent States", "ORG")
    assert told(offers(TEXT, [body])) == ["CIS=ORG:chain"] * 3


def test_canonically_equivalent_words_are_the_same() -> None:
    text = "Jose\u0301 García met José Garci\u0301a; Jose Garcia slept."
    again = ["José Garci\u0301a=PERSON:repeat"]
    assert told(offers(text, [label(text, "Jose\u0301 García", "PERSON")]), text) == again
    both = ["Jose\u0301 García=ORG:list", "José Garci\u0301a=ORG:list"]
    assert told(offers(text, [], names=lists("José García")), text) == both
    for words in ("Jose\u0301 Garci\u0301a", "José García"):
        memory = Memory.of([(words, "PERSON")])
        found = offers(text, [], names=Matcher(remembered(words)), memory=memory)
        assert told(found, text) == [one.replace("ORG:list", "PERSON:memory") for one in both]
        memory.reject(text[:13], "PERSON", n=3)
        assert offers(text, [], names=Matcher(remembered(words)), memory=memory) == []


def test_word_lists_and_memory() -> None:
    memory = Memory.of([("Council of the CIS", "ORG"), ("armenia", "COUNTRY"), ("Armenia", "COUNTRY")])
    names = Matcher([*remembered("Council of the CIS", "armenia", "Armenia"), Name("CIS", "ORG", "list", "x.txt")])
    found = offers(TEXT, [], names=names, memory=memory)
    assert told(found) == [
        "Armenia=COUNTRY:memory",
        "CIS=ORG:list",
        "Armenia=COUNTRY:memory",
        "CIS=ORG:list",
        "Council of the CIS=ORG:memory",
        "CIS=ORG:list",
    ]
    assert found[0].rate == 3 / 4
    assert say(found[0].why) == "it was labelled so before"
    assert say(found[1].why) == "it stands in the word list “x.txt”"


def test_what_lies_inside_is_offered_beside_the_outer_and_once_that_is_settled() -> None:
    outer = label(TEXT, "Council of the CIS", "EVENT")
    names = lists("Council of the CIS", "CIS")
    assert told(offers(TEXT, [], names=names))[-2:] == ["Council of the CIS=ORG:list", "CIS=ORG:list"]
    assert [o.span.start for o in offers(TEXT, [outer], names=lists("Council of the CIS", "CIS"))][-1] == TEXT.rindex(
        "CIS"
    )
    rejected = [(outer.span, "ORG")]
    assert offers(TEXT, [], names=names, rejected=rejected)[-1].span.start == TEXT.rindex("CIS")


def test_what_was_rejected_does_not_return() -> None:
    own = [label(TEXT, "Sergey Lebedev", "PERSON")]
    (offer,) = offers(TEXT, own)
    assert offers(TEXT, own, rejected=[(offer.span, offer.label)]) == []
    memory = Memory()
    memory.reject("Lebedev", "PERSON", "chain")
    assert offers(TEXT, own, memory=memory) == []  # nor elsewhere, until the label is taken for these words
    memory.take("Lebedev", "PERSON")
    assert len(offers(TEXT, own, memory=memory)) == 1
    assert offers(TEXT, own, memory=memory, least=0.9) == []


@pytest.mark.parametrize(
    ("text", "own", "names", "wanted"),
    [
        ("S. Lebedev came", ("S. Lebedev", "ORG"), "Lebedev", []),  # one name, not two
        ("Lebedev Group came", ("Lebedev", "ORG"), "Lebedev Group", []),
        ("Council of CIS", ("Council of CIS", "EVENT"), "CIS", ["CIS=ORG:list"]),
        ("Council of CIS", ("Council of CIS", "ORG"), "CIS", ["CIS=ORG:list"]),  # a body in a body
        ("S. Lebedev came", ("S. Lebedev", "PERSON"), "Lebedev", []),
        ("the Miami Beach hotel", ("hotel", "PERSON"), "Miami", []),  # a part of a longer name
        ("Miami Beaches Open As Summer Starts", ("Summer", "DATE"), "Miami", ["Miami=ORG:list"]),  # in a headline
        ("the CIS Council", ("the CIS", "ORG"), "CIS Council", []),  # would cross
        ("the CIS", ("CIS", "COUNTRY"), "CIS", []),  # decided already
    ],
)
def test_nothing_across_or_doubling_an_annotation(
    text: str, own: tuple[str, str], names: str, wanted: list[str]
) -> None:
    assert told(offers(text, [label(text, *own)], names=lists(names)), text) == wanted


@pytest.mark.parametrize(
    ("text", "pieces", "names", "wanted"),
    [
        ("North and South Karesh met", ("North", "Karesh"), "South Karesh", ["South Karesh"]),
        ("North and South Karesh Press met", ("North", "Karesh"), "South Karesh Press", ["South Karesh Press"]),
        ("Northern and southern Karesh met", ("Northern", "Karesh"), "Karesh", []),
        ("North and South Karesh met", ("North", "Karesh"), "North and South Karesh", []),
        ("Old North and South Karesh met", ("North", "South Karesh"), "and South", []),
    ],
)
def test_what_shares_words_with_an_annotation_in_pieces_is_offered_beside_it(
    text: str, pieces: tuple[str, ...], names: str, wanted: list[str]
) -> None:
    span = Span(tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces))
    found = offers(text, [Annotation("x", "a", "b", "ORG", span)], names=lists(names))
    assert [offer.span.quote(text) for offer in found] == wanted
    assert [offer.span.quote(text) for offer in offers(text, [], names=lists(names))] == [names]


def test_a_measured_rate_of_the_source_where_the_words_are_new() -> None:
    memory = Memory()
    memory.take("x", "ORG", "list", 9)
    memory.reject("y", "ORG", "list", 1)
    assert [offer.rate for offer in offers("the CIS", [], names=lists("CIS"), memory=memory)] == [0.9]


def test_of_two_labels_for_repeats_the_commoner() -> None:
    text = "CIS CIS CIS CIS"
    own = [label(text, "CIS", "ORG", 0), label(text, "CIS", "ORG", 1), label(text, "CIS", "COUNTRY", 2)]
    (offer,) = offers(text, own)
    assert told([offer], text) == ["CIS=ORG:repeat"]
    assert say(offer.why) == "it is labelled so elsewhere in this article", "no count beside that of the project"


words = [
    "Armenia",
    "Belarus",
    "CIS",
    "Lebedev",
    "Sergey Lebedev",
    "the",
    "of",
    "and",
    ",",
    ".",
    "(CIS)",
    "s",
    "東京",
    "\n\n",
    "é\u0301",
]
texts = st.lists(st.sampled_from(words), min_size=1, max_size=16).map(" ".join)


@st.composite
def layers(draw: st.DrawFn) -> tuple[str, list[Annotation]]:
    text = draw(texts)
    layer = []
    for n in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        fragments: tuple[Fragment, ...] = ((start, end),)
        if end - start > 3 and draw(st.booleans()):
            fragments = ((start, start + 1), (end - 1, end))
        layer.append(Annotation(str(n), "a", "b", draw(st.sampled_from(LABELS)), Span(fragments)))
    return text, layer


@given(layers(), st.lists(st.sampled_from(words), max_size=4), st.lists(st.sampled_from(words), max_size=4), st.data())
def test_offers_keep_the_rules(
    made: tuple[str, list[Annotation]], listed: list[str], taken: list[str], data: st.DataObject
) -> None:
    text, layer = made
    memory = Memory.of((quote, "ORG") for quote in taken)
    names = Matcher([*remembered(*taken), *(Name(words, "COUNTRY", "list", "x") for words in listed)])
    found = offers(text, layer, names=names, memory=memory)
    assert found == offers(text, SpanIndex(reversed(layer)), names=names, memory=memory)
    assert not any(one.span == other.span or cuts(one.span, other.span) for one, other in combinations(found, 2))
    for offer in found:
        assert 0 <= offer.span.start < offer.span.end <= len(text)
        assert offer.label in LABELS
        assert offer.source in RANKS
        assert say(offer.why)
        assert all(a.span != offer.span and not cuts(a.span, offer.span) for a in layer)
        assert offer.rate is None or offer.rate >= 0.5
    rejected = {(offer.span, offer.label) for offer in found if data.draw(st.booleans())}
    after = offers(text, layer, names=names, memory=memory, rejected=rejected)
    assert rejected.isdisjoint((offer.span, offer.label) for offer in after)


def test_the_seed(corpora: Path) -> None:
    text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
    own = [
        label(text, "Armenia", "COUNTRY"),
        label(text, "Turkmenistan", "COUNTRY"),
        label(text, "CIS", "ORG"),
        label(text, "Collective Security Treaty Organization", "ORG"),
    ]
    found = told(offers(text, own), text)
    assert sum(one.endswith("COUNTRY:siblings") for one in found) == 8
    assert sum(one.startswith("CIS=ORG") for one in found) == 7
    assert sum(one.startswith("Turkmenistan=COUNTRY") for one in found) == 5
    assert "CSTO=ORG:chain" in found
    assert len(found) == 8 + 7 + 5 + 1  # and nothing else


def test_rules_offer_what_the_scheme_has_labels_for() -> None:
    text = "On Monday the president met Sergey Lebedev, 58, in Paris."
    assert told(offers(text, []), text) == []
    assert told(offers(text, [], labels=["DATE", "GPE"]), text) == ["Monday=DATE:pattern", "Paris=GPE:cue"]


def test_rules_stop_for_a_label_that_was_mostly_rejected() -> None:
    text = "Nine of ten came."
    memory = Memory()
    for n in range(5):
        memory.reject(f"n{n}", "NUMBER", "rule")
    assert len(offers(text, [], memory=memory, labels=["NUMBER"])) == 2, "a few rejections are not enough"
    memory.reject("n5", "NUMBER", "rule")
    assert offers(text, [], memory=memory, labels=["NUMBER"]) == []
    memory.take("many", "NUMBER", "rule", 9)
    assert [offer.rate for offer in offers(text, [], memory=memory, labels=["NUMBER"])] == [0.6, 0.6]


def test_a_body_that_goes_on_is_no_mention_of_the_shorter_one() -> None:
    text = "The Kareshi Academy met. The Kareshi Academy of Sciences met. The Kareshi Academy left."
    found = offers(text, [label(text, "Kareshi Academy", "ORG")])
    assert [offer.span.start for offer in found] == [text.rindex("Kareshi Academy")]


def test_of_names_that_grow_only_the_last_places_are_kept() -> None:
    """Somebody labels all day in one article: what was found before each label would fill the memory."""
    reading, names, memory = Reading(TEXT), Matcher(), Memory.of([("Armenia", "COUNTRY"), ("Belarus", "COUNTRY")])
    sizes: list[int] = []
    for name in (
        *remembered("Armenia", "Belarus"),
        Name("Georgia", "COUNTRY", "list", "x.txt"),
        Name("Sergey", "PERSON", "list", "x.txt"),
    ):
        names.add(name)
        offers(reading, [], names=names, memory=memory)
        sizes.append(len(reading._known) + len(reading._latest))
    assert len(set(sizes)) == 1
    assert "Georgia=COUNTRY:list" in told(offers(reading, [], names=names, memory=memory)), (
        "it is looked for all the same"
    )


def test_a_number_in_a_name_is_part_of_it() -> None:
    text = "The eighth Sund Games began; it was the eighth time."
    names = frozenset({"NUMBER", "EVENT"})
    assert "eighth=NUMBER" in told(offers(text, [], labels=names), text)[0]
    found = told(offers(text, [label(text, "eighth Sund Games", "EVENT")], labels=names), text)
    assert [line.split("=")[0] for line in found] == ["eighth"], "the one that is in no name"


def test_a_date_and_a_sum_in_a_label_are_offered_in_any_order() -> None:
    text = "It was the protest of 12 May 2021 against the $5 million fine."
    names = frozenset({"DATE", "MONEY", "EVENT"})
    around = [label(text, "protest of 12 May 2021 against the $5 million fine", "EVENT")]
    assert told(offers(text, around, labels=names), text) == told(offers(text, [], labels=names), text) != []


def test_what_is_a_number_elsewhere_is_none_in_a_measure() -> None:
    """In “nine days” and “three quarters” the whole is offered, or stands there already, and no number in it."""
    text = "Nine states met. The nine ships lay for nine days; three ships came, and three quarters of the three went."
    names = frozenset({"NUMBER", "DATE"})
    layer = [label(text, "Nine", "NUMBER"), label(text, "three", "NUMBER")]
    memory = Memory.of([("nine", "NUMBER"), ("three", "NUMBER")])
    matcher = Matcher(remembered("nine", "three"), case="smart")
    found = told(offers(text, layer, names=matcher, memory=memory, labels=names), text)
    assert [line for line in found if "NUMBER" in line or "DATE" in line] == found
    words = [line.split("=")[0] for line in found]
    assert words == ["nine", "nine days", "three quarters", "three"]
    taken = [*layer, label(text, "nine days", "DATE"), label(text, "three quarters", "NUMBER")]
    words = [line.split("=")[0] for line in told(offers(text, taken, names=matcher, memory=memory, labels=names), text)]
    assert words == ["nine", "three"]
    rejected = [(Span.of(text.index("nine days"), text.index("nine days") + 9), "DATE")]
    again = offers(text, layer, names=matcher, memory=memory, labels=names, rejected=rejected)
    assert len([one for one in again if one.span.quote(text) == "nine"]) == 2, "who wants the number gets it"


@pytest.mark.parametrize(
    ("text", "own", "wanted"),
    [
        ("The CIS met. The Council of the CIS left.", ("CIS", "Council of the CIS"), ["CIS=ORG:repeat"]),
        ("Estmar won. The Islamic Republic of Estmar left.", ("Estmar", "Islamic Republic of Estmar"), []),
        ("Lebedev met S. Lebedev.", ("Lebedev", "S. Lebedev"), []),
    ],
)
def test_what_is_labelled_elsewhere_is_offered_in_a_body_of_its_label_alone(
    text: str, own: tuple[str, str], wanted: list[str]
) -> None:
    """In a state's full name its short one is no other name, nor is a surname in a person's."""
    found = offers(text, [label(text, words, "ORG") for words in own])
    assert told(found, text) == wanted


@pytest.mark.parametrize("labelled", [[], ["Security Council Of The CIS Member States"]])
def test_what_a_rule_or_the_memory_tells_stays_in_a_body_that_was_labelled_first(labelled: list[str]) -> None:
    text = "Envoys Of Arvenia Meet\n\nThe Secretaries of the Security Council Of The CIS Member States met for the CIS."
    own = [label(text, words, "ORGANIZATION") for words in labelled]
    rules = told(offers(text, own, labels=["ORGANIZATION"]), text)
    assert "CIS=ORGANIZATION:cue" in rules
    memory = Memory.of([("CIS", "ORGANIZATION")])
    matcher = Matcher()
    matcher.add(*remembered("CIS"))
    known = told(offers(text, own, names=matcher, memory=memory), text)
    assert known == 2 * ["CIS=ORGANIZATION:memory"]


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("The Secretary General of the Sund Trade Council (STC) spoke.", "Secretary General of the Sund Trade Council", []),
        ("The Director of the Sund Trade Council (XYZ) spoke.", "Director of the Sund Trade Council", []),
        ("The Sund Trade Council (STC) met.", "Sund Trade Council", ["STC=ORG:chain"]),
        ("The Sund Trade Council (STC) met.", "Trade Council", []),
        ("The Kareshi Sund Trade Council (STC) met.", "Kareshi Sund Trade Council", ["STC=ORG:chain"]),
        ("The Ministry of Emergencies (EMER) met.", "Ministry of Emergencies", ["EMER=ORG:chain"]),
        ("The Chief Executive Officer (CEO) left.", "Chief Executive Officer", ["CEO=ORG:chain"]),
    ],
)  # fmt: skip
def test_an_abbreviation_in_brackets_is_that_of_the_tightest_name_with_its_letters(
    text: str, words: str, short: list[str]
) -> None:
    assert told(offers(text, [label(text, words, "ORG")]), text) == short


def test_an_abbreviation_is_that_of_a_name_which_is_only_offered() -> None:
    text = "The Secretary General of the Sund Trade Council (STC) spoke."
    names = frozenset({"ORGANIZATION", "PROFESSION"})
    taken = [label(text, "Secretary General of the Sund Trade Council", "PROFESSION")]
    for layer in ([], taken):
        found = told(offers(text, layer, labels=names), text)
        assert "STC=ORGANIZATION:chain" in found, "the inner name need not be labelled first, nor be the one on top"


def test_the_part_of_a_day_is_offered_beside_its_date_where_the_scheme_has_them_apart() -> None:
    text = "They sailed on Friday evening."

    def offered(*labels: str) -> list[str]:
        return [f"{one.span.quote(text)} {one.label}" for one in offers(text, [], labels=labels)]

    assert offered("DATE", "TIME", "AGE") == ["Friday DATE", "evening TIME"]
    assert offered("DATE", "TIME", "CARDINAL") == ["Friday DATE"], "one span, a time, in OntoNotes"
    assert offered("DATE", "AGE") == ["Friday DATE"]
    (why,) = (say(one.why) for one in offers(text, [], labels=("TIME", "AGE")))
    assert why == "it is a part of the day that stands before it"
    day = text.index("Friday")
    layer = [Annotation("1", "a", "b", "DATE", Span.of(day, day + 6))]
    assert [one.label for one in offers(text, layer, labels=("DATE", "TIME", "AGE"))] == ["TIME"]


@pytest.mark.parametrize("noted", [False, True])
def test_what_a_rule_forbids_is_not_offered(noted: bool) -> None:
    text = "The Sund Council met. The head of the Sund Council spoke, and the Sund Council voted."
    own = [label(text, "Sund Council", "ORG"), label(text, "head of the Sund Council", "TITLE")]
    rule = Rule("1", "no-nesting", {"inner": ["ORG"], "outer": ["TITLE"], **({"note": True} if noted else {})})
    scheme = Scheme(labels=(Label("ORG"), Label("TITLE")), rules=(rule,))
    found = [one.span.start for one in offers(text, own, scheme=scheme) if one.label == "ORG"]
    assert found == [*([text.index("Sund Council spoke")] if noted else []), text.rindex("Sund Council")]
    assert len(offers(text, own)) == 2, "without the rule both are offered"


PIECES = (
    "Secretary of the State Security Council of Karesh",
    "the 8th meeting of the Secretaries of the Security Council of the CIS member states",
    "Anna Lopes",
    "Lopes",
    "the CIS",
    "Karesh",
    "Bank of Estmar (BOE)",
    "on 14 September 2026",
    "three of nine",
    "Commonwealth of Independent States",
    "said so.\n\n",
)


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=9))
@example([PIECES[-1], PIECES[0], "the CIS", "Karesh"])
def test_what_lies_in_each_other_is_offered_at_once_and_nothing_cuts(pieces: list[str]) -> None:
    text = "They told " + " and ".join(pieces)
    labels = ("PERSON", "ORGANIZATION", "COUNTRY", "EVENT", "PROFESSION", "DATE", "NUMBER")
    found = offers(text, [], labels=labels)
    for one, other in combinations(found, 2):
        assert not cuts(one.span, other.span)
        assert one.span != other.span
    accepted = [supposed(offer, text) for offer in found]
    for offer in offers(text, accepted, labels=labels):
        if offer.source == "siblings":
            continue  # an item of a list follows from what somebody has said of another one
        around = [one for one in accepted if one.start <= offer.span.start and offer.span.end <= one.end]
        assert around == [], "it comes up inside of what was accepted"
