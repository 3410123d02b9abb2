"""What layers differ in, as it is told on the command line and gathered for the window: counts, places, policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.exchange.progress import Progress, counted, silent
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.project import Project
from rubricator.review.blind import letter
from rubricator.review.difference import Comparison, Difference, Element
from rubricator.review.kinds import KINDS, told
from rubricator.review.policy import Policy
from rubricator.verbs.annotators import annotator_named, annotators_named
from rubricator.verbs.groups import Tally
from rubricator.verbs.queue import Waiting, by_pattern
from rubricator.words import Message, as_line, message, say


class Found(NamedTuple):
    """What differs in a corpus: how many articles were compared, how many places agree, and what does not."""

    articles: int
    agreements: int
    waiting: list[Waiting]


def people(project: Project, names: str) -> list[str]:
    """Return the ids of annotators named by name or id, with commas between; UserError where one is not known."""
    return annotators_named(names, project.rows.annotators())


def policy_from(project: Project, words: str) -> Policy:
    """Return the policy of some words: unanimous, majority, majority:2, trusted:anna."""
    name, _, more = words.partition(":")
    if name == "unanimous" and not more:
        return Policy("unanimous")
    if name == "majority" and (not more or (more.isdecimal() and int(more) > 1)):
        return Policy("majority", int(more or 0))
    if name == "trusted" and more:
        return Policy("trusted", whom=annotator_named(more, project.rows.annotators()).id)
    raise UserError(
        message("There is no policy “{words}”.", words=words),
        message("There are: unanimous, majority, majority:N (N of two and more), trusted:NAME."),
    )


def gather(
    project: Project, annotators: Sequence[str], part: tuple[int, int] = (0, 1), progress: Progress = silent
) -> Found:
    """Compare the layers of the whole corpus, or of a part of it."""
    waiting: list[Waiting] = []
    articles = agreements = 0
    total = project.rows.count_articles() // part[1]
    with project.snapshot():
        for stretch in counted(project.review.queue.walk(annotators, part), total, progress):
            articles += stretch.articles
            agreements += stretch.agreements
            waiting += stretch.waiting
    return Found(articles, agreements, waiting)


def against_gold(project: Project, annotators: Sequence[str], progress: Progress = silent) -> dict[str, Found]:
    """Compare each annotator's layers with gold, where there is any; by annotator."""
    review = project.review
    waiting: dict[str, list[Waiting]] = {}
    seen: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    articles = list(project.rows.articles())
    for article in counted(articles, len(articles), progress):
        if not any(kind == "gold" for _uid, kind in project.reviews.at_work(article.id)):
            continue
        there = review.annotators(article.id)
        for owner in [one for one in annotators if one in there] if annotators else there:
            found = review.compare(article.id, [owner], against_gold=True)
            seen[owner] += 1
            agreed[owner] += len(found.agreements)
            mine = waiting.setdefault(owner, [])
            mine += [Waiting(one.pattern, article.id, one.id, "open") for one in found.differences]
    return {owner: Found(seen[owner], agreed[owner], some) for owner, some in waiting.items()}


def adjudicate(
    project: Project,
    policy: Policy,
    annotators: Sequence[str] = (),
    progress: Progress = silent,
    *,
    finish: bool = False,
) -> Tally:
    """Have a policy write gold in the whole corpus, a step for 500 articles; of texts that came twice for the first.

    With `finish` gold is finished where nothing is left. One step for all would hold in memory what all of it is made
    of, and so would its undo.
    """
    again = project.samples.given().repeats
    articles = [article.id for article in project.rows.articles() if article.id not in again]
    left = counted(articles, len(articles), progress)
    tally = Tally()
    while some := list(islice(left, ARTICLES_AT_ONCE)):
        tally = tally.plus(project.review.groups.apply(policy, some, annotators, finish=finish))
    return tally


ARTICLES_AT_ONCE = 500
"""How many articles a policy settles in one step."""


# --- in words and as JSON -----------------------------------------------------------------------------------------


