"""Takes articles one by one and makes the report of them; of each it keeps a few sums, not the annotations.

Without gold an article is compared between all of its annotators: F1 over all pairs of them, alpha over all of them at
once. Against gold it is compared between gold and each annotator, and never between two annotators.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from rubricator.model.spans import NOTHING
from rubricator.model.tokens import words
from rubricator.review.agreement.figures import Figure
from rubricator.review.agreement.kappas import shared
from rubricator.review.agreement.matching import Matching, Pair, matched
from rubricator.review.agreement.report import NO_LABEL, Behind, Cell, Group, Matrix, Report
from rubricator.review.agreement.sheets import Said, Sheet, Who, units
from rubricator.review.agreement.spans import credited
from rubricator.review.agreement.tallies import PairTally, SpanTally, Table, TopicTally, WordTally
from rubricator.review.agreement.tokens import word_labels
from rubricator.review.agreement.unitizing import NONE, Disagreement, disagreements, total
from rubricator.words import isolated

BEHIND_MOST = 1_000
"""Places behind a cell that are kept; all are counted."""

Two = tuple[str, str]
_PAIR = " × "


class _Scope:
    """What is summed up over the articles of one group."""

    def __init__(self) -> None:
        self.spans, self.topics, self.pairs, self.words = SpanTally(), TopicTally(), PairTally(), WordTally()
        self.missing = 0


class _Cells:
    """A matrix as it grows."""

    def __init__(self) -> None:
        self.n: Counter[Two] = Counter()
        self.behind: defaultdict[Two, list[Behind]] = defaultdict(list)

    def add(self, article: str, one: Said, other: Said, pairs: Sequence[Pair]) -> None:
        met = {annotation.id for pair in pairs for annotation in pair}
        places = [(a.label, b.label, a.id, b.id) for a, b in pairs]
        places += [(a.label, NO_LABEL, a.id, "") for a in one.annotations if a.id not in met]
        places += [(NO_LABEL, b.label, "", b.id) for b in other.annotations if b.id not in met]
        for row, column, a_id, b_id in places:
            self.n[row, column] += 1
            if len(self.behind[row, column]) < BEHIND_MOST:
                self.behind[row, column].append(Behind(article, a_id, b_id))

    def matrix(self, one: str, other: str) -> Matrix:
        labels = sorted({label for key in self.n for label in key} - {NO_LABEL})
        cells = (Cell(*key, n, tuple(self.behind[key])) for key, n in sorted(self.n.items()))
        return Matrix(one, other, tuple(labels), tuple(cells))


class Gathering:
    """The report of some annotators (or of some against gold), as articles are added to it."""

    def __init__(
        self,
        annotators: Sequence[Who],
        gold: Who | None = None,
        *,
        topics: Mapping[str, str] = NOTHING,
        matching: Matching = matched,
        seed: int = 0,
    ) -> None:
        self._annotators, self._gold = tuple(annotators), gold
        self._asked = [who.id for who in (*((gold,) if gold else ()), *annotators)]
        self._names = {who.id: who.name for who in (*annotators, *((gold,) if gold else ()))}
        self._topics, self._matching, self._seed = topics, matching, seed
        self._all = _Scope()
        self._two: defaultdict[Two, _Scope] = defaultdict(_Scope)
        self._weeks: defaultdict[str, _Scope] = defaultdict(_Scope)
        self._drift: defaultdict[Two, _Scope] = defaultdict(_Scope)
        self._again: defaultdict[str, _Scope] = defaultdict(_Scope)
        self._labels: defaultdict[str, SpanTally] = defaultdict(SpanTally)
        self._cells: defaultdict[Two, _Cells] = defaultdict(_Cells)
        self._articles = self._compared = self._unfinished = 0

    @property
    def against_gold(self) -> bool:
        """Say whether annotators are compared with gold, and not with each other."""
        return self._gold is not None

    def add(self, sheet: Sheet, unfinished: int = 0) -> None:
        """Add an article, with how many layers of those who were asked are left out as unfinished."""
        self._unfinished += unfinished
        here = [one for one in self._asked if one in sheet.layers]
        if not here:
            return
        self._articles += 1
        self._count_missing(sheet, here)
        if self._gold is None:
            compared = [here] if len(here) > 1 else []
        else:
            compared = [[here[0], one] for one in here[1:]] if here[0] == self._gold.id else []
        if compared:
            self._compared += 1
            self._compare(sheet, compared)

    def add_again(self, annotator: str, first: Said, second: Said, text: str) -> None:
        """Add two layers of one annotator on the same text, who did not know that it is the same."""
        pairs = self._matched(first, second)
        scope = self._again[annotator]
        apart = disagreements(len(text), [units(first.annotations), units(second.annotations)])
        scope.spans.add(_all_labels(credited(first.annotations, second.annotations, pairs)), total(apart.values()))
        scope.topics.rows.append([[first.topics, second.topics]])

    def _matched(self, one: Said, other: Said) -> list[Pair]:
        found = self._matching(one.annotations, other.annotations)
        return [(one.annotations[i], other.annotations[j]) for i, j in found]

    def _count_missing(self, sheet: Sheet, here: Sequence[str]) -> None:
        asked = [one for one in self._asked if one not in sheet.not_asked]
        lacking = len({*asked} - {*here})
        self._all.missing += lacking
        if sheet.week:
            self._weeks[sheet.week].missing += lacking
            for one in here:
                self._drift[one, sheet.week].missing += lacking
        for pair in self._pairs():
            if not sheet.not_asked.intersection(pair):
                self._two[pair].missing += (pair[0] in here) != (pair[1] in here)

    def _pairs(self) -> list[Two]:
        if self._gold is None:
            return list(combinations(self._asked, 2))
        return [(self._gold.id, who.id) for who in self._annotators]

    def _compare(self, sheet: Sheet, compared: Sequence[Sequence[str]]) -> None:
        said = sheet.layers
        cut = {one: units(said[one].annotations) for group in compared for one in group}
        length = len(sheet.text)
        whole: dict[str, Disagreement] = {}
        table: Table = Counter()
        credited_to: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
        apart_from: dict[str, Disagreement] = {}
        given: list[dict[str, dict[str, float]]] = []
        for group in compared:
            apart_all = disagreements(length, [cut[one] for one in group])
            for label, apart in apart_all.items():
                whole[label] = whole.get(label, NONE).plus(apart)
            for one, other in combinations(group, 2):
                pairs = self._matched(said[one], said[other])
                credit = credited(said[one].annotations, said[other].annotations, pairs)
                given.append(credit)
                both = apart_all if len(group) == 2 else disagreements(length, [cut[one], cut[other]])
                apart_two = total(both.values())
                table += self._add_pair(sheet, (one, other), pairs, _all_labels(credit), apart_two)
                for who in (one, other):
                    credited_to[who] += _all_labels(credit)
                    apart_from[who] = apart_from.get(who, NONE).plus(apart_two)
        everything = [row for credit in given for row in credit.values()]
        self._all.spans.add(everything, total(whole.values()))
        if sheet.week:
            self._weeks[sheet.week].spans.add(everything, total(whole.values()))
            for who in apart_from:
                self._drift[who, sheet.week].spans.add(credited_to[who], apart_from[who])
        for label in sorted({label for credit in given for label in credit}):
            rows = [credit[label] for credit in given if label in credit]
            self._labels[label].add(rows, whole.get(label, NONE))
        self._all.pairs.labels.append(table)
        self._all.topics.rows.append([[said[one].topics for one in group] for group in compared])
        self._add_words(sheet, compared)

    def _add_pair(
        self, sheet: Sheet, who: Two, pairs: Sequence[Pair], credit: list[dict[str, float]], apart: Disagreement
    ) -> Table:
        """Add a pair of layers to what is told of the pair alone; return the labels of equal spans."""
        one, other = (sheet.layers[x] for x in who)
        scope = self._two[who]
        scope.spans.add(credit, apart)
        scope.topics.rows.append([[one.topics, other.topics]])
        table: Table = Counter((a.label, b.label) for a, b in pairs if a.span == b.span)
        scope.pairs.labels.append(table)
        self._cells[who].add(sheet.article, one, other, pairs)
        return table

    def _add_words(self, sheet: Sheet, compared: Sequence[Sequence[str]]) -> None:
        tokens = list(words(sheet.text))
        labels = {
            one: word_labels(tokens, sheet.layers[one].annotations) for one in {x for group in compared for x in group}
        }
        agreed, n, counts = 0.0, 0, Counter[str]()
        for group in compared:
            for said, k in Counter(zip(*(labels[one] for one in group), strict=True)).items():
                found = Counter(said)
                agreed += k * float(shared(found))
                n += k
                for label, m in found.items():
                    counts[label] += k * m
            for one, other in combinations(group, 2):
                self._two[one, other].pairs.words.append(Counter(zip(labels[one], labels[other], strict=True)))
        self._all.words.rows.append((agreed, n, counts))

    # --- what comes of it -----------------------------------------------------------------------------------------

    def report(self) -> Report:
        """Return the report of what was added."""
        seed, every = self._seed, self._all
        others = [*every.pairs.figures(every.missing, seed, pooled=True), *every.words.figures(every.missing, seed)]
        return Report(
            annotators=self._annotators,
            against=self._gold,
            articles=self._articles,
            compared=self._compared,
            unfinished=self._unfinished,
            seed=seed,
            overall=Group("", (*self._of_spans(every), *self._of_topics(every), *others)),
            labels=tuple(
                Group(label, tuple(tally.figures(every.missing, seed))) for label, tally in sorted(self._labels.items())
            ),
            topics=tuple(
                Group(topic, tuple(found), self._topics.get(topic, ""))
                for topic, found in every.topics.by_topic(every.missing, seed)
            ),
            pairs=self._groups({pair: self._two[pair] for pair in self._pairs()}, self._of_pair, _PAIR.join),
            weeks=tuple(Group(week, tuple(self._of_spans(self._weeks[week]))) for week in sorted(self._weeks)),
            drift=self._groups(self._drift_of_annotators(), self._of_spans, " ".join),
            repeats=self._groups({(one,): scope for one, scope in self._again.items()}, self._of_again, "".join),
            matrices=tuple(
                self._cells[pair].matrix(*(self._names[one] for one in pair))
                for pair in self._pairs()
                if pair in self._cells
            ),
        )

    def _groups(
        self,
        scopes: Mapping[Two, _Scope] | Mapping[tuple[str], _Scope],
        of: Callable[[_Scope], Iterable[Figure]],
        named: Callable[[Iterable[str]], str],
    ) -> tuple[Group, ...]:
        """Make groups of annotators, by their names; where one is shown beside another, each keeps its place."""
        found = []
        for key, scope in scopes.items():
            names = [self._names.get(one, one) for one in key]
            name, title = named(names), named(map(isolated, names))
            found.append(Group(name, tuple(of(scope)), title if title != name else ""))
        return tuple(found)

    def _of_spans(self, scope: _Scope) -> list[Figure]:
        return scope.spans.figures(scope.missing, self._seed)

    def _of_topics(self, scope: _Scope) -> list[Figure]:
        return scope.topics.figures(scope.missing, self._seed)

    def _of_again(self, scope: _Scope) -> list[Figure]:
        return [*self._of_spans(scope), *self._of_topics(scope)]

    def _of_pair(self, scope: _Scope) -> list[Figure]:
        return [*self._of_again(scope), *scope.pairs.figures(scope.missing, self._seed)]

    def _drift_of_annotators(self) -> dict[Two, _Scope]:
        asked = [who.id for who in self._annotators]
        found = (key for key in self._drift if key[0] in asked)
        return {key: self._drift[key] for key in sorted(found, key=lambda key: (asked.index(key[0]), key[1]))}


def _all_labels(credit: Mapping[str, dict[str, float]]) -> list[dict[str, float]]:
    return list(credit.values())
