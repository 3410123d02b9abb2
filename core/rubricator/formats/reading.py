"""What happens to an article on its way in from another format: what is repaired, refused, or has no place with us.

A reader makes a Draft of each article: it takes the text and places as the file has them and gives back canonical text
and spans in code points. What the model forbids is listed with its place and left out, never bent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from rubricator.errors import UserError
from rubricator.formats.base import Case, LayerRecord, Record
from rubricator.model.spans import NOTHING, Annotation, Fragment, Span, merged_fragments, reading_order
from rubricator.model.text import UNITS, Unit, canonical, converter
from rubricator.words import as_line, message

Outcome = Literal["repaired", "refused", "unheld", "kept", "noted"]
"""Read in another way than it is written; not taken, as the model forbids it; taken nowhere, for want of a place; not
taken, as a person changed it here since; taken as it is, though the scheme does not know it."""

READ: dict[str, tuple[Outcome, str, str]] = {
    "damaged": (
        "refused",
        "{n} file was refused, and nothing of it comes in",
        "{n} files were refused, and nothing of them comes in",
    ),
    "empty": ("refused", "{n} annotation of no width was left out", "{n} annotations of no width were left out"),
    "end": (
        "refused",
        "{n} relation, comment or piece of evidence lost its end and was left out",
        "{n} relations, comments or pieces of evidence lost their ends and were left out",
    ),
    "lost": (
        "refused",
        "{n} annotation was left out, as its words are not in the text",
        "{n} annotations were left out, as their words are not in the text",
    ),
    "ambiguous": (
        "refused",
        "{n} annotation was left out, as its words stand in several places",
        "{n} annotations were left out, as their words stand in several places",
    ),
    "unlabelled": (
        "refused",
        "{n} annotation without a label was left out",
        "{n} annotations without a label were left out",
    ),
    "twice": (
        "refused",
        "{n} repeated annotation was left out",
        "{n} repeated annotations were left out",
    ),
    "blank": ("refused", "{n} article without words was left out", "{n} articles without words were left out"),
    "absent": (
        "refused",
        "{n} article is not in this project, and the file has no text of it",
        "{n} articles are not in this project, and the file has no texts of them",
    ),
    "mapped": (
        "refused",
        "{n} annotation was left out, as its label was to be",
        "{n} annotations were left out, as their labels were to be",
    ),
    "unit": (
        "repaired",
        "in {n} article the offsets were recognised by the quotes to count something else than they should",
        "in {n} articles the offsets were recognised by the quotes to count something else than they should",
    ),
    "joined": (
        "repaired",
        "{n} span in pieces with nothing but white space between them was joined",
        "{n} spans in pieces with nothing but white space between them were joined",
    ),
    "overlapping": (
        "repaired",
        "{n} span in pieces that overlap or touch was joined",
        "{n} spans in pieces that overlap or touch were joined",
    ),
    "hollow": (
        "repaired",
        "{n} span lost a piece of no width",
        "{n} spans lost pieces of no width",
    ),
    "moved": (
        "repaired",
        "{n} annotation was found by its words, which do not stand where it says",
        "{n} annotations were found by their words, which do not stand where they say",
    ),
    "html": (
        "repaired",
        "{n} article is a page in HTML, of which its words were taken",
        "{n} articles are pages in HTML, of which their words were taken",
    ),
    "merged": (
        "repaired",
        "{n} annotation set of an annotator who had made one already was put into the same layer",
        "{n} annotation sets of annotators who had made one already were put into the same layers",
    ),
    "namesake": (
        "repaired",
        "{n} annotation or relation has the id of another one in another file of the same text, and got one of its own",
        "{n} annotations or relations have ids of others in other files of the same text, and got ids of their own",
    ),
    "tags": (
        "repaired",
        "{n} tag goes on where nothing began, and was read as a beginning",
        "{n} tags go on where nothing began, and were read as beginnings",
    ),
    "ends": (
        "repaired",
        "{n} span has no end in its tags, and was ended before the next",
        "{n} spans have no end in their tags, and were ended before the next",
    ),
    "iob1": (
        "repaired",
        "{n} file is tagged without a B for each beginning (IOB1 or IO), and was read so",
        "{n} files are tagged without a B for each beginning (IOB1 or IO), and were read so",
    ),
    "words": (
        "repaired",
        "{n} sentence is another in its comment than in its rows, which were taken",
        "{n} sentences are others in their comments than in their rows, which were taken",
    ),
    "part": (
        "repaired",
        "{n} span over a part of a contracted word was widened to the whole of it",
        "{n} spans over parts of contracted words were widened to the whole of them",
    ),
    "spelled": (
        "repaired",
        "{n} label with a line break, or like another one but for white space, was read as one that can be written",
        "{n} labels with line breaks, or like others but for white space, were read as such that can be written",
    ),
    "unwritable": (
        "unheld",
        "{n} name that a file declares has a line break or the like, or looks like another; the scheme does without it",
        "{n} names that files declare have line breaks or the like, or look like others; the scheme does without them",
    ),
    "undeclared": (
        "noted",
        "{n} relation is of a type that the scheme lacks; it was kept",
        "{n} relations are of types that the scheme lacks; they were kept",
    ),
    "rejected": (
        "unheld",
        "{n} rejected answer says what is wrong, and was left out",
        "{n} rejected answers say what is wrong, and were left out",
    ),
    "topicless": (
        "noted",
        "{n} table of topics gives no article a topic",
        "{n} tables of topics give no article a topic",
    ),
    "topic": (
        "noted",
        "{n} topic is not in the tree; it was kept",
        "{n} topics are not in the tree; they were kept",
    ),
    "sourceless": (
        "unheld",
        "{n} annotation is about something of which the file has no text",
        "{n} annotations are about something of which the file has no text",
    ),
    "unheld": ("unheld", "{n} statement has no place in Rubricator", "{n} statements have no place in Rubricator"),
    "column": (
        "unheld",
        "{n} column or kind of comment has no place in Rubricator",
        "{n} columns or kinds of comments have no place in Rubricator",
    ),
    "remark": ("unheld", "{n} line of comment was left out", "{n} lines of comment were left out"),
    "clash": (
        "kept",
        "{n} change of the files contradicts what was changed here since, which stays",
        "{n} changes of the files contradict what was changed here since, which stays",
    ),
    "deleted": (
        "kept",
        "{n} thing that the files hold was deleted here since, and stays deleted",
        "{n} things that the files hold were deleted here since, and stay deleted",
    ),
    "joined-entity": (
        "kept",
        "{n} entity that the files hold was put together with another one here, which it stays",
        "{n} entities that the files hold were put together with others here, which they stay",
    ),
    "paper": (
        "unheld",
        "{n} text that only tells of the files (README, LICENSE) was passed over",
        "{n} texts that only tell of the files (README, LICENSE) were passed over",
    ),
    "link": (
        "unheld",
        "{n} link that leads out of the folder was not followed",
        "{n} links that lead out of the folder were not followed",
    ),
    "file": ("unheld", "{n} file was left alone", "{n} files were left alone"),
}
"""The kinds of cases in the order in which they are told: their outcome, and their words in singular and plural."""


class Draft:
    """An article that is being read.

    `text` is canonical; `cases` is what happened on the way; `where` names file and place in it. Offsets given to
    `span` count `unit` in the text as the file has it.
    """

    def __init__(self, source: str, where: str, unit: Unit = "codepoint") -> None:
        self.where = where
        self.cases: list[Case] = []
        self._made = canonical(source)
        self._length = len(source)
        self._convert: Callable[[int], int] | None = None if unit == "codepoint" else converter(source, unit)
        self.text = self._made.text

    def note(self, kind: str, where: str) -> None:
        """Note a case of one of the kinds of READ."""
        self.cases.append((kind, where))

    def offset(self, found: int) -> int:
        """Return an offset of the file as a code point of the canonical text; ValueError where there is none."""
        point = self._convert(found) if self._convert else found
        if not 0 <= point <= self._length:
            raise ValueError(f"offset {found} lies outside the text")
        return self._made.offset(point)

    def span(self, pairs: Iterable[tuple[int, int]], where: str, quote: str | None = None) -> Span | None:
        """Return the span of these places, or None where it has no width (noted).

        `quote` is what the file says of its words, `None` if it says nothing. UserError where a place lies outside the
        text, is turned round, or holds other words.
        """
        given = [*pairs]
        fragments: list[Fragment] = []
        for start, end in given:
            try:
                fragments.append((self.offset(start), self.offset(end)))
            except (ValueError, OverflowError) as error:
                raise outside(where, start, end) from error
            if start > end:
                raise UserError(
                    message("{where}: {start} to {end} is turned round.", where=where, start=start, end=end),
                    message("Correct the file, or make it again where it came from."),
                )
        wide = [(start, end) for start, end in fragments if start < end]
        if not wide:
            self.note("empty", where)
            return None
        if len(wide) < len(fragments):
            self.note("hollow", where)
        span = Span(self._joined(wide, where))
        if quote is not None and not says(quote, self.text, fragments):
            raise _other_words(where, quote, span.quote(self.text))
        return span

    def _joined(self, wide: list[Fragment], where: str) -> tuple[Fragment, ...]:
        """Return the pieces in order, those joined that overlap or that only white space parts."""
        if len(wide) == 1:
            return (wide[0],)
        merged = merged_fragments(wide)
        if len(merged) < len(wide):
            self.note("overlapping", where)
        joined = [merged[0]]
        for start, end in merged[1:]:
            if self.text[joined[-1][1] : start].isspace():
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        if len(joined) < len(merged):
            self.note("joined", where)
        return tuple(joined)

    def record(
        self, layers: Iterable[LayerRecord], title: str = "", uid: str = "", meta: Mapping[str, Any] = NOTHING
    ) -> Record:
        """Return the article with what was said of it."""
        return Record(
            text=self.text,
            id=uid,
            title=title,
            meta=meta,
            layers=tuple(layers),
            where=self.where,
            notes=tuple(self._made.notes()),
            cases=tuple(self.cases),
        )


def says(quote: str, text: str, fragments: Sequence[Fragment]) -> bool:
    """Say whether these are the words of the fragments, however white space is written and pieces are joined."""
    found = " ".join(text[start:end] for start, end in fragments)
    return quote == found or "".join(canonical(quote).text.split()) == "".join(found.split())


def outside(where: str, start: int, end: int) -> UserError:
    """Return the error for a place that the text does not have."""
    return UserError(
        message(
            "{where}: {start} to {end} lies outside the text or cuts a character in two.",
            where=where,
            start=str(start)[:20],
            end=str(end)[:20],
        ),
        message("Check that the file belongs to this text, and what its offsets count (--offsets)."),
    )


def _other_words(where: str, said: str, found: str) -> UserError:
    return UserError(
        message(
            "{where}: it says “{said}”, but the text there says “{found}”.",
            where=where,
            said=shortened(said),
            found=shortened(found),
        ),
        message("Check that the file belongs to this text, and what its offsets count (--offsets)."),
    )


def shortened(words: str, most: int = 80) -> str:
    """Return words on one line, cut where they are long."""
    return as_line(words, most)


Quoted = tuple[Sequence[tuple[int, int]], str]
"""Places as the file gives them, with the words it says stand there."""


def fitting_unit(source: str, quoted: Iterable[Quoted], asked: Unit) -> Unit:
    """Return the unit of offsets in which all quotes are right: the one asked for, if any is as good."""
    return fitting_unit_of([(source, quoted)], asked)


def fitting_unit_of(parts: Iterable[tuple[str, Iterable[Quoted]]], asked: Unit) -> Unit:
    """Return it for a text in parts, each with the places in it."""
    told = [
        (source, quotes)
        for source, quoted in parts
        if not source.isascii() and (quotes := [(pairs, words) for pairs, words in quoted if words.strip()])
    ]
    units = dict.fromkeys((asked, *UNITS)) if told else ()
    return next((unit for unit in units if all(_fits(*one, unit) for one in told)), asked)


def _fits(source: str, quoted: Sequence[Quoted], unit: Unit) -> bool:
    at = converter(source, unit)
    try:
        return all(says(words, source, [(at(start), at(end)) for start, end in pairs]) for pairs, words in quoted)
    except ValueError:
        return False


def layer(annotator: str, annotations: Iterable[Annotation], **about: object) -> LayerRecord:
    """Return a layer with its annotations in reading order."""
    return LayerRecord(annotator, annotations=tuple(sorted(annotations, key=reading_order)), **about)  # type: ignore[arg-type]


def annotation(uid: str, label: str, span: Span, text: str, **about: object) -> Annotation:
    """Return an annotation of a file: its origin is the import, unless `about` says otherwise."""
    made = Annotation(uid, "", "", label, span, span.quote(text), origin="import")
    return made.but(**about) if about else made
