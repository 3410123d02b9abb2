"""Import: files become records, records become one step of the journal; all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.clusters import Clusters
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.kept import case_of
from rubricator.exchange.naming import Naming
from rubricator.exchange.origins import signed
from rubricator.exchange.owners import check_own, person_asked
from rubricator.exchange.progress import Progress, silent
from rubricator.exchange.sound import Item, size, sound
from rubricator.exchange.sources import find_sources
from rubricator.exchange.twice import Twice
from rubricator.formats.base import Header, LayerRecord, Person, Reader, ReadOptions, Record
from rubricator.formats.json_values import fits_id
from rubricator.formats.reading import shortened
from rubricator.model import edits as e
from rubricator.model.changes import Change
from rubricator.model.edits import Add, Edit, Op, Set
from rubricator.model.ids import named_id, new_id
from rubricator.model.rules import span_violations
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_edits import about_scheme, part_ops, topic_op
from rubricator.model.spans import Annotation, Article, Span, TopicTag
from rubricator.model.text import digest, plain
from rubricator.project import Project
from rubricator.words import Message, message, say

_TEXT_IDS = "8d3d2f7e-6b0a-5c53-8f0b-0d0d6a3f4c11"
_ENDS = ("from", "to", "on")
"""What relations and comments name annotations by."""
_OPS_IN_A_ROW = 4_000
"""Operations in one journal row of an import: enough to be quick, few enough to be read in one piece."""
_BYTES_IN_A_ROW = 16_000_000
"""About how much a row may hold: one article may bring a megabyte of metadata."""


class _DryRunError(Exception):
    """Ends a dry run: the transaction is rolled back."""


def import_files(
    project: Project, sources: Sequence[Path], options: ImportOptions, progress: Progress = silent
) -> tuple[ImportReport, Change]:
    """Import files as one step that undo takes back.

    Of several files one that is damaged is refused as a whole, and told; of one alone (or with `strict`) a UserError
    names file and line, and nothing is kept.
    """
    work = _Import(project, options, progress)
    found = find_sources(sources, options.format)
    work.report.cases.add(("file", plain(path.name)) for path in found.left)
    first, *others = [path for path, _key in found.files] or [*sources]
    work.source = plain(first.name) + (f" +{len(others)}" if others else "")
    readers = [(path, key, formats.reader(key)) for path, key in found.files]
    names = Counter(path.name for path, _key in found.files)
    several = len(readers) + len(found.closed) > 1 and not options.strict
    for error in found.closed:
        if not several:
            raise error
        work.refuse(error)

    def items() -> Iterator[tuple[Path, Item]]:
        for done, (path, key, reader) in enumerate(readers):
            work.at = (done, len(readers))
            progress(*(work.at if len(readers) > 1 else (0, 0)))
            encoding = options.encodings.get(path)
            how = replace(options.read, encoding=encoding) if encoding else options.read
            read = partial(_read, reader, path, key, how)
            try:
                held = sound(read, partial(work.check, path, {})) if several else read()
            except UserError as error:
                if not several:
                    raise
                work.refuse(error, plain(path.parent.name) if names[path.name] > 1 else "")
                continue
            work.report.files[key] += 1
            yield from ((path, item) for item in held)
        if not work.report.files:
            raise UserError(
                message("Nothing was imported: of {n} files none can be read.", n=work.report.damaged),
                message("The first: {why}", why=work.first),
            )

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        yield from work.edits(items(), keep)
        if options.strict:
            _refuse_all(work.report)
        if options.dry_run or (options.ask and work.report.asks):
            raise _DryRunError

    try:
        change = project.apply_all(produce)
    except _DryRunError:
        change = Change()
        work.report.dry = True
    return work.report, change


def _read(reader: Reader, path: Path, key: str, how: ReadOptions) -> Iterator[Item]:
    return signed(reader.read(path, how), path, key)


def _refuse_all(report: ImportReport) -> None:
    """Raise UserError where anything was refused."""
    refused = report.of("refused")
    if refused:
        first = next((place for case in refused for place in case.where), "")
        raise UserError(
            message("Nothing was imported: {what}.", what=refused[0].what),
            message("The first is here: {place}. Without --strict the rest comes in.", place=first),
        )


class _Entities:
    """The entities of the files, and those of the project that they are: by their id, or else their external id.

    Two of one file stay two, although they may have one external id.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._external: dict[str, str] | None = None
        self._here: dict[str, str] = {}

    def meet(self, entity: Mapping[str, Any]) -> Add | None:
        """Take in an entity of a file; return what lists it, or None where it is listed."""
        if self._external is None:
            known = self._project.entities.all()
            self._external = {one.external: one.id for one in known if one.external}
            self._here = {one.id: one.id for one in known}
        value = dict(entity)
        uid = _entity_id(str(value.pop("id", "") or new_id()))
        external = str(value.get("external") or "")
        if uid in self._here:
            return None
        other = self._external.get(external) if external else None
        self._here[uid] = other or uid
        return None if other else Add("entity", uid, value)

    def here(self, uid: str) -> str:
        """Return the id by which an entity of a file is known in the project."""
        uid = _entity_id(uid)
        return self._here.get(uid, uid)