def patterns_json(waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    """Return the patterns with their counts."""
    return [
        {
            "kind": p[0],
            "sub": p[1],
            "pattern": say(told(p)),
            "n": counts.total(),
            "states": dict(sorted(counts.items())),
        }
        for p, counts in by_pattern(waiting)
    ]


def by_article(waiting: Sequence[Waiting]) -> list[tuple[str, int]]:
    """Return articles (by id) with how many differences they have, the most first."""
    return Counter(one.article for one in waiting).most_common()


def titles(project: Project, places: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Return the titles of the articles that are listed, by id."""
    found = (project.article(uid) for uid, _n in places[:_SHOWN])
    return {one.id: one.title for one in found}


def article_lines(places: Sequence[tuple[str, int]], titles: Mapping[str, str]) -> Iterator[Message | str]:
    """Yield in which articles differences are, with the ids by which to ask for one."""
    if places:
        yield message("In articles (“--article ID” tells each difference):")
        yield from (f"{n:>7}  {uid}  {titles[uid]}" for uid, n in places[:_SHOWN])
    if len(places) > _SHOWN:
        yield message("    and {n} more", n=len(places) - _SHOWN)


def lines(found: Found) -> Iterator[Message | str]:
    """Yield what differs, by kind and pattern."""
    yield message(
        "Articles compared: {articles}. Places that agree: {agreements}; that differ: {n}.",
        articles=found.articles,
        agreements=found.agreements,
        n=len(found.waiting),
    )
    patterns = by_pattern(found.waiting)
    for kind in KINDS:
        some = [(pattern, counts) for pattern, counts in patterns if pattern[0] == kind.key]
        if some:
            yield f"{sum(counts.total() for _p, counts in some):>7}  {say(kind.name)}"
            yield from (f"{counts.total():>11}  {say(told(p))}{_open(counts)}" for p, counts in some[:_SHOWN])
            if len(some) > _SHOWN:
                yield message("             and {n} more patterns", n=len(some) - _SHOWN)


_SHOWN = 20


def _open(counts: Counter[str]) -> str:
    other = [f"{n} {state}" for state, n in sorted(counts.items()) if state != "open"]
    return f"  ({', '.join(other)})" if other else ""


def in_article(comparison: Comparison, names: Mapping[str, str], states: Mapping[str, str]) -> Iterator[str]:
    """Yield the differences of an article, a line for each layer; `names` are those of annotators and entities."""
    for n, work in enumerate(comparison.works):
        yield f"{letter(n)}  {names.get(work.annotator, work.annotator)}"
    for n, one in enumerate(comparison.differences, 1):
        state = states.get(one.id, "")
        yield f"{n:>4}  {say(told(one.pattern))}{f'  ({state})' if state not in {'', 'open'} else ''}"
        yield from (f"      {letter(k)}  {_side(side, comparison, names)}" for k, side in enumerate(one.sides))


def difference_json(one: Difference, comparison: Comparison, states: Mapping[str, str]) -> dict[str, Any]:
    """Return a difference with what each layer says."""
    return {
        "id": one.id,
        "kind": one.kind,
        "sub": one.sub,
        "pattern": say(told(one.pattern)),
        "state": states.get(one.id, ""),
        "sides": [[_element(x, comparison) for x in side] for side in one.sides],
    }


def _side(side: Sequence[Element], comparison: Comparison, names: Mapping[str, str]) -> str:
    return ";  ".join(_told(one, comparison, names) for one in side) or "-"


def _told(one: Element, comparison: Comparison, names: Mapping[str, str]) -> str:
    if isinstance(one, Annotation):
        more = [f"{key}={value}" for key, value in sorted(one.attributes.items())]
        more += [f"→ {names.get(one.entity, one.entity)}"] if one.entity else []
        fragments = ", ".join(f"{start}–{end}" for start, end in one.span.fragments)
        return f"{one.label} “{as_line(one.quote)}” {fragments}{' ' if more else ''}{' '.join(more)}"
    if isinstance(one, Relation):
        ends = [_quote_of(end, comparison) for end in (one.source, one.target)]
        return f"“{ends[0]}” {one.label} “{ends[1]}”"
    return one.topic


def _quote_of(uid: str, comparison: Comparison) -> str:
    place = comparison.place_of.get(uid)
    found = next((one for one in place.annotations if one.id == uid), None) if place else None
    return as_line(found.quote) if found else "…"


def _element(one: Element, comparison: Comparison) -> dict[str, Any]:
    if isinstance(one, Annotation):
        value: dict[str, Any] = {"id": one.id, "label": one.label, "fragments": [list(x) for x in one.span.fragments]}
        value["quote"] = one.quote
        value |= {"attributes": dict(one.attributes)} if one.attributes else {}
        return value | ({"entity": one.entity} if one.entity else {})
    if isinstance(one, Relation):
        return {
            "id": one.id,
            "label": one.label,
            "from": one.source,
            "to": one.target,
            "attributes": dict(one.attributes),
        }
    return {"id": one.id, "topic": one.topic}
