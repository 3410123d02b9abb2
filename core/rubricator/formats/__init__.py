"""Formats: base.py says what one is; FORMATS is the explicit tuple of all.

A format is loaded when it is asked for, so that the command line and the window start without any of them.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rubricator.errors import UserError
from rubricator.words import message

if TYPE_CHECKING:
    from rubricator.formats.base import Reader, Writer

_HEAD_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Spec:
    """What can be said of a format without loading it; `extra` names the optional extra it needs, `needs`
    the package in that.

    `folder` says that it writes a folder of files, `beside` with what other suffixes, `any_of` that files with its
    suffixes are of this format where no other recognises them.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    reads: bool = False
    writes: bool = False
    folder: bool = False
    extra: str = ""
    needs: str = ""
    any_of: bool = False
    beside: tuple[str, ...] = ()


_BRAT = (".txt", ".conf")
_COREF = (".conll", ".v4_gold_conll", ".v4_auto_conll")
_COLUMNS = (".conll", ".conll03", ".iob", ".bio", ".tsv", ".txt")
_BDOC = tuple(f".bdoc{kind}{gz}" for kind in ("js", "json", "ym", "yaml", "mp") for gz in ("", ".gz"))

FORMATS: tuple[Spec, ...] = (
    Spec("jsonl", "Rubricator JSONL", (".jsonl", ".ndjson"), "jsonl.format", reads=True, writes=True, any_of=True),
    Spec("text", "Plain text", (".txt", ".text"), "text", reads=True, writes=True, folder=True, any_of=True),
    Spec("brat", "brat standoff", (".ann",), "brat.format", reads=True, writes=True, folder=True, beside=_BRAT),
    Spec("conll-coref", "CoNLL coreference", _COREF, "conll.coref", reads=True),
    Spec("conll", "CoNLL columns", _COLUMNS, "conll.format", reads=True, writes=True),
    Spec("conllu", "CoNLL-U", (".conllu",), "conllu.format", reads=True, writes=True),
    Spec("spacy", "spaCy", (".spacy",), "spacy.format", reads=True, writes=True, extra="spacy", needs="spacy"),
    Spec("doccano", "doccano", (".jsonl", ".json"), "doccano.format", reads=True, writes=True),
    Spec(
        *("label-studio", "Label Studio", (".json", ".jsonl"), "label_studio.format"),
        reads=True,
        writes=True,
        folder=True,
        beside=(".xml",),
    ),
    Spec("prodigy", "Prodigy", (".jsonl",), "prodigy.format", reads=True, writes=True),
    Spec("webanno", "WebAnno TSV 3", (".tsv",), "webanno.format", reads=True, writes=True, folder=True),
    Spec("xmi", "UIMA CAS XMI", (".xmi", ".xml"), "cas.xmi", reads=True, writes=True, folder=True),
    Spec("cas-json", "UIMA JSON CAS", (".json",), "cas.json", reads=True, writes=True, folder=True),
    Spec("gate-xml", "GATE XML", (".xml", ".gatexml"), "gate.xml", reads=True, writes=True, folder=True),
    Spec("bdoc", "GATE BDoc", _BDOC, "gate.bdoc", reads=True, writes=True, folder=True, any_of=True),
    Spec("bioc", "BioC XML", (".xml", ".bioc"), "bioc.xml", reads=True, writes=True),
    Spec("bioc-json", "BioC JSON", (".json", ".jsonl"), "bioc.json", reads=True, writes=True),
    Spec("w3c", "W3C Web Annotation", (".jsonld", ".json"), "w3c.format", reads=True, writes=True),
    Spec("pubannotation", "PubAnnotation JSON", (".json", ".jsonl"), "pubannotation", reads=True),
    Spec("huggingface", "Hugging Face datasets", (".jsonl",), "huggingface.lines", writes=True),
    Spec(
        "parquet",
        "Hugging Face datasets (Parquet)",
        (".parquet",),
        "huggingface.parquet",
        writes=True,
        extra="parquet",
        needs="pyarrow",
    ),
    Spec("topics-csv", "Topics as CSV", (".csv",), "topics.csv", reads=True, writes=True),
    Spec("fasttext", "fastText", (".ft", ".fasttext", ".txt"), "topics.fasttext", reads=True, writes=True),
    Spec("ninjs", "ninjs", (".json",), "ninjs.format", reads=True, writes=True, folder=True),
    Spec("json-records", "JSON records with spans", (".json", ".jsonl"), "json_records", reads=True),
)
"""All formats, in the order in which people are offered them; of several that know a file the first takes it."""


