"""What each format does with real corpora, made by running it: `make formats` writes docs/formats.md.

For each format that is read: every file of ../shared/data that it takes for its own (or of RUBRICATOR_CORPORA) is
imported into one project, exported in the same format, read again, and compared. The referee is in test files, run here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.formats import make

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.carrying import carries
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.exchange.selection import Selection
from rubricator.exchange.sources import find_sources
from rubricator.formats import Spec
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.losing import Losses
from rubricator.formats.reading import Outcome
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.words import say

ROOT = Path(__file__).parent.parent
PAGE = Path(os.environ.get("RUBRICATOR_FORMATS_PAGE") or ROOT / "docs" / "formats.md")
CORPORA = Path(os.environ.get("RUBRICATOR_CORPORA") or ROOT.parent / "shared" / "data")
ME = Me("00000000-0000-4000-8000-0000000000fa", "table", "00000000-0000-4000-8000-0000000000fb")
MANY = 200
"""Articles of the measure of speed: each of 2,000 characters with 10 spans."""

COUNTED = ("articles", "annotations", "topics", "relations", "entities")

REFEREES: dict[str, tuple[str, tuple[str, ...]]] = {
    "jsonl": ("the JSON Schema of the format, by {jsonschema}", ()),
    "brat": ("a strict reader written from brat's documentation", ()),
    "webanno": ("{dkpro-cassis} on INCEpTION's own suite, GUM's other serialisations, a strict reader", ()),
    "xmi": ("{dkpro-cassis}", ("cas",)),
    "cas-json": ("{dkpro-cassis}", ("cas",)),
    "gate-xml": ("{gatenlp}", ("gate",)),
    "bdoc": ("{gatenlp}", ("gate",)),
    "conll-coref": ("GUM's other serialisations", ()),
    "conll": ("{seqeval}", ("conll", "conll_reader")),
    "conllu": ("{conllu}, and GUM's other serialisations", ()),
    "spacy": ("{spacy}", ()),
    "doccano": ("a strict reader written after doccano's importer", ()),
    "label-studio": ("a strict reader written from Label Studio's documentation", ()),
    "prodigy": ("{spacy}, for tokens and spans", ()),
    "w3c": ("{rdflib}, as a graph", ()),
    "pubannotation": ("counts of the raw files", ()),
    "json-records": ("counts of the raw files", ()),
    "huggingface": ("{datasets}", ("../exchange/test_corpus",)),
    "parquet": ("{datasets}, and pyarrow", ("../exchange/test_corpus", "huggingface")),
    "topics-csv": ("Python's csv", ()),
    "ninjs": ("IPTC's own JSON Schema, by {jsonschema}", ()),
    "bioc": ("{bioc}, the library of its authors", ("bioc",)),
    "bioc-json": ("{bioc}, the library of its authors", ("bioc",)),
}
"""Who else reads what we write (or counts what we read), and in which tests where the names of these do not say so."""


@dataclass
class Row:
    """What was found out of a format; counts by corpus in `files`, and what was refused whole by its reason."""

    spec: Spec
    files: Counter[str] = field(default_factory=Counter)
    refused: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    report: ImportReport = field(default_factory=ImportReport)
    carried: tuple[str, ...] = ()
    back: str = ""
    lost: list[str] = field(default_factory=list)
    referee: str = ""
    speed_in: str = ""
    speed_out: str = ""


def files_of(found: Iterable[tuple[Path, str]], key: str) -> list[Path]:
    """Return the files of the corpora that are of this format; plain text is that of the seed alone."""
    return [path for path, known in found if known == key and (key != "text" or path.parent.name == "seed")]


def imported(project: Project, key: str, paths: Iterable[Path], row: Row) -> None:
    """Import files one by one, so that one that is refused stands alone."""
    for path in paths:
        name = path.relative_to(CORPORA) if path.is_relative_to(CORPORA) else path
        try:
            report, _ = import_files(project, [path], ImportOptions(format=key, new_labels="add"))
        except UserError as error:
            row.refused[say(error.text).replace(path.name, "…")].append(str(name))
            continue
        row.files[name.parts[0]] += 1
        for counted in COUNTED:
            setattr(row.report, counted, getattr(row.report, counted) + getattr(report, counted))
        for case in report.cases.list():
            row.report.cases.add([(case.kind, "")] * case.n)


def records_of(key: str, out: Path) -> Iterator[Record]:
    """Read what was exported."""
    reader = formats.reader(key)
    for path, _key in find_sources([out], key).files:
        yield from (item for item in reader.read(path, ReadOptions()) if isinstance(item, Record))


def out_in(folder: Path, spec: Spec, name: str) -> Path:
    """Return where an export goes."""
    return folder / (name if spec.folder else f"{name}{spec.suffixes[0]}")


def there_and_back(spec: Spec, project: Project, folder: Path, row: Row) -> None:
    """Export each layer, read it with the format's own reader, and compare; say what is lost."""
    writer = formats.writer(spec.key)
    people = [""] if writer.all_layers else [p.id for p in project.rows.annotators() if project.rows.has_work(p.id)]
    losses = Losses()
    same = total = 0
    for n, person in enumerate(people):
        out = out_in(folder, spec, f"out{n}")
        options = ExportOptions(spec.key, annotator=person)
        report = export(project, out, options)
        for loss in report.losses:
            losses.add([(loss.kind, "")] * loss.n)
        if spec.reads:
            given = Selection(project, options, all_layers=writer.all_layers).records()
            for one, other in zip_longest(given, records_of(spec.key, out)):
                total += 1
                same += one is not None and other is not None and make.told(writer, one) == make.told(writer, other)
    row.back = f"{same:,} of {total:,} equal" if spec.reads else "read back by its writer"
    row.lost = [say(loss.what) for loss in losses.list()]


