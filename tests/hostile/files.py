"""Files that mean harm, by name: each is tried with every format that can be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Make = Callable[[Path], None]

DEEP = 200_000
LONG = 100 << 20


def _bytes(data: bytes) -> Make:
    return lambda path: _put(path, data)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _sparse(path: Path) -> None:
    """A line of 100 MB, without 100 MB of disk."""
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.truncate(LONG)


def _long(path: Path) -> None:
    with path.open("wb") as file:
        for _n in range(LONG >> 20):
            file.write(b"a" * (1 << 20))


def _tag(begin: bytes, size: int) -> Make:
    """One XML tag that does not end, in an element that a format may begin with."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.write(begin)
            for _n in range(size >> 20):
                file.write(b"a" * (1 << 20))

    return make


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a>" + b" " * (64 << 20) + b"</a>")
    return out.getvalue()


def _slip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../tmp/rubricator-slipped", b"slipped")
        archive.writestr("/tmp/rubricator-slipped", b"slipped")
    return out.getvalue()


_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
_NESTED_JSON = {"text": "Anna left.", "label": [[0, 4, "PERSON"]]}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


MADE: dict[str, Make] = {
    # nothing, or no text
    "empty": _bytes(b""),
    "blank": _bytes(b" \n\t\r\n\n"),
    "only a BOM": _bytes(b"\xef\xbb\xbf"),
    "NULs": _bytes(b"\x00" * 4096),
    "random bytes": _bytes(bytes((n * 167 + n // 7) % 256 for n in range(70_000))),
    "a PNG": _bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "a PDF": _bytes(b"%PDF-1.7\n" + b"\xe2\xe3\xcf\xd3\n" * 100),
    "a pickle": _bytes(b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94."),
    "UTF-16 without a mark": _bytes("Anna left. {}".encode("utf-16-le")),
    "UTF-16 with a mark": _bytes("Anna left. {}\n".encode("utf-16")),
    "UTF-32": _bytes("Anna left.\n".encode("utf-32")),
    "UTF-7": _bytes(b"+AGEAbgBuAGE- left.\n"),
    "broken UTF-8": _bytes(b'{"text": "Anna \xff\xfe\xfa left"}\n'),
    "overlong UTF-8": _bytes(b'{"text": "\xc0\xaf\xe0\x80\xaf"}\n'),
    "lone surrogates, raw": _bytes(b'{"text": "a\xed\xa0\x80b"}\n'),
    "EBCDIC": _bytes("Anna left the board.".encode("cp500") * 20),
    # too much
    "100 MB in one line": _long,
    "100 MB, sparse": _sparse,
    "a million lines": _bytes(b"x O\n" * 1_000_000),
    "a million empty lines": _bytes(b"\n" * 1_000_000),
    "a line of a million columns": _bytes(b"x " * 1_000_000 + b"\n"),
    "deep JSON lists": _bytes(b"[" * DEEP),
    "deep JSON objects": _bytes(b'{"a":' * DEEP),
    "deep and closed": _bytes(b"[" * DEEP + b"]" * DEEP),
    "deep in a text's object": _bytes(b'{"text": "a", "x": ' + b"[" * DEEP + b"]" * DEEP + b"}"),
    "deep XML": _bytes(b"<a>" * DEEP),
    "deep XML, closed": _bytes(b"<a>" * DEEP + b"</a>" * DEEP),
    "one tag of 100 MB": _tag(b'<collection><source/><document id="', LONG),
    "one name of 100 MB": _tag(b"<collection><source/><a", LONG),
    "one comment of 100 MB": _tag(b"<collection><!--", LONG),
    "one text of 100 MB": _tag(b"<collection><document><id>", LONG),
    "many attributes": _bytes(b"<a " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>"),
    "a huge whole number": _bytes(b'{"text": "a", "label": [[0, 1' + b"0" * 5_000 + b', "X"]]}'),
    "a huge float": _bytes(b'{"text": "a", "label": [[0, 1e400, "X"]]}'),
    "a number in many digits": _bytes(b'{"text": "a", "layers": [{"annotations": [{"label": "X", "start": 0, "end": 9223372036854775808}]}]}'),
    # XML that names or swells
    "a billion laughs": _bytes(f"<!DOCTYPE x [{_ENTITIES}]><x>&e11;</x>".encode()),
    "quadratic blow-up": _bytes(b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]><x>' + b"&a;" * 50_000 + b"</x>"),
    "an entity of a file": _bytes(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'),
    "an entity of the net": _bytes(b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]><x>&e;</x>'),
    "a DTD of the net": _bytes(b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'),
    "a parameter entity": _bytes(b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><x/>'),
    "XInclude": _bytes(b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></x>'),
    "a style sheet": _bytes(b'<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><x/>'),
    "XML cut short": _bytes(b'<?xml version="1.0"?><GateDocument><TextWithNodes><Node id="0"/>Anna'),
    "XML of an unknown encoding": _bytes(b'<?xml version="1.0" encoding="x-none"?><x/>'),
    "XML with a NUL": _bytes(b"<x>\x00</x>"),
    "XML 1.1 controls": _bytes(b'<?xml version="1.1"?><x>&#1;</x>'),
    "XMI of nothing": _bytes(b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"/>'),
    "XMI with a circle": _bytes(
        b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:c="http:///uima/cas.ecore" xmi:version="2.0">'
        b'<c:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Anna"/>'
        b'<c:View sofa="1" members="1 1 9 9 9"/></xmi:XMI>'
    ),
    # JSON that lies
    "duplicate keys": _bytes(b'{"text": "a", "text": "b"}'),
    "NaN": _bytes(b'{"text": "a", "label": [[NaN, 1, "X"]]}'),
    "Infinity": _bytes(b'{"text": "a", "seconds": Infinity}'),
    "escaped lone surrogates": _bytes(rb'{"text": "a\ud800b", "label": [[0, 1, "X"]]}'),
    "escaped NUL": _bytes(rb'{"text": "a\u0000b", "label": [[0, 1, "X"]]}'),
    "JSON cut short": _bytes(b'{"text": "Anna left.", "label": [[0, 4, "PER'),
    "JSON of another kind": _bytes(b'"text"'),
    "a list of nothing": _bytes(b"[null, 1, true, [], {}]"),
    "true": _bytes(b"true"),
    "text that is a number": _bytes(b'{"text": 5, "label": []}'),
    "a text of none": _bytes(b'{"text": null}'),
    "offsets beyond the end": _bytes(_json({"text": "Anna", "label": [[0, 400, "P"]], "spans": [{"start": 0, "end": 400, "label": "P"}]})),
    "offsets below nothing": _bytes(_json({"text": "Anna", "label": [[-3, 2, "P"]], "spans": [{"start": -3, "end": 2, "label": "P"}]})),
    "offsets turned round": _bytes(_json({"text": "Anna", "label": [[3, 1, "P"]], "spans": [{"start": 3, "end": 1, "label": "P"}]})),
    "offsets that are words": _bytes(_json({"text": "Anna", "label": [["a", "b", "P"]], "spans": [{"start": "a", "end": {}, "label": []}]})),
    "a span of no width": _bytes(_json({"text": "Anna", "label": [[1, 1, "P"]], "spans": [{"start": 1, "end": 1, "label": "P"}]})),
    "prototype keys": _bytes(_json({"text": "a", "__proto__": {"x": 1}, "__class__": "x", "label": []})),
    "a context of the net": _bytes(_json({"@context": "http://127.0.0.1:9/c.jsonld", "type": "Annotation", "target": "http://127.0.0.1:9/x"})),
    # columns and stand-off
    "columns that change": _bytes(b"Anna B-PER\nleft\nthe O O O\n"),
    "tags of no kind": _bytes(b"Anna Q-PER\nleft I-\nthe B-\n. -\n"),
    "TSV 3 cut short": _bytes(b"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.X|value\n\n\n#Text=Anna left.\n1-1\t0-"),
    "TSV 3 beyond its text": _bytes(b"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.X|value\n\n\n#Text=Anna\n1-1\t0-400\tAnna\tP\t\n"),
    "TSV 3 with a huge stack": _bytes(b"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.X|value\n\n\n#Text=Anna\n1-1\t0-4\tAnna\tP[999999999999999999999]\t\n"),
    "a stand-off line without its text": _bytes(b"T1\tPERSON 0 4\tAnna\n"),
    "CSV with an open quote": _bytes(b'a,b\n"c,d\n' + b"x" * 100_000),
    "CSV with formulas": _bytes(b'number,article\n=cmd|"/c calc"!A1,@SUM(1)\n'),
    # archives and packed things
    "a zip bomb": _bytes(_bomb()),
    "a zip that slips": _bytes(_slip()),
    "a gzip bomb": _bytes(gzip.compress(b"\x00" * (256 << 20), 9)),
    "MessagePack without end": _bytes(b"\xdf\xff\xff\xff\xff" + b"\xa1a" * 10),
    "MessagePack, deep": _bytes(b"\x91" * DEEP),
    "YAML that makes objects": _bytes(b"!!python/object/apply:os.system ['true']\n"),
    "YAML that swells": _bytes(b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((c, c) + (c - 1,) * 9) for c in range(98, 106))),
    # words that are not what they seem
    "right-to-left override": _bytes('{"text": "\u202eAnna", "label": [[0, 4, "\u202eP"]]}\n'.encode()),
    "markup": _bytes(b'{"text": "<img src=http://127.0.0.1:9/x onerror=x>", "label": [[0, 4, "<b>"]]}\n'),
    "format strings": _bytes(b'{"text": "%s {name} ${x}", "label": [[0, 2, "%n{0}"]]}\n'),
    "a label of a megabyte": _bytes(_json({"text": "Anna", "label": [[0, 4, "P" * (1 << 20)]], "spans": [{"start": 0, "end": 4, "label": "P" * (1 << 20)}]})),
}  # fmt: skip


XML: dict[str, Make] = {
    "one tag as long as may be": _tag(b'<collection x="', 60 << 20),
    "one comment as long as may be": _tag(b"<collection><!--", 60 << 20),
}
"""What only formats in XML are given: to those of text it is a text like others, and a long one."""


def _folder(path: Path) -> None:
    path.mkdir()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _circle(path: Path) -> None:
    path.symlink_to(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


MADE |= {
    "a folder": _folder,
    "a pipe": _fifo,
    "a link to nothing": _dangling,
    "a link to itself": _circle,
    "a device": _device,
}


BESIDE = (".txt", "Anna left the board.\n")
"""What stands beside each file, for the formats that keep the text apart."""


def made(folder: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """Make the files one after the other, each with this suffix, and take each away again."""
    made = MADE | (XML if suffix in {".xml", ".xmi"} else {})
    for n, (name, make) in enumerate(made.items()):
        path = folder / f"bad{n}{suffix}"
        make(path)
        if suffix != BESIDE[0]:
            path.with_suffix(BESIDE[0]).write_text(BESIDE[1])
        yield name, path
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
