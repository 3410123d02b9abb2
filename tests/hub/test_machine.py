"""Random work in a project and in copies of packets of it, merged in any order, in parts and twice: one outcome."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.hub.test_packets import back, give, layer_of, said
from tests.making import ANNA, BEN, make, ticking

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.hub import packets
from rubricator.hub.merging import merge, plan
from rubricator.model.edits import Add, Edit, Set
from rubricator.model.elements import annotation_value
from rubricator.model.ids import new_id
from rubricator.model.scheme import Label
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.store import check

TEXT = "Anna S.\n\nLebrune of Port Velis met 🙂 Layla in Arvenia."
ARTICLES = ("one", "two")
DEVICES = [f"00000000-0000-4000-8000-0000000000e{n}" for n in range(3)]

which = st.integers(0, 5)
article = st.sampled_from(ARTICLES)


class Team(RuleBasedStateMachine):
    """Anna leads; Ben works on two machines, she on one more."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.n = 0
        self.main = make(self.folder / "main.rubric", ANNA, [(name, TEXT + name) for name in ARTICLES])
        self.main.apply_all(lambda _keep: iter([self._mixed(f"1111111{n}", "one") for n in range(2)]))
        self.copies: list[Project] = []
        self.sent: list[Path] = []
        self.pack(BEN, None)

    def _mixed(self, start: str, where: str) -> Edit:
        """Return an import that holds layers of both, and of two articles."""
        ops: list[Add | Set] = [Add("annotator", BEN.annotator, {"name": "ben", "kind": "human"})]
        for n, (who, at) in enumerate(((ANNA, where), (BEN, where), (BEN, "two"))):
            a = Annotation(f"{start}-111{n}-4111-8111-111111111111", at, who.annotator, "PERSON", Span.of(n, 7))
            ops += [
                Add("annotation", a.id, annotation_value(a)),
                Set("layer", layer_of(at, who), "status", "todo", "doing"),
            ]
        return Edit("import", tuple(ops), where, {"n": 3, "source": "mixed"})

    def _name(self) -> str:
        self.n += 1
        return f"file{self.n}"

    def _some(self, n: int) -> Project:
        return [self.main, *self.copies][n % (len(self.copies) + 1)]

    @rule(who=st.sampled_from([ANNA, BEN]), only=st.sampled_from([None, *ARTICLES]))
    def pack(self, who: Me, only: str | None) -> None:
        if len(self.copies) < 3 and (only is None or self.main.rows.article(only)) and self.main.rows.count_articles():
            me = Me(who.annotator, who.name, DEVICES[len(self.copies)])
            self.copies.append(give(self.main, me, self.folder, self._name(), (only,) if only else ()))

    @rule(
        n=which,
        at=article,
        start=st.integers(0, 40),
        length=st.integers(1, 9),
        label=st.sampled_from(["PERSON", "CITY"]),
    )
    def annotate(self, n: int, at: str, start: int, length: int, label: str) -> None:
        project = self._some(n)
        if project.rows.article(at):
            try:
                project.annotate(at, label, [Span.of(start, start + length)], exact=True)
            except UserError:
                return

    @rule(n=which, at=article, k=which, label=st.sampled_from(["PERSON", "CITY", "COUNTRY"]))
    def relabel(self, n: int, at: str, k: int, label: str) -> None:
        project = self._some(n)
        if layer := project.annotations(at):
            try:
                project.relabel(layer[k % len(layer)], label)
            except UserError:
                return

    @rule(n=which, at=article, k=which)
    def delete(self, n: int, at: str, k: int) -> None:
        if layer := self._some(n).annotations(at):
            self._some(n).delete([layer[k % len(layer)]])

    @rule(n=which, k=which)
    def both_articles(self, n: int, k: int) -> None:
        """A step of one row that writes into two articles: a packet of one of them has to cut it."""
        project = self._some(n)
        ops = [
            Set("annotation", a.id, "note", a.note or None, f"note {k}")
            for at in ARTICLES
            for a in project.annotations(at)[:1]
        ]
        if ops:
            project.apply(Edit("note", tuple(ops)))

    @rule(n=which)
    def label(self, n: int) -> None:
        name = f"L{new_id()[:6].upper()}"
        self._some(n).add_labels([Label(name, name.title(), name[:4])])

    @rule(n=which, at=article, status=st.sampled_from(["doing", "done"]))
    def status(self, n: int, at: str, status: str) -> None:
        if self._some(n).rows.article(at):
            self._some(n).set_status(at, status)

    @rule(n=which)
    def undo(self, n: int) -> None:
        if self._some(n) is not self.main or len(self.main.history(3)) > 2:
            step = self._some(n).undo_step()
            if step is not None and step.edit.kind != "import":
                self._some(n).undo()

    @rule(n=which)
    def redo(self, n: int) -> None:
        self._some(n).redo()

    @rule(n=which, only=st.sampled_from([None, *ARTICLES]))
    def send(self, n: int, only: str | None) -> None:
        """Keep a packet of the work as it is now: it may be merged much later, or never."""
        project = self._some(n)
        person = packets.annotator_called(project, project.me.annotator)
        if project is not self.main and person and (only is None or project.rows.article(only)):
            packet = self.folder / f"{self._name()}.rubpack"
            if chosen := packets.articles_of(project, person.id, (only,) if only else ()):
                packets.pack(project, packet, person, chosen)
                self.sent.append(packet)

    @rule(k=which, whole=st.booleans())
    def take_in(self, k: int, whole: bool) -> None:
        if whole and self.copies:
            merge(self.main, [self.copies[k % len(self.copies)].path])
        elif self.sent:
            merge(self.main, [self.sent[k % len(self.sent)]])

    @rule(k=which)
    def send_on(self, k: int) -> None:
        """Give a copy what came since."""
        copy = self.copies[k % len(self.copies)]
        person = packets.annotator_called(self.main, copy.me.annotator)
        assert person is not None
        packet = self.folder / f"{self._name()}.rubpack"
        if chosen := packets.articles_of(self.main, person.id):
            packets.pack(self.main, packet, person, chosen)
            merge(copy, [packet])

    @invariant()
    def the_state_is_a_replay(self) -> None:
        for project in (self.main, *self.copies):
            again = check.replay(project.journal.entries(), project.journal.texts())
            assert list(check.differences(check.state(project._store.db), again)) == []

    @invariant()
    def copies_are_blind(self) -> None:
        for copy in self.copies:
            others = [one for one in (ANNA, BEN) if one.annotator != copy.me.annotator]
            for at in ARTICLES:
                assert [copy.annotations(at, other.annotator) for other in others] == [[]]

    def teardown(self) -> None:
        if not hasattr(self, "main"):
            return
        files = [*self.sent, *(back(copy, self.folder, self._name()) for copy in self.copies)]
        files += [copy.path for copy in self.copies]
        rows = {entry.id for copy in self.copies for entry in copy.journal.entries() if "packet" not in str(entry.edit)}
        seen = []
        self.main.back_up("end")
        for n, order in enumerate((files, files[::-1], sorted(files, key=hash))):
            place = self.folder / f"end{n}.rubric"
            place.write_bytes((self.folder / "main-end.rubric").read_bytes())
            with Project.open(place, ANNA, clock=ticking()) as project:
                merge(project, order)
                assert not any(plan(project, file) for file in files)
                assert {finding.what.text for finding in project.check() if finding.damage} == set()
                here = {entry.id for entry in project.journal.entries()}
                assert {row for row in rows if row not in here and row.partition(".")[0] not in here} == set()
                out = self.folder / f"end{n}.jsonl"
                export(project, out, ExportOptions("jsonl"))
                seen.append((said(project), out.read_bytes()))
        for copy in self.copies:
            copy.close()
        self.main.close()
        assert all(one == seen[0] for one in seen)


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
