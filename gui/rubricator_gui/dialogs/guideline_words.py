"""What the scheme says of its labels as text (Markdown): definition, guideline, examples, what holds for all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rubricator.model.scheme import Example, Label, Scheme
from rubricator.model.scheme_texts import Called, still_called
from rubricator.verbs.schemes import AROUND
from rubricator.words import Message, _, message, plural, say
from rubricator_gui.panels.markdown import escaped
from rubricator_gui.panels.quotes import one_line


def of_label(scheme: Scheme, label: Label) -> str:
    """Return what the scheme says of this label alone."""
    return "\n\n".join(part for part in _parts(scheme, label) if part)


def of_labels(scheme: Scheme, labels: tuple[Label, ...]) -> str:
    """Return what it says of labels, each under its name where there are several, and what holds for all of them."""
    told = [of_label(scheme, one) for one in labels]
    if len(labels) > 1:
        told = [f"## {escaped(one.title or one.name)}\n\n{words}" for one, words in zip(labels, told, strict=True)]
    return "\n\n---\n\n".join((*told, scheme.guideline) if scheme.guideline else told)


def gone_words(found: Collection[Called]) -> Message | str:
    """Say which labels are gone that texts still name, and which texts those are; nothing where there are none."""
    if not found:
        return ""
    texts = ", ".join(dict.fromkeys(say(one.where) for one in found))
    return message("{gone} It stands in: {texts}", gone=_gone(found), texts=texts)


def gone_in(scheme: Scheme, labels: tuple[Label, ...], gone: Collection[str]) -> Message | str:
    """Say which labels are gone that what the scheme says of these labels, or of all, still names."""
    shown = {label.name for label in labels}
    return _gone(
        [
            one
            for one in still_called(scheme, gone)
            if not one.text.kind or (one.text.kind == "label" and one.text.name in shown)
        ]
    )


def _gone(found: Collection[Called]) -> Message | str:
    names = list(dict.fromkeys(one.name for one in found))
    told = ", ".join(f"“{name}”" for name in names)
    words = plural("{names} is no label any more.", "{names} are no labels any more.", len(names), names=told)
    return words if names else ""


def _parts(scheme: Scheme, label: Label) -> Iterator[str]:
    if not _begins(label.guideline, label.definition):
        yield escaped(label.definition) or _("This label has no definition yet.")
    yield label.guideline
    examples = scheme.examples_of(label.name)
    for title, counter in ((_("Given to"), False), (_("Not given to"), True)):
        some = [one for one in examples if one.counter == counter]
        if some:
            yield f"### {title}"
            yield "\n".join(f"- {_in_context(one)}" for one in some)


def _begins(guideline: str, definition: str) -> bool:
    """Say whether a guideline says the definition itself, as its first words; how they are set does not matter."""
    first, said = (re.findall(r"\w+", part.casefold()) for part in (guideline.split("\n\n", 1)[0], definition))
    return bool(said) and first[: len(said)] == said


def around(example: Example) -> tuple[str, str]:
    """Return what stands around an example in its line, with no word cut in two and “…” where the rest is not kept.

    Where a line was only broken there (next to nothing stands in it) what comes before or after goes along.
    """
    before, after = example.before, example.after
    if len(before) >= AROUND and not before[0].isspace():
        before = "…" + before[len(before.split()[0]) :]
    if len(after) >= AROUND and not after[-1].isspace():
        after = f"{after[: len(after) - len(after.split()[-1])]}…"
    lines, rest = before.split("\n"), after.split("\n")
    return (lines[-1] if len(lines[-1].split()) > 1 else before), (rest[0] if len(rest[0].split()) > 1 else after)


def _in_context(example: Example) -> str:
    left, right = around(example)
    before, quote, after = (escaped(one_line(part)) for part in (left, example.quote, right))
    gap = " " if left[-1:].isspace() else ""
    rest = " " if right[:1].isspace() else ""
    words = f"{before.strip()}{gap}**{quote.strip()}**{rest}{after.strip()}"
    return f"{words} – *{escaped(example.note)}*" if example.note else words
