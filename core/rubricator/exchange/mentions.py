"""All identical mentions of some words, in an article and in the corpus, each as a row that a person can judge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from rubricator.exchange.progress import Progress
from rubricator.model.around import words_after, words_before
from rubricator.model.folding import composed
from rubricator.model.mentions import MOST, Hit, Needle, Standing, mentions
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Article, Span
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.suggest.shapes import FUNCTION_WORDS

Purpose = Literal["label", "relabel", "delete"]


class Question(NamedTuple):
    """What is looked for and why: to give `label` to the words, or to relabel or delete what carries `label` there."""

    words: str
    label: str
    purpose: Purpose = "label"
    case: bool = False
    whole: bool = True

    @property
    def needle(self) -> Needle:
        """What finds the words."""
        return Needle(self.words, case=self.case, words=self.whole)

    def as_written(self, quote: str) -> bool:
        """Say whether words are written as these are, or as in a headline: all in capitals, or many of them with one.

        Where these are all in capitals, as in a dateline, any case will do that has one at the beginning of a word.
        """
        words, found = " ".join(composed(self.words).split()), composed(quote).split()
        if " ".join(found) in (words, words.upper()) or _in_a_headline(words.split(), found):
            return True
        common = words.lower() in FUNCTION_WORDS  # “WHO” is no “Who”
        return words.isupper() and not common and any(word[:1].isupper() for word in found)


_HEADLINE_LEAST = 3
"""So many words tell themselves, whatever their capitals; “White House” is no “white house”."""


def _in_a_headline(words: list[str], found: list[str]) -> bool:
    """Say whether words differ by nothing but the first letters of some, as they do in a headline: “Of The Bloc”."""
    alike = [one[1:] for one in words] == [one[1:] for one in found]
    return alike and sum(word.casefold() not in FUNCTION_WORDS for word in words) >= _HEADLINE_LEAST


class Mention(NamedTuple):
    """One place; `offered` says that it is likely wanted, `labels` what stands there, `here` what would be changed."""

    span: Span
    before: str
    quote: str
    after: str
    standing: Standing = "free"
    labels: tuple[str, ...] = ()
    here: tuple[Annotation, ...] = ()
    offered: bool = True


class Found(NamedTuple):
    """The mentions in one article; `more` says that there are others behind them."""

    article: str
    title: str
    mentions: tuple[Mention, ...]
    more: bool = False


def in_article(text: str, article: Article, question: Question, spans: SpanIndex) -> Found:
    """Return the mentions in one article."""
    needle = question.needle
    found, more = mentions(text, needle, question.label, spans)
    rows = tuple(_row(text, hit, question) for hit in found if _fits(hit, question))
    return Found(article.id, article.title, rows, more)


def in_corpus(project: Project, question: Question, without: str, progress: Progress) -> Iterator[Found]:
    """Yield the mentions in all articles but one, as far as there are MOST in all."""
    needle = question.needle
    total, left = project.rows.count_articles(), MOST
    for n, article in enumerate(project.rows.articles()):
        if n % 50 == 0:
            progress(n, total)
        text = project.rows.text(article.digest) if article.id != without else None
        if text is None or not needle.may_be_in(text):
            continue
        found = in_article(text, article, question, project.spans(article.id))
        if found.mentions:
            yield found
            left -= len(found.mentions)
            if left <= 0:
                return


def corpus_work(project: Path, me: Me, question: Question, without: str, progress: Progress) -> list[Found]:
    """Return the mentions in all articles of a project but one."""
    with Project.open(project, me) as opened, opened.snapshot():
        return list(in_corpus(opened, question, without, progress))


def _fits(hit: Hit, question: Question) -> bool:
    if question.purpose == "label":
        return hit.standing != "same"
    return bool(_carrying(hit, question))


def _carrying(hit: Hit, question: Question) -> tuple[Annotation, ...]:
    return tuple(annotation for annotation in hit.here if annotation.label == question.label)


def _row(text: str, hit: Hit, question: Question) -> Mention:
    start, end = hit.start, hit.end
    return Mention(
        hit.span,
        words_before(text, start),
        text[start:end],
        words_after(text, end),
        hit.standing,
        tuple(dict.fromkeys(annotation.label for annotation in hit.decisive)),
        _carrying(hit, question) if question.purpose != "label" else (),
        question.purpose != "label" or (hit.wanted(question.label, text) and question.as_written(text[start:end])),
    )
