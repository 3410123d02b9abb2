"""Offices and trades in small letters: what is told, and all that is left alone beside the same words."""

from __future__ import annotations

import pytest

from rubricator.exchange.schemes import scheme_named
from rubricator.suggest.capitals import capital_runs
from rubricator.suggest.cues import cues
from rubricator.suggest.reading import Reading
from rubricator.suggest.steps import at_once
from rubricator.suggest.trades import trades


def told(text: str) -> list[str]:
    """Return what is told, in reading order."""
    reading = Reading(text)
    starts = {run[0]: run for run in capital_runs(reading) if run is not None}
    runs = sorted(run for run in trades(reading, starts) if run is not None)
    return [text[reading.words[first].start : reading.words[after - 1].end] for first, after in runs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor of Port Velis met Anna Rehn, a marine geologist, and firefighters.", "mayor of Port Velis|marine geologist|firefighters"),
        ("Karim Odell, governor of Iden Province, slept.", "governor of Iden Province"),
        ("So said the governor of the Bank of Estmar.", "governor of the Bank of Estmar"),
        ("The president of Saudi Arabia, Karim Odell, met the mayor of New York.", "president of Saudi Arabia|mayor of New York"),
        ("She told the minister of transport so. The harbour ministers of Arvenia, Belmora came.", "minister of transport|harbour ministers"),
        ("The ministers of Arvenia and Karesh met the mayor of Iden, who slept.", "ministers|mayor of Iden"),
        ("They asked Estmar’s prime minister, two spokeswomen and the chief executive.", "prime minister|spokeswomen|chief executive"),
        ("So the waitresses told the director of the NHC and the head coaches.", "waitresses|director of the NHC|head coaches"),
        ("A former harbour pilot met the press secretaries, 12 councillors and a Russian novelist.", "harbour pilot|press secretaries|councillors|novelist"),
        ("It was told to teachers by a nurse, the economist Layla Marwani and their translator.", "teachers|nurse|economist|translator"),
        ("The engineer killed it. The scientist for the firm slept.", "engineer|scientist"),
        ("The deputy foreign minister said so, as police officers did.", "deputy foreign minister|police officers"),
        ("She told reporters so, a police spokesman said, and the manager asked analysts.", "reporters|police spokesman|manager|analysts"),
        ("Farmers met the\n\nfarmer.\n\nThe farmer", "farmer"),
    ],
)  # fmt: skip
def test_offices_and_trades(text: str, wanted: str) -> None:
    assert told(text) == wanted.split("|")


@pytest.mark.parametrize(
    "text",
    [
        # What belongs to other words before, or behind.
        "the local engineer and the teacher training", "the foreign scientists and a vice president-elect", "a detective story",
        "the mayor-elect and an ex-mayor", "the engineer/designer", "the poet & the mayor & he",
        "mayor\n\nThe", "the police and a secretary", "He was engineer of the club.", "the chief of it and the officer",
        # Titles that go on.
        "the minister for health", "the minister without portfolio", "the editor in chief", "an ambassador at large", "the poet in residence",
        # Of whom or what, without a clear end.
        "the mayor of London Anna Rehn said", "the president of Brazil Odell said", "the president of Real Marvona Karim Odell",
        "the president of Trinidonia and Tobagne", "the minister of finance and trade", "the minister of education, science and culture and he", "the chairman of Marks and Spencer",
        "the mayor of Newcastle upon Tyne", "the president of Women in Film", "the director of the Institute for Studies", "the director of Jaws",
        "He was mayor of the hill.", "the mayor of Estmar’s hill", "the minister of", "the chairman of the Bank of",
        "the governor of the Bank of Estmar Anna Rehn",
        # Possessives: bodies, laws of their own, shops.
        "the teachers’ union and the nurses' strike", "the mayor’s office and the baker's dozen",
        # Verbs.
        "They cook, nurse and pray, and engineer it.", "It is to engineer the plan, or nurse it.",
        # Part of a meeting.
        "the eighth meeting of the ministers", "a summit of ministers",
        # Words that are other things as often.
        "a pilot project by the miners, the king and a judge, for a producer", "Le premier et le deuxième", "the boxer and the strikers",
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_lower_word_at_the_beginning_is_left_alone() -> None:
    assert told("mayor of Iden") == []
    assert told("It rained.\n\nmayors of") == []


@pytest.mark.parametrize(
    "text", ["the chief " * 3_000, "chief " * 3_000, "the mayor of " + "Iden " * 3_000, "the minister said. " * 3_000]
)
def test_a_long_text_is_looked_over_in_steps(text: str) -> None:
    reading = Reading(text)
    starts = {run[0]: run for run in capital_runs(reading) if run is not None}
    found = list(trades(reading, starts))
    assert found.count(None) >= min(len(found) // 20, 100)


def test_no_title_is_told_twice() -> None:
    """A title before a name is told by the name as well."""
    text = "He praised the economist Layla Marwani."
    found = [(one.start, one.end, one.labels) for one in at_once(cues(Reading(text)))]
    assert len(set(found)) == len(found)


def test_schemes_without_such_a_label_get_none() -> None:
    text = "She told the mayor so."
    labels = {one.labels for one in at_once(cues(Reading(text)))}
    assert labels == {("PROFESSION",)}, "and there is no other name for it"
    assert [name for name in ("conll2003", "ontonotes") if "PROFESSION" in scheme_named(name).by_name] == []
