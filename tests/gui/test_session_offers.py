"""What the session offers, on a real project: verbs, what is remembered, and what a long article costs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests import making
from tests.gold import Sample, samples

from rubricator.model import tokens
from rubricator.model.entities import Entity
from rubricator.model.scheme import Label, Rule
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Memory, Settings
from rubricator.suggest import offers as offers_module
from rubricator.suggest import reading
from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.offers import Offer
from rubricator_gui.acts.deciding import AT_ONCE
from rubricator_gui.offered import WHOLE, id_of
from rubricator_gui.offering import STRETCH, Offering
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice

TEXT = (
    "Ministers of Arvenia, Karesh, Toll and Sund met. Arvenia and Toll were late. Selgon Lebrune spoke; Lebrune left."
)
MORE = "Toll and Karesh were seen in Arvenia."

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    settings_ = Settings()
    settings_.introduce("anna")
    path = tmp_path / "sund.rubric"
    making.make(path, settings_.me(), [("a1", TEXT), ("a2", MORE)]).close()
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = opened(path)
    yield session
    session.close()


def opened(path: Path) -> Session:
    session = Session(Settings(), Memory())
    session.open(path)
    look(session)
    return session


def look(session: Session) -> list[str]:
    """Have offers looked for with all that is known, and return them."""
    session.look_for_offers()
    while session.looking.offering is not None and not session.looking.offering.load_some():
        pass
    session.look_for_offers()
    return [f"{offer.span.quote(session.text)}={offer.label}" for offer in session.offers]


def label(session: Session, words: str, name: str = "COUNTRY", nth: int = 0) -> None:
    start = -1
    for _time in range(nth + 1):
        start = session.text.index(words, start + 1)
    session.select(Span.of(start, start + len(words)))
    session.labelling.press(name)


def test_offers_are_in_no_layer(session: Session) -> None:
    assert session.offers == []
    label(session, "Arvenia")
    assert session.offers_due
    assert look(session) == ["Karesh=COUNTRY", "Toll=COUNTRY", "Sund=COUNTRY", "Arvenia=COUNTRY", "Toll=COUNTRY"][:4]
    assert len(session.spans) == 1
    assert session.ready.rows.label_counts() == {"COUNTRY": 1}


def test_accepting_is_one_step_with_its_origin(session: Session) -> None:
    label(session, "Arvenia")
    look(session)
    told: list[Notice] = []
    session.told.connect(told.append)
    first, second = session.offers[0], session.offers[1]
    session.deciding.accept(first)
    assert session.offered is not None
    assert id_of(session.offered) == id_of(second), "it goes on to the next"
    done = "Labelled “Karesh” as Country."
    assert told == [Notice(f"{done} Now “Toll”; Shift+Tab goes back.", undo=True, stays=done)]
    assert [a.origin for a in session.spans] == ["manual", "rule"]
    assert first not in session.offers, "gone before anything was looked for"
    session.history.undo()
    assert len(session.spans) == 1
    assert look(session)[0] == "Karesh=COUNTRY"
    session.deciding.accept_all(session.offers)
    assert len(session.spans) == 5
    session.history.undo()
    assert len(session.spans) == 1


def test_what_a_rule_forbids_is_left_and_the_rest_accepted_in_one_step(session: Session, path: Path) -> None:
    label(session, "Arvenia")
    look(session)
    told: list[Notice] = []
    session.told.connect(told.append)
    taken = next(offer for offer in session.offers if offer.span.quote(TEXT) == "Toll")
    with Project.open(path, Settings().me()) as other:  # the same person in another program, a moment ago
        other.annotate("a1", "COUNTRY", [taken.span])
    offers = list(session.offers)
    session.deciding.accept_all(offers)
    done = (
        f"Accepted {len(offers) - 1} suggestions, left 1: these words already carry Country. 1 more follows from them."
    )
    assert told[-1] == Notice(f"{done} Space goes on to “Toll”.", undo=True, stays=done)
    assert len(session.spans) == 1 + len(offers), "what the other program wrote is there too, once"
    session.history.undo()
    assert [a.quote for a in session.spans] == ["Arvenia", "Toll"]
    look(session)
    same = [offer for offer in session.offers if offer.span.quote(TEXT) == "Karesh"]
    session.deciding.accept_all([*same, *same])
    assert told[-1].stays == "Accepted 1 suggestion, left 1: these words already carry Country."
    steps = len(session.ready.history())
    session.deciding.accept_all(same)
    assert told[-1] == Notice("Nothing was accepted: these words already carry Country.", warns=True)
    assert len(session.ready.history()) == steps, "nothing is nothing to undo"


def test_a_finished_article_is_offered_nothing_until_it_is_in_work_again(session: Session) -> None:
    label(session, "Arvenia")
    found = look(session)
    assert found
    for status in ("done", "skipped"):
        session.work.set_status(status)
        assert session.offers == [], "they go at once"
        assert look(session) == []
        session.work.set_status("doing")
        assert look(session) == found
    session.work.set_status("done")
    session.history.undo()
    assert look(session) == found


def test_a_chain_hands_on_its_entity(session: Session) -> None:
    article = session.article
    assert article is not None
    start = TEXT.index("Selgon")
    one = session.ready.new_annotation(article.id, "PERSON", Span.of(start, start + 14), entity="e1")
    from rubricator.model.layer_edits import annotate

    session.run(session.ready.apply(annotate([one])))
    look(session)
    (offer,) = session.offers
    session.deciding.accept(offer)
    assert [(a.quote, a.entity, a.origin) for a in session.spans][1] == ("Lebrune", "e1", "rule")
    assert session.offered is None, "it was the last one"


def test_accepting_reads_through_no_other_annotations(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many annotations there are: what is accepted is looked up by its place, linked or not."""
    making.add_articles(session.ready, [("long", "Arvenia and Arvenia met.\n" + "Nobody spoke.\n" * 500)])
    session.show_article("long")
    assert len(session.text) > AT_ONCE, "nothing is looked for at once"
    label(session, "Arvenia")
    session.run(session.ready.entities.add([Entity("e1", "Arvenia", "COUNTRY")]))
    read: list[SpanIndex] = []
    through = SpanIndex.__iter__

    def noted(index: SpanIndex) -> Iterator[Annotation]:
        read.append(index)
        return through(index)

    for entity, told in (("", "Labelled “Arvenia” as Country."), ("e1", "linked it to Arvenia.")):
        look(session)
        (offer,) = session.offers
        words: list[Notice] = []
        session.told.connect(words.append)
        with monkeypatch.context() as patch:
            patch.setattr(SpanIndex, "__iter__", noted)
            session.deciding.accept(offer._replace(entity=entity))
        session.told.disconnect(words.append)
        assert told in words[-1].words
        assert session.spans not in read
        session.history.undo()


