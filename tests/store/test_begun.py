"""How many articles are begun, by status, of one annotator and of all."""

from __future__ import annotations

from pathlib import Path

from tests import making

from rubricator.model.spans import Span
from rubricator.project import Project


def test_articles_are_counted_by_how_far_they_are(tmp_path: Path) -> None:
    file = tmp_path / "p.rubric"
    with making.make(file, texts=[(f"a{n}", f"Toll met Sund, {n}.") for n in range(6)]) as project:
        for n in range(3):
            project.annotate(f"a{n}", "COUNTRY", [Span.of(0, 4)])
        project.set_status("a1", "done")
        project.set_status("a2", "todo")
        project.set_flags("a3", ("flagged",))
        assert project.rows.begun_counts(making.ANNA.annotator) == {
            "doing": 1, "done": 1, "todo": 1, "": 3,
        }  # fmt: skip
        assert project.rows.begun_counts(making.BEN.annotator) == {"": 6}
    with Project.open(file, making.BEN) as project:
        project.set_status("a1", "skipped")
        project.set_status("a4", "done")
        assert project.rows.begun_counts() == {"doing": 1, "done": 2, "skipped": 1, "todo": 1, "": 2}
