"""What each format does with real corpora, made by running it: `make formats` writes docs/formats.md.

For each format that is read: every file of ../shared/data that it takes for its own (or RUBRICATOR_CORPORA) is imported
into one project, exported in the same format, imported again, and compared. The referee is a test file, run here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.formats import make

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import ExportOptions, export
from rubricator.exchange.sources import find_sources
from rubricator.formats import Spec
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.words import say

ROOT = Path(__file__).parent.parent
CORPORA = Path(os.environ.get("RUBRICATOR_CORPORA") or ROOT.parent / "shared" / "data")
ME = Me("00000000-0000-4000-8000-0000000000fa", "table", "00000000-0000-4000-8000-0000000000fb")
MANY = 2_000
"""Articles of the measure of speed: each of 2,000 characters with 10 spans."""

REFEREES: dict[str, tuple[str, tuple[str, ...]]] = {
    "jsonl": ("JSON Schema (jsonschema)", ("tests/formats/test_jsonl.py",)),
    "brat": ("a strict reader from brat's documentation", ("tests/formats/test_brat.py", "tests/formats/test_brat_reader.py")),
    "webanno": (
        "dkpro-cassis on INCEpTION's suite; GUM's CoNLL; a strict reader from INCEpTION's user guide",
        ("tests/formats/test_webanno_suite.py", "tests/formats/test_webanno_reader.py", "tests/formats/test_webanno.py"),
    ),
    "xmi": ("dkpro-cassis", ("tests/formats/test_cas.py",)),
    "cas-json": ("dkpro-cassis", ("tests/formats/test_cas.py",)),
    "conll-coref": ("GUM's other serialisations", ("tests/formats/test_conll_coref.py",)),
    "conll": ("seqeval", ("tests/formats/test_conll.py", "tests/formats/test_conll_reader.py")),
    "conllu": ("conllu, and GUM's other serialisations", ("tests/formats/test_conllu.py",)),
    "spacy": ("spaCy", ("tests/formats/test_spacy.py",)),
    "doccano": ("a strict reader after doccano's importer", ("tests/formats/test_doccano.py",)),
    "label-studio": ("a strict reader from Label Studio's documentation", ("tests/formats/test_label_studio.py",)),
    "prodigy": ("spaCy, for tokens and spans", ("tests/formats/test_prodigy.py",)),
    "w3c": ("rdflib, as a graph", ("tests/formats/test_w3c.py",)),
    "bioc": ("bioc, the library of its authors", ("tests/formats/test_bioc.py",)),
    "bioc-json": ("bioc, the library of its authors", ("tests/formats/test_bioc.py",)),
    "huggingface": ("datasets", ("tests/exchange/test_corpus.py",)),
    "parquet": ("datasets; pyarrow", ("tests/exchange/test_corpus.py", "tests/formats/test_huggingface.py")),
    "pubannotation": ("counts of the raw files", ("tests/formats/test_pubannotation.py",)),
    "json-records": ("counts of the raw files", ("tests/formats/test_json_records.py",)),
    "topics-csv": ("Python's csv", ("tests/formats/test_topics_csv.py",)),
}  # fmt: skip
"""Who reads what we write (or writes what we read) in the tests of a format."""


@dataclass
class Row:
    """A line of the table."""

    spec: Spec
    files: int = 0
    refused_files: Counter[str] = field(default_factory=Counter)
    report: ImportReport = field(default_factory=ImportReport)
    again: str = "–"
    losses: str = "–"
    referee: str = "–"
    speed_in: str = "–"
    speed_out: str = "–"


def files_of(key: str) -> list[Path]:
    """Return the files of the corpora that are of this format; plain text is that of the seed alone."""
    if key == "text":
        return sorted((CORPORA / "seed").glob("*.txt"))
    found = find_sources([CORPORA])
    return [path for path, known in found.files if known == key]


def imported(project: Project, key: str, paths: Iterable[Path], row: Row) -> None:
    """Import files one by one, so that one that is refused stands alone."""
    for path in paths:
        try:
            report, _ = import_files(project, [path], ImportOptions(format=key, new_labels="add"))
        except UserError as error:
            row.refused_files[say(error.text)[:160]] += 1
            continue
        row.files += 1
        for name in ("articles", "known", "annotations", "topics", "relations", "entities"):
            setattr(row.report, name, getattr(row.report, name) + getattr(report, name))
        for case in report.cases.list():
            row.report.cases.add((case.kind, place) for place in case.where)


def carried(key: str, records: Iterable[Record]) -> list[Counter[tuple[object, ...]]]:
    """Return what each record carries in the terms of a format."""
    writer = formats.writer(key)
    return [writer.expected(record, WriteOptions()) for record in records]


def records_of(key: str, out: Path) -> Iterator[Record]:
    """Read what was exported."""
    reader = formats.reader(key)
    for path, _key in find_sources([out], key).files:
        yield from (item for item in reader.read(path, ReadOptions()) if isinstance(item, Record))


def there_and_back(spec: Spec, project: Project, folder: Path, row: Row) -> None:
    """Export each layer, read it with the format's own reader, and compare; name what is lost."""
    writer = formats.writer(spec.key)
    people = [""] if writer.all_layers else [p.id for p in project.rows.annotators() if project.rows.has_work(p.id)]
    losses: Counter[str] = Counter()
    same = total = 0
    for n, person in enumerate(people):
        out = folder / (f"out{n}" if spec.folder else f"out{n}{spec.suffixes[0]}")
        report = export(project, out, ExportOptions(spec.key, annotator=person))
        losses.update({loss.kind: loss.n for loss in report.losses})
        if spec.reads:
            total += report.articles
            records = list(records_of(spec.key, out))
            again = carried(spec.key, records)
            there = folder / f"again{n}"
            there.mkdir()
            second = there / out.name
            writer.write(Header(), records, second, WriteOptions())
            found = list(writer.found(second, WriteOptions()))
            same += sum(a == b for a, b in zip(again, found, strict=False))
    row.again = f"{same:,} of {total:,} equal" if spec.reads else "read back by its writer"
    row.losses = ", ".join(f"{n:,} {kind}" for kind, n in losses.most_common()) or "none"


