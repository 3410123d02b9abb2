"""The files that BDoc comes in: JSON, YAML and MessagePack, plain or gzipped, read within bounds.

YAML and MessagePack need their libraries, which are optional extras. Nothing of YAML makes objects, and no alias is
followed for ever: what aliases swell to is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.json_document import json_in
from rubricator.formats.json_values import Bad, too_deep
from rubricator.formats.plain_values import VALUES_MOST, plain_value
from rubricator.model.text import decode
from rubricator.words import message

YAML_MOST = 4 << 20
"""Bytes of YAML: its reader is a hundred times slower than that of JSON."""
_STREAMS = ("sm1", "sm2")


def value_in(source: Path) -> Any:
    """Return the values of a file, by its name; UserError or Bad where it is not sound."""
    name = source.name.lower()
    data = files.whole(source)
    if name.endswith(".gz"):
        name, data = name.removesuffix(".gz"), _unzipped(data, source.name)
    if name.endswith(".bdocmp"):
        return _of_msgpack(data)
    text = decode(data, source.name, "utf-8-sig").text
    if name.endswith((".bdocym", ".bdocyaml")):
        return _of_yaml(text, source.name)
    return json_in(text, source.name)


def stem_of_bdoc(source: Path) -> str:
    """Return the name of a file without its endings."""
    return Path(source.stem).stem if source.suffix.lower() == ".gz" else source.stem


def _unzipped(data: bytes, file: str) -> bytes:
    """Return what a gzip file holds; it is not unpacked farther than any file is read."""
    return files.inflated(data, file, files.LINE_MOST, wbits=31)


# --- MessagePack --------------------------------------------------------------------------------------------------


def _of_msgpack(data: bytes) -> dict[str, Any]:
    try:
        import msgpack
    except ImportError as error:
        raise UserError(
            message("This file needs MessagePack, which is not installed."),
            message("Install it with “uv sync --extra msgpack”, or with “pip install msgpack” beside Rubricator."),
        ) from error
    unpacker = msgpack.Unpacker(
        strict_map_key=False, max_buffer_size=len(data), max_array_len=VALUES_MOST, max_map_len=VALUES_MOST
    )
    try:
        unpacker.feed(data)
        return _of_stream(unpacker.unpack)
    except (ValueError, TypeError, msgpack.UnpackException, RecursionError) as error:
        raise Bad(message("it is not a sound document in MessagePack.")) from error


def _of_stream(take: Callable[[], Any]) -> dict[str, Any]:
    """Return the document that stands in a stream, one value after the other."""
    if (version := take()) not in _STREAMS:
        raise Bad(message("it is not a document of GATE in MessagePack."))
    value = {"offset_type": take(), "text": take()}
    value["name"] = take() if version == "sm2" else ""
    value["features"] = plain_value(take())
    value["annotation_sets"] = sets = {}
    for _ in range(_count(take())):
        name, sets_of = str(take()), []
        take()  # the next id
        for _ in range(_count(take())):
            label, start, end, uid, features = (take() for _ in range(5))
            sets_of.append({"type": label, "start": start, "end": end, "id": uid, "features": plain_value(features)})
        sets[name] = {"annotations": sets_of}
    plain: dict[str, Any] = plain_value(value)
    return plain


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= VALUES_MOST:
        raise ValueError(value)
    return value


# --- YAML ---------------------------------------------------------------------------------------------------------


def _of_yaml(text: str, file: str) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise UserError(
            message("This file needs YAML, which is not installed."),
            message("Install it with “uv sync --extra yaml”, or with “pip install PyYAML” beside Rubricator."),
        ) from error
    if len(text) > YAML_MOST:
        raise UserError(
            message("{file} is larger than {most} MB, which is too much YAML.", file=file, most=YAML_MOST >> 20),
            message("Save it as .bdocjs in GATE."),
        )

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        """Makes plain values: no dates, no merged maps, no key twice."""

        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":merge", ":value"))]
            for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def flatten_mapping(self, node: Any) -> None:
            """Merge nothing."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            """Refuse what stands in a map twice."""
            value: dict[Hashable, Any] = super().construct_mapping(node, deep)
            if len(value) < len(node.value):
                raise yaml.MarkedYAMLError(problem="a key stands in one map twice", problem_mark=node.start_mark)
            return value

    try:
        return plain_value(yaml.load(text, Loader))
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(
            message("{file}, line {line}: it is not sound YAML ({why}).", file=file, line=place, why=error.problem),
            message("Make the file again where it came from."),
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Bad(message("it is not sound YAML.")) from error
    except RecursionError as error:
        raise Bad(too_deep()) from error