def speed(spec: Spec, folder: Path, row: Row) -> None:
    """Measure articles a second of processor on invented ones: written with the read-back, and read by an import."""
    text = "Anna Berg of the Port Board met Karim Odell in Arvenia on Monday. " * 31
    records = []
    for n in range(MANY):
        body = f"{n} {text}"
        found = [make.over(body, "PERSON", ((at + 5, at + 14),), id=f"x{n}-{at}") for at in range(0, 600, 66)]
        records.append(make.record(body, *found, id=f"s{n}", title=f"Article {n}", status="done"))
    source, out = folder / "speed.jsonl", out_in(folder, spec, "speed-out")
    formats.writer("jsonl").write(Header(), records, source, WriteOptions())
    with new_project(folder / "speed.rubric") as project:
        import_files(project, [source], ImportOptions(new_labels="add"))
        start = time.process_time()
        export(project, out, ExportOptions(spec.key, annotator="" if formats.writer(spec.key).all_layers else "anna"))
        row.speed_out = f"{MANY / (time.process_time() - start):,.0f}"
    if spec.reads:
        with new_project(folder / "speed2.rubric") as project:
            start = time.process_time()
            import_files(project, [out], ImportOptions(format=spec.key, new_labels="add"))
            row.speed_in = f"{MANY / (time.process_time() - start):,.0f}"


def new_project(path: Path) -> Project:
    """Make an empty project."""
    return Project.create(path, ME, Scheme(), provisional=["scheme"])