def test_a_rejection_stays_for_its_place_and_its_words(session: Session, path: Path) -> None:
    label(session, "Toll")
    found = look(session)
    assert found.count("Toll=COUNTRY") == 1
    session.deciding.reject(next(offer for offer in session.offers if offer.span.quote(TEXT) == "Toll"))
    assert "Toll=COUNTRY" not in look(session)
    session.show_article("a2")
    assert look(session) == ["Toll=COUNTRY"], "taken as often as rejected"
    session.deciding.reject(session.offers[0])
    assert look(session) == []
    session.show_article("a1")
    session.close()
    again = opened(path)
    assert "Toll=COUNTRY" not in look(again)
    again.history.undo()
    again.show_article("a2")
    assert look(again) == ["Toll=COUNTRY"]
    again.close()


def test_what_is_labelled_after_all_is_rejected_no_longer(session: Session) -> None:
    """All mentions that were taken away and labelled again count once, as what stands."""
    label(session, "Toll")
    look(session)
    session.deciding.accept_all([offer for offer in session.offers if offer.span.quote(TEXT) == "Toll"])
    project, me = session.ready, session.ready.me.annotator
    standing = [a for a in session.spans if a.quote == "Toll"]
    session.run(project.delete_all(standing))
    assert len(project.rejections("a1")) == 1, "that which was suggested"
    first = standing[0].span
    session.run(project.annotate_all("COUNTRY", {"a1": [a.span for a in standing]}, ("a1", first)))
    assert project.rejections("a1") == []
    session.history.undo()
    assert len(project.rejections("a1")) == 1, "one step"
    label(session, "Toll", nth=1)
    assert project.rejections("a1") == []
    label(session, "Toll", nth=0)
    assert project.rows.elements("rejection", "a1", me) == []
    session.show_article("a2")
    assert look(session) == ["Toll=COUNTRY", "Karesh=COUNTRY", "Arvenia=COUNTRY"][:1]