def _entity_id(uid: str) -> str:
    """Return an id by which an entity can be kept, in place of one that our own files could not hold."""
    return uid if fits_id(uid) else named_id(_TEXT_IDS, "entity", uid)


class _Import:
    """One import under way."""

    def __init__(self, project: Project, options: ImportOptions, progress: Progress) -> None:
        self._project = project
        self._rows = project.rows
        self._options = options
        self._progress = progress
        self.report = ImportReport()
        self._ops: list[Op] = []
        self._dropped: set[str] = set()  # ids of this article's annotations that are left out
        self._clusters = Clusters(project, self._ops)
        self._naming = Naming(project.scheme, options, self.report, self._ops)
        self._entities = _Entities(project)
        self._twice = Twice(self._rows, self._ops)
        self._again = self._rows.again()
        self._whose = person_asked(project, options.annotator)
        self._is_copy = bool(project.packet)
        self._people: dict[str, str] = {}  # by id
        self._named: dict[str, str] = {}
        self._called = {project.me.annotator: project.me.name}
        self._waiting: dict[str, str] = {}
        self._fresh: set[int] = set()  # articles of this import, by what their ids hash to
        self._standing_in = ("", "")
        self._standing: dict[tuple[str, Span], list[str]] = {}  # of a layer that was here: ids by what they say
        self._noted: set[str] = set()  # tags of this row with a note or evidence
        self._new: dict[tuple[str, str], tuple[str, str]] = {}  # where ids of this row are at home
        self.source = ""
        self.at = (0, 0)
        """Which file is read, of how many."""
        self.first: Message | str = ""
        """Why the first file that was refused was so."""
        self._n = 0
        self._first = ""

    def edits(
        self, items: Iterable[tuple[Path, Header | Record]], keep: Callable[[Iterable[tuple[str, str]]], None]
    ) -> Iterator[Edit]:
        """Yield the journal rows of the import; texts are kept before the row that names them."""
        seen = held = 0
        for path, item in items:
            self.source = self.source or plain(path.name)
            if isinstance(item, Header):
                self._header(item)
            else:
                self._record(item, path, keep)
                seen += 1
                if seen % 100 == 0:
                    self._progress(*(self.at if self.at[1] > 1 else (seen, 0)))
            held += size(item)
            if len(self._ops) >= _OPS_IN_A_ROW or (self._ops and held >= _BYTES_IN_A_ROW):
                yield self._row()
                held = 0
        if not (self._options.dry_run or self._options.ask):
            self._naming.check()
        if self._ops:
            yield self._row()

    def _row(self) -> Edit:
        edit = Edit("import", tuple(self._ops), self._first, {"n": self._n, "source": self.source})
        self._ops.clear()
        self._n, self._first = 0, ""
        self._waiting.clear()
        self._new.clear()
        self._clusters.flushed()
        self._noted.clear()
        return edit

    # --- what is wrong with a file ---------------------------------------------------------------------------------

    def refuse(self, error: UserError, folder: str = "") -> None:
        """Tell of a file that nothing is taken of; `folder` is where it lies, if others are called like it."""
        self.first = self.first or error.text
        self.report.damaged += 1
        why = say(error.text).rstrip(".")
        self.report.cases.add([("damaged", f"{folder}/{why}" if folder else why)])

    def check(self, path: Path, texts: dict[str, str], item: Item) -> None:
        """Raise UserError where an article cannot be taken; `texts` are the digests of those before it in its file."""
        if isinstance(item, Header):
            return
        where = item.where or path.name
        record = item if item.text else self._here(item)
        if record is None:
            return
        key = digest(record.text)
        uid = record.id or named_id(_TEXT_IDS, key)
        self._check_text(uid, key, texts.get(uid, ""), where)
        texts[uid] = key
        for layer in record.layers:
            for n, annotation in enumerate(layer.annotations):
                _check_span(annotation, record.text, where, n)

    def _check_text(self, uid: str, key: str, before: str, where: str) -> None:
        there = before or self._waiting.get(uid) or self._rows.digest_of(uid)
        if there and there != key:
            raise UserError(
                message("{where}: the article “{id}” is here already, with another text.", where=where, id=uid),
                message("A text never changes. Give the article another id, or take the old one out first."),
            )

    # --- the corpus as a whole ------------------------------------------------------------------------------------

    def _header(self, header: Header) -> None:
        about = self._rows.project()
        provisional = about.get("provisional")
        provisional = provisional if isinstance(provisional, list) else []
        fresh = self._rows.count_articles() == 0 and not self._waiting
        if header.scheme is not None:
            names = bool(header.scheme.labels or header.scheme.relations or header.scheme.attributes)
            if names:
                self._naming.offer(header.scheme, partly=header.names != "all")
            ours = "scheme" in provisional or not self._naming.scheme.labels
            if fresh and names and ours and header.names != "some":
                self._adopt(header.scheme)
            else:
                self._take_topics(header.scheme)
        if fresh and header.name and "name" in provisional and about.get("name") != header.name:
            self._ops.append(Set("project", "project", "name", about.get("name"), header.name))
        if fresh and header.extra:
            self._ops.append(Set("project", "project", "extra", about.get("extra"), dict(header.extra)))
        elif dict(header.extra) != (about.get("extra") or {}) and header.extra:
            keys = ", ".join(f"“{key}”" for key in header.extra)
            note = message("what it says of its project was left out, since this one has articles: {keys}", keys=keys)
            self.report.notes.append((self.source, note))
        for person in header.people:
            if self._whose is None and not self._is_copy:  # else all layers are of one, whoever the file names
                self._meet(person)
            self._called.setdefault(person.id, person.name)
        for entity in header.entities:
            op = self._entities.meet(entity)
            if op is not None:
                self._ops.append(op)
                self.report.entities += 1

    def _adopt(self, scheme: Scheme) -> None:
        """Take over the scheme of the file: this project has no articles, and nobody chose its scheme."""
        old = self._naming.scheme
        scheme = replace(scheme, version=max(scheme.version, old.version))
        about = about_scheme(scheme) | {"version": scheme.version - self._rows.changes_of_scheme()}
        was = self._rows.project().get("scheme")
        self._ops += [*part_ops(old, scheme), Set("project", "project", "scheme", was, about)]
        self._naming.scheme = scheme
        self.report.scheme = (scheme.name, len(scheme.labels))

    def _take_topics(self, scheme: Scheme) -> None:
        """Add the topics that the file brings: they are reference data, and offered to nobody unless active."""
        known = self._naming.scheme
        fresh = [topic for topic in scheme.topics if topic.code not in known.topics_by_code]
        if fresh:
            self._ops += map(topic_op, fresh)
            self._naming.scheme = replace(known, topics=(*known.topics, *fresh))

    def _meet(self, person: Person) -> str:
        """Return the id of an annotator a file names, by id or, where it gives none, by name; a new one joins."""
        known_by = self._people.get(person.id or person.name) or (not person.id and self._named.get(person.name))
        if known_by:
            return known_by
        known = {annotator.id: annotator.name for annotator in self._rows.annotators()}
        me = self._project.me
        known.setdefault(me.annotator, me.name)
        found = person.id
        if not found:
            namesakes = [uid for uid, name in known.items() if person.name in {name, uid}]
            found = namesakes[0] if len(namesakes) == 1 else new_id()
        if found not in known:
            value: dict[str, Any] = {**person.extra, "name": person.name or person.id, "kind": person.kind}
            self._ops.append(Add("annotator", found, value))
            self.report.people.append(person.name or person.id)
        self._people[found] = found
        self._called[found] = known.get(found) or person.name or found
        if person.name:
            self._named.setdefault(person.name, found)
        return found

    # --- an article -----------------------------------------------------------------------------------------------

    def _record(self, record: Record, path: Path, keep: Callable[[Iterable[tuple[str, str]]], None]) -> None:
        if not record.text:
            found = self._here(record)
            if found is None:
                self.report.cases.add([("absent", f"{record.where or path.name}: {record.title or record.id}")])
                return
            record = found
        key = digest(record.text)
        uid = record.id or named_id(_TEXT_IDS, key)
        where = record.where or path.name
        self.report.notes += [(where, note) for note in record.notes]
        self.report.cases.add(record.cases)
        self._check_text(uid, key, "", where)
        ever = self._options.clash == "keep" and bool(self._rows.digest_of(uid))
        before = len(self._ops)
        article = Article(
            id=uid,
            digest=key,
            title=record.title,
            meta=record.meta,
            zones=record.zones,
            cluster=record.cluster,
            extra=record.extra,
        )
        if uid in self._waiting or self._rows.article(uid) is not None:
            self.report.repeated += hash(uid) in self._fresh
            self.report.known += hash(uid) not in self._fresh
        else:
            self._fresh.add(hash(uid))
            keep([(key, record.text)])
            value = e.article_value(article)
            self.report.versions += self._clusters.join(uid, value)
            self._ops.append(Add("article", uid, value))
            self.report.articles += 1
            self._n += 1
            self._first = self._first or uid
        self._waiting[uid] = key
        self._twice.meet(uid, record)
        self._dropped.clear()
        owners = [self._layer(article, layer, where) for layer in record.layers]
        renamed: list[dict[str, str]] = []
        for owner, layer in zip(owners, record.layers, strict=True):
            renamed.append({})
            for n, annotation in enumerate(layer.annotations):
                uid = self._annotation(annotation, article, owner, record.text, where, n)
                if uid:
                    renamed[-1][annotation.id or f"#{n}"] = uid
        anywhere = {old: new for layer in reversed(renamed) for old, new in layer.items()}
        for owner, layer, own in zip(owners, record.layers, renamed, strict=True):
            self._about(article.id, layer, owner, {**anywhere, **own}, where)
        if ever:
            self._ops[before:], kept = self._again.settled(self._ops[before:])
            self.report.cases.add(case_of(one, record.text, where) for one in kept)

    def _here(self, record: Record) -> Record | None:
        """Return what a file without texts says, with the text of the article that it means; None if none is here."""
        key = self._waiting.get(record.id) or self._rows.digest_of(record.id)
        return replace(record, text=self._project.text(Article(id=record.id, digest=key))) if key else None

    def _layer(self, article: Article, layer: LayerRecord, where: str) -> str:
        """Write what is said of a layer as a whole; return its owner."""
        person = self._whose or Person("", layer.annotator)
        if self._is_copy and not (self._options.dry_run or self._options.ask):
            check_own(self._project.me, person, self._called, where)
        owner = self._meet(replace(person, kind=layer.kind)) if person.name else self._project.me.annotator
        self.report.layers[self._called[owner]] += 1
        identity = e.layer_id(article.id, owner)
        old = self._rows.layer(article.id, owner)
        counted = sum(old.counted.values())  # what this project has counted by itself stays beside what the file says
        seconds = layer.seconds - counted if layer.seconds != old.seconds else old.seconds - counted
        for key, was, will in (
            ("status", old.status, layer.status),
            ("flags", list(old.flags) or None, list(layer.flags) or None),
            ("seconds", (old.seconds - counted) or None, seconds if seconds > 0 else None),
            ("extra", (old.extra or {}).get("extra"), dict(layer.extra) or None),
        ):
            if will != was and will is not None and not (key == "status" and will == "todo"):
                self._ops.append(Set("layer", identity, key, was, will))
        return owner

    def _about(self, article: str, layer: LayerRecord, owner: str, renamed: dict[str, str], where: str) -> None:
        """Write topics, relations, comments and decisions, which may name annotations of any layer of the article."""
        more = {tag.topic for tag in self._rows.tags(article, owner) if _says_more(tag)} if layer.topics else set()
        for tag in layer.topics:
            self._naming.topic(tag.topic, where)
            self._tag(tag, article, owner, renamed, standing=tag.topic in more)
        for kind, items in (
            ("relation", layer.relations),
            ("comment", layer.comments),
            ("decision", layer.decisions),
        ):
            for n, item in enumerate(items):
                uid = self._id_of(kind, item, article, owner, renamed, where)
                renamed[str(item.get("id") or f"{kind} #{n}")] = uid
            for n, item in enumerate(items):
                if self._dropped.intersection(str(item.get(key)) for key in ("from", "to", "on")):
                    self.report.cases.add([("end", f"{where}: {kind} {item.get('label', '')}")])
                    continue
                if kind == "relation":
                    self._naming.relation(str(item.get("label")), where)
                    self.report.relations += 1
                self._element(kind, renamed[str(item.get("id") or f"{kind} #{n}")], item, article, owner, renamed)

    def _annotation(self, a: Annotation, article: Article, owner: str, text: str, where: str, n: int) -> str:
        self.report.uneven += _check_span(a, text, where, n)
        label = self._naming.label(a.label, where)
        if not label:
            self.report.cases.add([("mapped", f"{where}: {a.label} “{shortened(a.quote)}”")])
            self._dropped.add(a.id)
            return ""
        self._naming.attributes(a.attributes)
        here = (article.id, owner)
        uid = self._id_in_copy(a.id, owner) if self._rows.home_of(a.id) is None else a.id
        if not uid or self._new.get(("annotation", uid), self._rows.home_of(uid) or here) != here:
            # The same file gives the same ids, so that importing it twice gives its annotations once.
            uid = named_id(_TEXT_IDS, article.id, owner, a.label, a.span.fragments, a.id, n)
        self.report.annotations += 1
        if a.created is None and (twin := self._twin(uid, here, label, a.span)):
            self.report.standing += 1
            return twin
        entity = self._entities.here(a.entity)
        version = min(a.scheme, self._naming.scheme.version)  # of another scheme: it is not newer than what comes here
        own = a.but(id=uid, article=article.id, annotator=owner, label=label, entity=entity, scheme=version)
        value = e.annotation_value(own)
        if said := self._twice.other("annotation", uid, owner, value):
            uid = named_id(_TEXT_IDS, *here, a.id, said)
            self.report.cases.add([("namesake", f"{where}: {label} “{shortened(a.quote)}”")])
        self._new["annotation", uid] = here
        self._ops.append(Add("annotation", uid, value))
        return uid

    def _id_in_copy(self, uid: str, owner: str) -> str:
        """Return by which id something new is known; in a packet's copy by one that is nobody else's.

        Files of two annotators may say the same of one text under the same id, and what one of them brings back must
        not pass for the work of the other.
        """
        return named_id(_TEXT_IDS, "copy", owner, uid) if uid and self._is_copy else uid

    def _twin(self, uid: str, here: tuple[str, str], label: str, span: Span) -> str:
        """Return the id of what stands in a layer (article, owner) with this label on these words, once; or nothing.

        Nothing where the annotation itself was here before. Most formats give annotations ids that mean nothing
        elsewhere, or none. What comes back in such a file says again what stands here; its notes and attributes are
        not taken, for a poorer format would take some away.
        """
        if hash(here[0]) in self._fresh or self._rows.home_of(uid) is not None:
            return ""
        if here != self._standing_in:
            self._standing_in, self._standing = here, {}
            for one in self._rows.annotations(*here):
                self._standing.setdefault((one.label, one.span), []).append(one.id)
        found = self._standing.get((label, span))
        return found.pop() if found else ""

    def _tag(
        self, tag: TopicTag, article: str, owner: str, renamed: Mapping[str, str], *, standing: bool = False
    ) -> None:
        """Write a topic tag; one that stands with a note or evidence loses none to a file that knows of none."""
        self.report.topics += 1
        if _says_more(tag):
            self._noted.add(e.tag_id(article, owner, tag.topic))
        elif standing or e.tag_id(article, owner, tag.topic) in self._noted:
            return
        evidence = tuple(renamed.get(item, item) for item in tag.evidence)
        uid = e.tag_id(article, owner, tag.topic)
        full = TopicTag(uid, article, owner, tag.topic, tag.note, evidence, tag.extra)
        self._ops.append(Add("tag", uid, e.tag_value(full)))

    def _id_of(
        self, kind: str, item: Mapping[str, Any], article: str, owner: str, renamed: Mapping[str, str], where: str
    ) -> str:
        """Return the id of a relation, comment or decision; one of its own where the file's is another's already."""
        uid = str(item.get("id") or "")
        if self._rows.element_home(kind, uid) is None:
            uid = self._id_in_copy(uid, owner)
        here = (article, owner)
        if not uid or self._new.get((kind, uid), self._rows.element_home(kind, uid) or here) != here:
            uid = named_id(_TEXT_IDS, kind, article, owner, sorted(item.items(), key=repr))
        ends = {key: renamed.get(item[key], item[key]) for key in _ENDS if isinstance(item.get(key), str)}
        if said := self._twice.other(kind, uid, owner, {**item, **ends}):
            uid = named_id(_TEXT_IDS, kind, *here, said)
            self.report.cases.add([("namesake", f"{where}: {kind} {item.get('label', '')}".rstrip())])
        self._new[kind, uid] = here
        return uid

    def _element(
        self, kind: str, uid: str, item: Mapping[str, Any], article: str, owner: str, renamed: Mapping[str, str]
    ) -> None:
        value = {key: part for key, part in item.items() if key != "id"}
        for key in (*_ENDS, "reply_to"):
            if isinstance(value.get(key), str):
                value[key] = renamed.get(value[key], value[key])
        if (
            isinstance(value.get("by"), str) and value["by"] in self._named
        ):  # a file that gives annotators no ids calls them by name
            value["by"] = self._named[value["by"]]
        if isinstance(value.get("subjects"), list):
            value["subjects"] = [renamed.get(x, x) if isinstance(x, str) else x for x in value["subjects"]]
        self._ops.append(Add(kind, uid, {**value, "article": article, "annotator": owner}))


def _check_span(a: Annotation, text: str, where: str, n: int) -> bool:
    """Say whether a span cuts a character or takes in white space; UserError where it is none of this text."""
    violations = list(span_violations(a, text))
    if refused := next((violation for violation in violations if violation.refused), None):
        raise UserError(
            message("{where}: annotation {n} was refused: {why}.", where=where, n=n + 1, why=refused.why),
            message("Correct it in the file. Offsets are code points; --offsets names another unit."),
            refusals=(refused,),
        )
    return bool(violations)


def _says_more(tag: TopicTag) -> bool:
    return bool(tag.note or tag.evidence or tag.extra)