def refereed(spec: Spec, row: Row) -> None:
    """Run the tests of the format, in which somebody else reads it."""
    who, names = REFEREES.get(spec.key, ("", ()))
    folder = ROOT / "tests" / "formats"
    key = spec.key.replace("-", "_")
    tests = [path for name in names if (path := folder / f"{name if '/' in name else f'test_{name}'}.py").exists()]
    tests = tests or sorted({*folder.glob(f"test_{key}.py"), *folder.glob(f"test_{key}_*.py")})
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(str(path) for path in tests)],
        cwd=ROOT, env=os.environ | {"HYPOTHESIS_PROFILE": "few"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    last = run.stdout.strip().splitlines()[-1] if tests and run.stdout.strip() else "no tests"
    ran = last.strip("= ").partition(" in ")[0]
    row.referee = f"{_with_versions(who)}: {ran}" if who else ran


def _with_versions(who: str) -> str:
    """Put the version of a library beside its name."""
    start, brace, rest = who.partition("{")
    name, _, end = rest.partition("}")
    return f"{start}{name} {version(name)}{end}" if brace else who


def row_of(spec: Spec, paths: list[Path]) -> Row:
    """Run everything for a format."""
    row = Row(spec)
    what = carries(spec.key)
    row.carried = tuple(say(words) for words in what.lines()) if what else ()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_project(folder / "p.rubric") as project:
            if spec.reads:
                imported(project, spec.key, paths, row)
            if spec.writes:
                if not (row.report.annotations or row.report.topics):  # nothing to carry came in: the samples stand in
                    header, records = make.samples()
                    samples = folder / "samples.jsonl"
                    formats.writer("jsonl").write(replace(header, entities=()), records, samples, WriteOptions())
                    import_files(project, [samples], ImportOptions(new_labels="add"))
                there_and_back(spec, project, folder, row)
        if spec.writes:
            speed(spec, folder, row)
    refereed(spec, row)
    return row


# --- the page -----------------------------------------------------------------------------------------------------

HEAD = f"""# Formats: what comes in, what goes out, and what is lost

Each figure here was found by running it: `make formats` writes this page, and `make formats ARGS="brat conll"` the
parts of some formats anew. The corpora are real ones of others, and no part of the project; where there is none in a
format, Rubricator's samples are exported in it. Of your own files `rubricator import --dry-run` says what would come in,
and an export lists all that it loses before it writes anything; `--on-loss fail` stops there.

- *read here*: files of the corpora, imported one by one, and the articles in them.
- *there and back*: articles that still say the same, in the format's own terms, when they are exported and read again
  (counted for each annotator, where a format carries one).
- *somebody else*: who reads our files, or what theirs are held against, and how the tests of the format ended.
- *out/s, in/s*: articles of 2,000 characters and 10 spans for each second of one processor, written (with the read-back
  and the list of losses) and imported; {MANY} were taken.

| format | import | export | read here | there and back | somebody else | out/s | in/s |
|---|---|---|---|---|---|---|---|
"""

Part = tuple[str, str]
"""What the page says of a format: its line of the table, and its section."""


def part_of(row: Row) -> Part:
    """Return what the page says of a format."""
    spec = row.spec
    cells = (
        f"[{spec.title}](#{_anchor(spec.title)})",
        "yes" if spec.reads else "–",
        "yes" if spec.writes else "–",
        f"{_n(row.files.total(), 'file')}, {_n(row.report.articles, 'article')}" if row.files else "–",
        row.back or "–",
        row.referee,
        row.speed_out or "–",
        row.speed_in or "–",
    )
    return f"| {' | '.join(cells)} |", "\n".join(_section(row))


def _not_run(spec: Spec) -> str:
    ways = ("yes" if way else "–" for way in (spec.reads, spec.writes))
    return f"| {spec.title} | {' | '.join(ways)} | not run yet | | | | |"


def _n(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'s' * (n != 1)}"


def _anchor(title: str) -> str:
    return "".join(char for char in title.lower() if char.isalnum() or char in " -").replace(" ", "-")


def _section(row: Row) -> Iterator[str]:
    spec, report = row.spec, row.report
    yield f"## {spec.title}\n"
    suffixes = ", ".join(f"`{suffix}`" for suffix in spec.suffixes)
    yield f"- `--format {spec.key}`; {suffixes}" + (f"; needs the extra `{spec.extra}`" if spec.extra else "")
    for words in row.carried:
        yield f"- Export does not carry {words[4:]}" if words.startswith("not ") else f"- Export {words}"
    if row.files:
        corpora = ", ".join(f"{name} ({n:,})" for name, n in sorted(row.files.items()))
        came = ", ".join(f"{getattr(report, name):,} {name}" for name in COUNTED if getattr(report, name))
        yield f"- Read here: {came}; from files of {corpora}"
    outcomes: tuple[tuple[Outcome, str], ...] = (
        ("repaired", "Read otherwise than written"),
        ("refused", "Refused"),
        ("unheld", "Without a place here"),
        ("noted", "Kept as it is"),
    )
    for outcome, words in outcomes:
        if cases := [say(case.what) for case in report.of(outcome)]:
            yield f"- {words}: {'; '.join(cases)}"
    for why, files in row.refused.items():
        more = f" and {len(files) - 3} more" if len(files) > 3 else ""
        yield f"- Refused whole: {', '.join(files[:3])}{more}: {why}"
    if spec.writes:
        what = "these" if report.annotations or report.topics else "the samples"
        yield f"- Lost when {what} are exported: {'; '.join(row.lost) or 'nothing'}"


def parts_in(page: str) -> dict[str, Part]:
    """Return what a page says, by the titles of the formats."""
    head, *sections = page.split("\n## ")
    listed = [line for line in head.splitlines() if line.startswith("| [")]
    said = {section.partition("\n")[0]: f"## {section.strip()}" for section in sections}
    return {title: (line, said[title]) for line in listed if (title := line[3:].partition("](")[0]) in said}


def page_of(parts: dict[str, Part]) -> str:
    """Return the page, in the order of the table of formats; what was not run is said to be so."""
    known = [parts.get(spec.title) or (_not_run(spec), "") for spec in formats.FORMATS]
    return HEAD + "\n".join([line for line, _ in known] + [f"\n{section}" for _, section in known if section]) + "\n"


# --- running ------------------------------------------------------------------------------------------------------


def rows_of(specs: list[Spec]) -> Iterator[Row]:
    """Yield what was found out of formats, as it comes: several are worked on at a time."""
    sources = find_sources([CORPORA]).files if CORPORA.is_dir() else []
    with ProcessPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        waited = [pool.submit(row_of, spec, files_of(sources, spec.key)) for spec in specs]
        yield from (future.result() for future in as_completed(waited))


def main() -> None:
    """Write into the page what is found out of all formats, or of some; say on the error stream how far it is."""
    specs = [formats.spec(key) for key in sys.argv[1:]] or [*formats.FORMATS]
    parts = parts_in(PAGE.read_text("utf-8")) if PAGE.exists() else {}
    start = time.monotonic()
    for n, row in enumerate(rows_of(specs), 1):
        parts[row.spec.title] = part_of(row)
        PAGE.write_text(page_of(parts), "utf-8")
        print(
            f"{n:>3} of {len(specs)}  {time.monotonic() - start:>4.0f} s  {row.spec.key}", file=sys.stderr, flush=True
        )


if __name__ == "__main__":
    main()