def speed(spec: Spec, folder: Path, row: Row) -> None:
    """Measure articles a second on invented articles: written with the read-back, and read by an import."""
    text = "Anna Berg of the Port Board met Karim Odell in Arvenia on Monday. " * 31
    records = []
    for n in range(MANY):
        body = f"{n} {text}"
        found = [make.over(body, "PERSON", ((at + 5, at + 14),), id=f"x{n}-{at}") for at in range(0, 600, 66)]
        records.append(make.record(body, *found, id=f"s{n}", title=f"Article {n}", status="done"))
    source = folder / "speed.jsonl"
    formats.writer("jsonl").write(Header(), records, source, WriteOptions())
    with Project.create(folder / "speed.rubric", ME, Scheme(), provisional=["scheme"]) as project:
        import_files(project, [source], ImportOptions(new_labels="add"))
        out = folder / ("speed-out" if spec.folder else f"speed-out{spec.suffixes[0]}")
        if spec.writes:
            start = time.perf_counter()
            export(
                project, out, ExportOptions(spec.key, annotator="" if formats.writer(spec.key).all_layers else "anna")
            )
            row.speed_out = f"{MANY / (time.perf_counter() - start):,.0f}"
    if spec.reads and spec.writes:
        with Project.create(folder / "speed2.rubric", ME, Scheme(), provisional=["scheme"]) as project:
            start = time.perf_counter()
            import_files(project, [out], ImportOptions(format=spec.key, new_labels="add"))
            row.speed_in = f"{MANY / (time.perf_counter() - start):,.0f}"


def refereed(spec: Spec, row: Row) -> None:
    """Run the tests in which somebody else reads the format."""
    if spec.key in REFEREES:
        name, tests = REFEREES[spec.key]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *tests], cwd=ROOT, capture_output=True, text=True, check=False
        )
        last = run.stdout.strip().splitlines()[-1] if run.stdout.strip() else "nothing"
        row.referee = f"{name}: {last.strip('= ').partition(' in ')[0]}"


def row_of(spec: Spec) -> Row:
    """Run everything for a format."""
    row = Row(spec)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.create(folder / "p.rubric", ME, Scheme(), provisional=["scheme"]) as project:
            if spec.reads:
                imported(project, spec.key, files_of(spec.key), row)
            if spec.writes:
                if not row.report.articles:  # nothing of this format is in the corpora: the samples stand in
                    header, records = make.samples()
                    samples = folder / "samples.jsonl"
                    formats.writer("jsonl").write(replace(header, entities=()), records, samples, WriteOptions())
                    import_files(project, [samples], ImportOptions(new_labels="add"))
                there_and_back(spec, project, folder, row)
        speed(spec, folder, row)
    refereed(spec, row)
    return row


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the document."""
    yield "# What each format carries, shown on real corpora\n"
    yield "`make formats` makes this page by running every cell: on the corpora that CONTRIBUTING.md speaks of, which"
    yield "are not part of the project (where a format has none there, it is exported from the samples).\n"
    yield "- *files*: files of the corpora that were imported one by one. *in*: articles, annotations, topics, relations,"
    yield "  entities. *refused, unheld*: what the import listed, by kind (formats/reading.py)."
    yield "- *there and back*: articles that are the same in the format's own terms after export, import and export."
    yield "- *lost*: what the preflight listed before writing, by kind (formats/losing.py)."
    yield f"- *speed*: articles of 2,000 characters with 10 spans a second, out (with the read-back) and in, of {MANY:,}.\n"
    yield "| format | files | in | repaired, refused, unheld | there and back | lost | referee | out/s | in/s |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        report = row.report
        counts = (
            ("articles", report.articles),
            ("annotations", report.annotations),
            ("topics", report.topics),
            ("relations", report.relations),
            ("entities", report.entities),
        )
        came = ", ".join(f"{n:,} {name}" for name, n in counts if n) or "–"
        cases = [
            f"{outcome}: {case.n:,} {case.kind}"
            for outcome in ("repaired", "refused", "unheld")
            for case in report.of(outcome)
        ]
        cells = [
            f"{row.spec.title} (`{row.spec.key}`)",
            f"{row.files:,}" if row.spec.reads else "–",
            came,
            "; ".join(cases) or "–",
            row.again,
            row.losses,
            row.referee,
            row.speed_out,
            row.speed_in,
        ]
        yield "| " + " | ".join(cells) + " |"
    refused = [(row, words, n) for row in rows for words, n in row.refused_files.items()]
    if refused:
        yield "\n## Files that were refused whole\n"
        yield from (f"- {row.spec.title}: {words}" + (f" ({n} files)" if n > 1 else "") for row, words, n in refused)


def main() -> None:
    """Write the page, or print the lines of some formats."""
    wanted = sys.argv[1:]
    rows = []
    for spec in formats.FORMATS:
        if not wanted or spec.key in wanted:
            print(f"{spec.key} …", flush=True)
            rows.append(row_of(spec))
    page = "\n".join(lines(rows)) + "\n"
    if wanted:
        print(page)
    else:
        (ROOT / "docs" / "formats.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