def test_rejections_merge(session: Session, path: Path, tmp_path: Path) -> None:
    label(session, "Arvenia")
    session.close()
    other = tmp_path / "other.rubric"
    other.write_bytes(path.read_bytes())
    there = opened(other)
    look(there)
    toll = next(offer for offer in there.offers if offer.span.quote(TEXT) == "Toll")
    there.deciding.reject(toll)
    there.close()
    here = opened(path)
    here.deciding.reject(next(offer for offer in here.offers if offer.span == toll.span))
    here.history.undo()
    with Project.open(other, Settings().me()) as source:
        here.run(here.ready.merge(source))
        here.run(here.ready.merge(source))
    project = here.ready
    assert len(project.rejections("a1")) <= 1
    assert project.rows.elements("rejection", "a1", project.me.annotator) == [
        (one.id, project.rows.elements("rejection")[0][1]) for one in project.rejections("a1")
    ]
    assert list(project.check(full=True)) == []
    here.close()


def test_a_word_list_is_offered_and_gives_way_to_one_of_its_name(session: Session) -> None:
    session.run(session.ready.add_word_list("x.txt", [Name("sund", "LOCATION"), Name("Toll", "NO_SUCH_LABEL")]))
    assert look(session) == ["Sund=LOCATION"]
    assert session.offers[0].origin == "list"
    session.run(session.ready.add_word_list("x.txt", [Name("Karesh", "COUNTRY")]))
    assert look(session) == ["Karesh=COUNTRY"]
    session.history.undo()
    assert look(session) == ["Sund=LOCATION"]
    session.history.undo()
    assert look(session) == []


def test_walking_goes_through_both_in_reading_order(session: Session) -> None:
    label(session, "Toll")
    look(session)
    walked = []
    session.choose(None)
    for _time in range(6):
        session.walking.walk(1, 0)
        found = session.shown(session.current)
        assert found is not None
        walked.append(found.quote)
    assert walked[:5] == ["Arvenia", "Karesh", "Toll", "Sund", "Toll"]
    assert session.current == walked_last(session)
    session.walking.walk(-1, 0)
    assert session.shown(session.current).quote == "Sund"  # type: ignore[union-attr]
    session.select(Span.of(0, 9))
    assert session.offered is None, "who selects lets go"


def walked_last(session: Session) -> str:
    return id_of(session.offers[-1])


def test_of_a_long_article_only_what_is_seen_is_looked_over(path: Path) -> None:
    session = opened(path)
    filler = "Nobody said a word about it, and that was that.\n" * 2_000
    making.add_articles(session.ready, [("long", f"Arvenia and Toll.\n{filler}Karesh and Sund.\n{filler}")])
    session.show_article("long")
    session.run(session.ready.add_word_list("x.txt", [Name(n, "COUNTRY") for n in ("Arvenia", "Karesh", "Sund")]))
    assert len(session.text) > WHOLE
    assert look(session) == ["Arvenia=COUNTRY"]
    middle = session.text.index("Karesh")
    assert not session.looked_over((middle, middle + 100))
    session.look_for_offers((middle - STRETCH + 500, middle - STRETCH + 600))
    assert [offer.span.quote(session.text) for offer in session.offers] == ["Karesh", "Sund"]
    assert session.looked_over((middle - 2_000, middle - 1_000))
    session.close()