def spec(key: str) -> Spec:
    """Return what is known of a format; UserError names the ones there are."""
    for known in FORMATS:
        if known.key == key:
            return known
    raise UserError(
        message("There is no format called “{key}”.", key=key),
        message("The formats are: {keys}.", keys=_keys(FORMATS)),
    )


def check_there(key: str) -> None:
    """Raise UserError where a format needs a package that is not installed; nothing is loaded for it."""
    known = spec(key)
    if known.needs and find_spec(known.needs) is None:
        raise UserError(
            message("{title} needs {package}, which is not installed.", title=known.title, package=known.needs),
            message(
                "Install it with “uv sync --extra {extra}”, or with “pip install {package}” beside Rubricator.",
                extra=known.extra,
                package=known.needs,
            ),
        )


def format_for(key: str) -> Reader | Writer:
    """Load a format; UserError names the ones there are."""
    return cast("Reader | Writer", import_module(f"{__name__}.{spec(key).module}").FORMAT)


def reader(key: str) -> Reader:
    """Load a format that can be read; UserError names the ones there are."""
    if not spec(key).reads:
        raise UserError(
            message("Rubricator does not read {title}.", title=spec(key).title),
            message("It reads: {keys}.", keys=_keys(known for known in FORMATS if known.reads)),
        )
    return cast("Reader", format_for(key))


def writer(key: str) -> Writer:
    """Load a format that can be written; UserError names the ones there are."""
    if not spec(key).writes:
        raise UserError(
            message("Rubricator does not write {title}.", title=spec(key).title),
            message("It writes: {keys}.", keys=_keys(known for known in FORMATS if known.writes)),
        )
    return cast("Writer", format_for(key))


def guess(source: Path) -> str:
    """Return the key of the format a file is read with, by its suffix and its first lines.

    UserError where it is none, or cannot be told, and where the file cannot be read.
    """
    known = recognised(source)
    if known is None:
        possible = candidates(source)
        readable = possible or [known for known in FORMATS if known.reads]
        raise UserError(
            message("{file} does not begin like a file of any format that is named so.", file=source.name)
            if possible
            else message("{file} does not say by its name which format it is in.", file=source.name),
            message("Name the format with --format: {keys}.", keys=_keys(readable)),
        )
    return known.key


def check_ending(out: Path, key: str) -> None:
    """Raise UserError where a file that is to be written ends like those of another format, and not of this one."""
    name, chosen = out.name.lower(), spec(key)
    others = [known for known in FORMATS if known.writes and name.endswith(known.suffixes)]
    if others and chosen not in others:
        named = {"file": out.name, "other": others[0].title, "title": chosen.title, "suffix": chosen.suffixes[0]}
        raise UserError(
            message("“{file}” ends like {other}, but {title} is chosen.", **named),
            message("Have it end in {suffix}, or export again and choose {other}.", **named),
        )


def with_ending(out: Path, suffix: str) -> Path:
    """Return a path with another ending: all of one that a format has, else what follows the last dot."""
    name = out.name.lower()
    known = (ending for known in FORMATS for ending in known.suffixes if name.endswith(ending))
    ending = max(known, key=len, default=out.suffix)
    return out.with_name(out.name[: len(out.name) - len(ending)] + suffix)


def recognised(source: Path) -> Spec | None:
    """Return the format of a file, or None where no format takes it for its own."""
    fitting = candidates(source)
    if not fitting:
        return None
    if len(fitting) > 1 or not fitting[0].any_of:
        head = _head(source)
        for known in fitting:
            if reader(known.key).recognises(head):
                return known
    return next((known for known in fitting if known.any_of), None)


def candidates(source: Path) -> list[Spec]:
    """Return the formats that can be read and whose files are named so."""
    name = source.name.lower()
    return [
        known
        for known in FORMATS
        if known.reads and name.endswith(known.suffixes) and name not in known.suffixes  # a name that is all suffix
    ]


def _head(source: Path) -> str:
    """Return how a file begins, as far as that is text."""
    from rubricator.formats.files import opened

    with opened(source) as stream:
        data = stream.read(_HEAD_BYTES)
    for mark, encoding in ((BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"), (BOM_UTF8, "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8", "replace")


def _keys(formats: Iterable[Spec]) -> str:
    return ", ".join(known.key for known in formats)
