"""Topics of the article: given, taken off, tied to the annotations that show them; and the tree of all topics."""

from __future__ import annotations

from rubricator.model.meanwhile import meanwhile
from rubricator.model.scheme import Topic
from rubricator.model.spans import Annotation, TopicTag
from rubricator.words import Message, message, plural
from rubricator_gui.desk import Desk
from rubricator_gui.wording import short_quote


class Topics:
    """What a person does with topics."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._walked = ""
        """The topic whose evidence was walked to or tied last."""

    # --- of the article -------------------------------------------------------------------------------------------

    def tag(self, code: str) -> TopicTag | None:
        """Return what says that the article has a topic; None where it has not."""
        return next((tag for tag in self._desk.tags if tag.topic == code), None)

    def give(self, code: str) -> None:
        """Give a topic to the article."""
        desk = self._desk
        if desk.article is not None and desk.do(desk.ready.topics.give, desk.article.id, [code]):
            desk.tell(self._given(code), undo=True)

    def _given(self, code: str) -> Message:
        """Say that a topic was given; where one above it is given as well, or below, the nearest: one may be enough."""
        desk = self._desk
        name, given = desk.topic_name(code), {tag.topic for tag in desk.tags}
        above = desk.scheme.topic_codes_above(code)[1:]
        higher = next((one for one in above if one in given), None)
        if higher is not None:
            other = desk.topic_name(higher)
            return message("Gave the topic {topic}; {other}, which is above it, is given too.", topic=name, other=other)
        lower = [desk.topic_name(one) for one in given if one != code and code in desk.scheme.topic_codes_above(one)]
        if not lower:
            return message("Gave the topic {topic}.", topic=name)
        one = "Gave the topic {topic}; {other}, which is below it, is given too."
        more = "Gave the topic {topic}; {n} topics below it are given too."
        return plural(one, more, len(lower), topic=name, other=lower[0])

    def take(self, code: str) -> None:
        """Take a topic off the article."""
        desk, tag = self._desk, self.tag(code)
        if tag is not None and desk.do(desk.ready.topics.take, tag):
            desk.tell(message("Took off the topic {topic}.", topic=desk.topic_name(code)), undo=True)

    def exchange(self, code: str, other: str) -> None:
        """Give another topic in the place of one, with its note and evidence."""
        desk, tag = self._desk, self.tag(code)
        if tag is not None and desk.do(desk.ready.topics.exchange, tag, other):
            names = {"topic": desk.topic_name(other), "was": desk.topic_name(code)}
            desk.tell(message("Gave the topic {topic} instead of {was}.", **names), undo=True)

    def write_note(self, code: str, shown: str, note: str) -> None:
        """Write the note on a topic of the article, where it is another one than was shown."""
        desk, tag = self._desk, self.tag(code)
        if tag is not None and note != shown and desk.do(desk.ready.topics.write_note, tag, note):
            desk.tell(message("Wrote a note on the topic {topic}.", topic=desk.topic_name(code)), undo=True)

    # --- evidence -------------------------------------------------------------------------------------------------

    @property
    def held(self) -> list[Annotation]:
        """The annotations that a person holds: the chosen one, or those inside the selected words."""
        desk = self._desk
        if desk.chosen_annotation is not None:
            return [desk.chosen_annotation]
        if desk.selection is None:
            return []
        start, end = desk.selection.start, desk.selection.end
        return [one for one in desk.spans.overlapping(start, end) if start <= one.start and one.end <= end]

    def evidence(self, tag: TopicTag) -> list[Annotation]:
        """Return the annotations of the article that are evidence for a topic, in reading order."""
        found = (self._desk.spans.get(one) for one in tag.evidence)
        return sorted((one for one in found if one is not None), key=_place)

    def shown_by(self, annotation: str) -> list[TopicTag]:
        """Return the topics of the article for which an annotation (its id) is evidence."""
        return [tag for tag in self._desk.tags if annotation in tag.evidence]

    def tied(self, code: str) -> bool:
        """Say whether all that a person holds is evidence for a topic."""
        tag = self.tag(code)
        return tag is not None and bool(self.held) and all(one.id in tag.evidence for one in self.held)

    def tie(self, code: str) -> None:
        """Make what a person holds evidence for a topic, or untie it where it is; a topic not given yet is given."""
        desk, tag, held = self._desk, self.tag(code), self.held
        if desk.article is None or not held:
            self._tell_what_to_hold()
            return
        ids = [one.id for one in held]
        about = {"quote": short_quote(held[0].quote), "topic": desk.topic_name(code)}
        self._walked = code
        if tag is not None and self.tied(code):
            if desk.do(desk.ready.topics.untie, tag, ids):
                words = plural(
                    "Untied “{quote}” from {topic}.", "Untied {n} annotations from {topic}.", len(ids), **about
                )
                desk.tell(words, undo=True)
        elif desk.do(desk.ready.topics.give, desk.article.id, [code], ids):
            words = plural("Tied “{quote}” to {topic}.", "Tied {n} annotations to {topic}.", len(ids), **about)
            desk.tell(words, undo=True)

    def _tell_what_to_hold(self) -> None:
        if self._desk.selection is not None:
            self._desk.tell(
                message("Label these words first: evidence for a topic is an annotation."), warns=True, idle=True
            )
        else:
            self._desk.tell(
                message("Choose an annotation in the article first: it becomes the evidence."), warns=True, idle=True
            )

    def next_evidence(self, code: str = "") -> None:
        """Choose the next annotation that is evidence: for a topic, or for the one that was looked at last."""
        desk = self._desk
        tags = [tag for tag in desk.tags if self.evidence(tag)]
        wanted = code or self._walked
        tag = next((tag for tag in tags if tag.topic == wanted), None)
        if tag is None and not code:
            tag = next(iter(tags), None)
        if tag is None:
            desk.tell(message("No topic of this article has evidence yet."), idle=True)
            return
        self._walked = tag.topic
        found = self.evidence(tag)
        ids = [one.id for one in found]
        n = (ids.index(desk.chosen) + 1) % len(ids) if desk.chosen in ids else 0
        if not code and n == 0 and desk.chosen == ids[-1] and len(tags) > 1:  # on to the next topic
            tag = tags[(tags.index(tag) + 1) % len(tags)]
            self._walked, found = tag.topic, self.evidence(tag)
        desk.choose(found[n].id)
        about = {"n": n + 1, "all": len(found), "topic": desk.topic_name(tag.topic)}
        desk.tell(message("Evidence {n} of {all} for {topic}.", **about))

    # --- the tree -------------------------------------------------------------------------------------------------

    def add(self, topic: Topic) -> bool:
        """Put a topic into the tree; False where it was refused."""
        desk = self._desk
        done = desk.do(desk.ready.topics.add, topic.name, topic.parent, topic.definition, topic.synonyms)
        if done:
            desk.tell(message("Added the topic “{name}”.", name=topic.name), undo=True)
        return done

    def change(self, before: Topic, after: Topic) -> bool:
        """Write what was changed of a topic of the tree; False where it was refused."""
        desk = self._desk
        now = desk.scheme.topics_by_code.get(before.code, before)
        if meanwhile(after, before, now) == now:  # nothing was changed, or somebody else wrote the same
            return True
        done = desk.do(desk.ready.topics.change, before, after)
        if done:
            desk.tell(message("Changed the topic “{name}”.", name=after.name), undo=True)
        return done

    def retire(self, code: str) -> None:
        """Have a topic given no more."""
        desk = self._desk
        if desk.do(desk.ready.topics.retire, code):
            desk.tell(message("Retired the topic “{name}”; articles keep it.", name=desk.topic_name(code)), undo=True)

    def bring_back(self, code: str) -> None:
        """Have a retired topic given again."""
        desk = self._desk
        if desk.do(desk.ready.topics.bring_back, code):
            desk.tell(message("The topic “{name}” can be given again.", name=desk.topic_name(code)), undo=True)


def _place(annotation: Annotation) -> tuple[int, int]:
    return annotation.start, -annotation.end