def test_no_step_of_a_look_looks_at_much(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the text and however many annotations: between two steps a frame can be painted."""
    session = opened(path)
    names = [f"Ka{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400)]
    making.add_articles(session.ready, [("many", " said no. ".join([*names, *names]) * 4)])
    session.show_article("many")
    article = session.article
    assert article is not None
    assert len(session.text) <= WHOLE
    spans = [Span.of(n * 14, n * 14 + 4) for n in range(400)]
    session.run(session.ready.annotate("many", "PERSON", spans, exact=True))
    looked_at: Counter[str] = Counter()

    def counted(what: str, one: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            looked_at[what] += 1
            return one(*args, **more)

        return call

    def some_words(*args: Any) -> Iterator[tokens.Token]:
        for token in tokens.words(*args):
            looked_at["word"] += 1
            yield token

    monkeypatch.setattr(offers_module, "name_chain", counted("chain", offers_module.name_chain))
    monkeypatch.setattr(offers_module, "siblings", counted("list", offers_module.siblings))
    monkeypatch.setattr(offers_module, "stands_alone", counted("place", offers_module.stands_alone))
    monkeypatch.setattr(Matcher, "_look", counted("atom", Matcher._look))
    monkeypatch.setattr(reading, "words", some_words)
    offering = Offering(session.ready)
    offering.show("many", session.text)
    offering.begin(session.spans, (0, 0))
    assert not looked_at, "nothing is looked at by whoever begins"
    most, total, found = Counter[str](), Counter[str](), None
    while found is None:
        looked_at.clear()
        found = offering.look_some(0)
        most |= looked_at
        total += looked_at
    assert total["chain"] > 300, "each annotation was looked at"
    assert total["word"] > 9_000
    assert most <= Counter(chain=1, list=1, place=20, atom=reading.WORDS_A_STEP, word=reading.WORDS_A_STEP + 1)
    assert found == offers_module.offers(session.text, session.spans)
    session.close()


def test_whoever_asks_for_a_look_does_not_wait_for_it(path: Path) -> None:
    session = opened(path)
    label(session, "Arvenia")
    session.begin_to_look((0, 10))
    assert session.offers == []
    assert session.offers_due
    for _turn in range(1_000):
        QApplication.processEvents()
        if not session.offers_due:
            break
    assert [offer.label for offer in session.offers] == ["COUNTRY"] * 4
    label(session, "Sund")
    session.begin_to_look()
    label(session, "Toll")  # a change comes in between
    assert look(session)[0].startswith("Karesh")
    session.close()


def test_nothing_is_offered_where_nobody_wants_it(session: Session) -> None:
    label(session, "Arvenia")
    assert look(session)
    session.wish_offers(False)
    assert session.offers == []
    assert not session.can("offers")
    session.wish_offers(True)
    assert look(session)
    assert session.can("offers")


def looked(offering: Offering, session: Session) -> list[Offer]:
    """Return what something that was just made finds."""
    offering.begin(session.spans, (0, 0))
    while (found := offering.look_some()) is None:
        pass
    return found


def look_a_little(session: Session, turns: int) -> None:
    """Do a few of the shortest steps, between which something else may happen."""
    session.begin_to_look()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Offering.look_some, "__defaults__", (0.0,))
        patch.setattr(Offering.load_some, "__defaults__", (0.0,))
        for _turn in range(turns):
            session.looking._go_on()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("label accept reject undo redo delete other all".split()), st.integers(0, 9)))
)
def test_what_is_patched_is_what_would_be_read(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """Memory and rejections, kept up by Changes, are those of the project whatever was done in whatever step."""
    path = tmp_path_factory.mktemp("offers") / "sund.rubric"
    mine = Settings()
    making.make(path, mine.me(), [("a1", TEXT), ("a2", MORE)]).close()
    session = opened(path)
    words = ["Arvenia", "Karesh", "Toll"]
    for verb, n in steps:
        if n % 2:
            look(session)
        else:
            look_a_little(session, 7 * n)
        offers = session.offers
        match verb:
            case "label":
                label(session, words[n % 3], ("COUNTRY", "CITY")[n % 2])
            case "accept" if offers:
                session.deciding.accept(offers[n % len(offers)], ("", "CITY")[n % 2])
            case "reject" if offers:
                session.deciding.reject(offers[n % len(offers)])
            case "all":
                session.deciding.accept_all(offers)
            case "undo" if (step := session.ready.undo_step()) and step.edit.kind != "import":
                session.history.undo()
            case "redo":
                session.history.redo()
            case "delete" if len(session.spans):
                found = session.spans.nth(n % len(session.spans))
                session.choose(found.id if found else None)
                session.labelling.delete()
            case "other":
                session.show_article(("a1", "a2")[n % 2])
    look(session)
    assert session.article is not None
    fresh = Offering(session.ready)
    fresh.show(session.article.id, session.text)
    while not fresh.load_some():
        pass
    assert session.looking.offering is not None
    assert session.looking.offering._memory == fresh._memory
    assert session.looking.offering._rejected == fresh._rejected
    assert looked(fresh, session) == session.offers
    for offer in session.offers:
        assert all(offer.span != annotation.span for annotation in session.spans)
    session.close()


@pytest.mark.parametrize("fails", ["look_some", "load_some"])
def test_a_look_that_fails_is_told_once_and_begun_again_after_a_change(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    label(session, "Arvenia")

    def broken(*_words: object) -> None:
        raise ZeroDivisionError("the moon is full")

    assert session.looking.offering is not None
    session.looking.offering._loading = iter(())  # there is something to read, too
    with monkeypatch.context() as patch:
        patch.setattr(Offering, fails, broken)
        with qtbot.captureExceptions() as raised:
            session.begin_to_look()
            qtbot.waitUntil(lambda: bool(raised))
            for _paint in range(3):
                if session.offers_due:
                    session.begin_to_look()
                qtbot.wait(20)
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    assert not session.looking.active
    session.looking.offering._loading = None
    label(session, "Toll")
    assert "Karesh=COUNTRY" in look(session)


def test_what_cannot_be_read_is_not_read_on(session: Session) -> None:
    def broken(*_words: object) -> Iterator[None]:
        yield None
        raise ZeroDivisionError("the moon is full")

    offering = session.looking.offering
    assert offering is not None
    offering._loading = broken()
    with pytest.raises(ZeroDivisionError):
        offering.load_some()
    assert offering.load_some(), "what is known stands"


STORY = (
    "Meeting of the Security Council of the STC member states\n\n"
    "The eighth meeting of the Security Council of the STC member states was held in Orsk. The STC was pleased.\n\n"
    "The Secretary General of the Sund Trade Council (STC), Anna Lebrune, spoke for the STC. "
    "Karim Odell, Secretary of the Sund Trade Council, left.\n"
)


def settled(path: Path, pick: Callable[[list[Offer]], list[Offer]]) -> set[tuple[str, int, int, str]]:
    """Accept what is picked until nothing is offered any more; return what stands then."""
    session = opened(path)
    for _step in range(200):
        if not session.offers:
            break
        session.deciding.accept_all(pick(session.offers))
        session.look_for_offers()
    assert session.offers == []
    found = {(a.label, a.start, a.end, a.quote) for a in session.spans}
    session.close()
    return found


def orders(path: Path, text: str) -> Iterator[set[tuple[str, int, int, str]]]:
    """Yield what stands when all was accepted: in reading order, all that is offered at once, events first, by lot."""

    def events(offers: list[Offer]) -> list[Offer]:
        return [next((offer for offer in offers if offer.label == "EVENT"), offers[0])]

    lots = [random.Random(n) for n in range(4)]
    ways: list[Callable[[list[Offer]], list[Offer]]] = [lambda offers: offers[:1], list, events]
    ways += [lambda offers, lot=lot: [lot.choice(offers)] for lot in lots]  # type: ignore[misc]
    for n, way in enumerate(ways):
        settings_ = Settings()
        settings_.introduce("anna")
        file = path / f"order-{n}.rubric"
        making.make(file, settings_.me(), [("a1", text)]).close()
        yield settled(file, way)


def test_what_is_accepted_in_the_end_does_not_depend_on_the_order(tmp_path: Path) -> None:
    first, *others = orders(tmp_path, STORY)
    assert others == [first] * len(others)
    named = [(name, quote) for name, _start, _end, quote in first]
    assert named.count(("ORGANIZATION", "STC")) == 5, "also in brackets after an office, and in another body"
    assert ("PROFESSION", "STC") not in named


def test_the_seed_comes_out_the_same_in_any_order(tmp_path: Path, corpora: Path) -> None:
    text = (corpora / "seed/turkmenistan-cis.txt").read_text("utf-8")
    first, *others = orders(tmp_path, text)
    assert others == [first] * len(others)
    named = [(name, quote) for name, _start, _end, quote in first]
    assert named.count(("ORGANIZATION", "CIS")) == 8
    assert named.count(("ORGANIZATION", "CSTO")) == 1


@pytest.mark.parametrize("sample", list(samples()), ids=lambda sample: sample.name)
def test_the_samples_come_out_the_same_in_any_order(tmp_path: Path, sample: Sample) -> None:
    first, *others = orders(tmp_path, sample.text)
    assert others == [first] * len(others)


def test_what_a_rule_of_the_scheme_forbids_is_not_offered(session: Session) -> None:
    label(session, "Arvenia")
    assert "Toll=COUNTRY" in look(session)
    label(session, "Toll and Sund", "ORGANIZATION")
    assert "Toll=COUNTRY" in look(session)
    inside = session.text.index("Toll")
    assert inside in {offer.span.start for offer in session.offers}
    rule = Rule("1", "no-nesting", {"inner": ["COUNTRY"], "outer": ["ORGANIZATION"]})
    session.do(session.ready.schemes.change, replace(session.scheme, rules=(rule,)), "a rule")
    look(session)
    assert inside not in {offer.span.start for offer in session.offers}, "to accept it would be refused"
    session.do(session.ready.undo)
    look(session)
    assert inside in {offer.span.start for offer in session.offers}


def test_a_label_that_was_split_is_not_suggested_until_it_is_given_by_hand(session: Session) -> None:
    label(session, "Arvenia")
    assert {"Toll=COUNTRY", "Arvenia=COUNTRY"} <= set(look(session))
    session.do(session.ready.schemes.split, "COUNTRY", [Label("REALM", "Realm")])
    assert not any(one.endswith("COUNTRY") for one in look(session))
    session.show_article("a2")
    assert not any(one.endswith("COUNTRY") for one in look(session)), "nor is what was known of the words"
    session.show_article("a1")
    (first,) = session.spans
    session.run(session.ready.relabel(first, "REALM"))
    assert {"Toll=REALM", "Arvenia=REALM"} <= set(look(session))
    session.show_article("a2")
    assert "Arvenia=REALM" in look(session), "the last word is what counts"
    session.do(session.ready.undo)
    assert not any(one.endswith("COUNTRY") for one in look(session))
    label(session, "Karesh")
    session.show_article("a1")
    assert "Karesh=COUNTRY" in look(session)
    assert "COUNTRY" not in session.ready.schemes.split_away()
