"""Topics of articles, with notes and evidence; and the tree of topics that can be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rubricator.errors import UserError
from rubricator.model import layer_edits as e
from rubricator.model import topic_tags as t
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.model.elements import tag_id
from rubricator.model.folding import fold, single_spaced
from rubricator.model.meanwhile import meanwhile
from rubricator.model.scheme import Topic
from rubricator.model.scheme_edits import topic_ops
from rubricator.model.spans import Annotation, TopicTag
from rubricator.model.text import plain
from rubricator.model.topics import code_by_hand, overlong
from rubricator.verbs.door import Door
from rubricator.words import message


class Topics:
    """The verbs of topics."""

    def __init__(self, door: Door) -> None:
        self._door = door

    # --- of an article --------------------------------------------------------------------------------------------

    def give(self, article: str, topics: Iterable[str], evidence: Iterable[str] = ()) -> Change:
        """Give topics to an article in one's own layer, as one step; those it has already are passed over.

        `evidence` names annotations of the layer that the topics are given for.
        """
        me, tied = self._door.me.annotator, tuple(evidence)

        def edits() -> Iterator[Edit]:
            given = {tag.topic: tag for tag in self._door.rows.tags(article, me)}
            codes = list(dict.fromkeys(topics))
            new = [
                TopicTag(tag_id(article, me, code), article, me, code, evidence=tied)
                for code in codes
                if code not in given
            ]
            if new:
                yield e.tag(new, *self._door.begun(article))
            for code in codes:
                if code in given and any(one not in given[code].evidence for one in tied):
                    yield t.evidence(given[code], tied)

        return self._door.judged(edits())

    def take(self, tag: TopicTag) -> Change:
        """Take a topic off an article."""
        return self._door.apply(e.untag(tag))

    def tie(self, tag: TopicTag, annotations: Sequence[Annotation]) -> Change:
        """Make annotations of the layer evidence for a topic."""
        edit = t.evidence(tag, [one.id for one in annotations])
        return self._door.apply(edit) if edit.ops else Change()

    def untie(self, tag: TopicTag, annotations: Sequence[str]) -> Change:
        """Take annotations (by id) out of the evidence for a topic."""
        edit = t.evidence(tag, annotations, tied=False)
        return self._door.apply(edit) if edit.ops else Change()

    def write_note(self, tag: TopicTag, note: str) -> Change:
        """Write the note on a topic of an article."""
        words = plain(note).strip()
        return self._door.apply(t.reword(tag, words)) if words != tag.note else Change()

    def exchange(self, tag: TopicTag, code: str) -> Change:
        """Give another topic in the place of one, with its note and evidence, as one step."""
        if code == tag.topic:
            return Change()

        def edits() -> Iterator[Edit]:
            given = next((one for one in self._door.rows.tags(tag.article, tag.annotator) if one.topic == code), None)
            if given is None:
                uid = tag_id(tag.article, tag.annotator, code)
                yield e.tag([tag._replace(id=uid, topic=code)])
            else:
                if any(one not in given.evidence for one in tag.evidence):
                    yield t.evidence(given, tag.evidence)
                if tag.note and tag.note not in given.note:
                    yield t.reword(given, "\n".join(filter(None, (given.note, tag.note))))
            yield e.untag(tag)

        return self._door.judged(edits())

    def recent(self, most: int) -> list[str]:
        """Return the codes of the topics that one has given last, the latest first."""
        return self._door.rows.recent_topics(self._door.me.annotator, most)

    # --- the tree -------------------------------------------------------------------------------------------------

    def put(self, topics: Sequence[Topic], source: str, *, keep: bool = False) -> Change:
        """Put a tree in the place of the present one; what it lacks is retired, or stays as it is (`keep`)."""
        codes = {topic.code for topic in topics}
        today = self._today

        def edits() -> Iterator[Edit]:
            stay = [
                one if one.retired or keep else one._replace(retired=today)
                for one in self._door.scheme.topics
                if one.code not in codes
            ]
            yield self._written((*topics, *stay), Edit("topics", (), "", {"n": len(topics), "source": source}))

        return self._door.judged(edits())

    def add(self, name: str, parent: str = "", definition: str = "", synonyms: Iterable[str] = ()) -> Change:
        """Put a topic of one's own into the tree, below another one or at the top."""

        def edits() -> Iterator[Edit]:
            scheme = self._door.scheme
            code = code_by_hand(plain(name))
            new = self._checked(Topic(code, name, definition, parent, "", tuple(synonyms)))
            yield self._written((*scheme.topics, new), Edit("topic-add", (), "", {"name": new.name}))

        return self._door.judged(edits())

    def change(self, shown: Topic, topic: Topic) -> Change:
        """Write what somebody changed of a topic as it was `shown`: its name, place, definition or other names.

        All else stays as others wrote it meanwhile; so do its code, and the tags of articles.
        """

        def edits() -> Iterator[Edit]:
            new = self._checked(meanwhile(topic, shown, self._known(shown.code))._replace(code=shown.code))
            yield self._written(self._with(new), Edit("topic-change", (), "", {"name": new.name}))

        return self._door.judged(edits()) if topic != shown else Change()

    def retire(self, code: str, *, note: str = "", instead: Sequence[str] = ()) -> Change:
        """Have a topic given no more; articles keep it. Those below it move up: nothing stands under a retired one."""

        def edits() -> Iterator[Edit]:
            old = self._known(code)
            if old.retired:
                return
            gone = old._replace(retired=self._today, note=plain(note).strip(), instead=tuple(instead))
            topics = (
                one._replace(parent=old.parent) if one.parent == code and not one.retired else one
                for one in self._with(gone)
            )
            yield self._written(tuple(topics), Edit("topic-retire", (), "", {"name": old.name}))

        return self._door.judged(edits())

    def bring_back(self, code: str) -> Change:
        """Have a retired topic given again."""

        def edits() -> Iterator[Edit]:
            old = self._known(code)
            if not old.retired:
                return
            by_code, parent = self._door.scheme.topics_by_code, old.parent
            while parent in by_code and by_code[parent].retired:
                parent = by_code[parent].parent
            new = old._replace(retired="", note="", instead=(), parent=parent)
            yield self._written(self._with(new), Edit("topic-back", (), "", {"name": old.name}))

        return self._door.judged(edits())

    @property
    def _today(self) -> str:
        return self._door.stamp().at[:10]

    def _known(self, code: str) -> Topic:
        found = self._door.scheme.topics_by_code.get(code)
        if found is None:
            raise UserError(message("The scheme has no topic “{topic}”.", topic=code), message("Choose another topic."))
        return found

    def _checked(self, topic: Topic) -> Topic:
        """Return a topic as it may stand in the tree; UserError where it may not."""
        scheme = self._door.scheme
        name = single_spaced(plain(topic.name))
        if not name:
            raise UserError(message("A topic needs a name."), message("Write one."))
        if topic.parent and topic.parent not in scheme.topics_by_code:
            raise UserError(
                message("The scheme has no topic “{topic}”.", topic=topic.parent), message("Choose another.")
            )
        if topic.code in scheme.topic_codes_above(topic.parent):
            raise UserError(
                message("“{name}” cannot stand below itself.", name=name), message("Choose a topic outside it.")
            )
        for one in scheme.offered_topics():
            if one.code != topic.code and one.parent == topic.parent and fold(one.name) == fold(name):
                raise UserError(
                    message("There is a topic “{name}” in this place already.", name=one.name),
                    message("Choose another name, or another place."),
                )
        synonyms = dict.fromkeys(
            word for one in topic.synonyms if (word := single_spaced(plain(one))) not in ("", name)
        )
        found = topic._replace(name=name, definition=plain(topic.definition).strip(), synonyms=tuple(synonyms))
        if (why := overlong(found, scheme.topics_by_code.get(topic.code))) is not None:
            raise UserError(why, message("Shorten it."))
        return found

    def _with(self, topic: Topic) -> tuple[Topic, ...]:
        """Return the topics of the tree with this one in the place of what has its code."""
        return tuple(topic if one.code == topic.code else one for one in self._door.scheme.topics)

    def _written(self, topics: Sequence[Topic], edit: Edit) -> Edit:
        """Return an edit with what makes another tree of the present one: other topics, and their order."""
        ops = topic_ops(self._door.scheme, topics)
        return replace(edit, ops=(*ops, *self._door.chosen()) if ops else ())
