"""Packets that are damaged, or mean harm, by name: words with the file, nothing written, bounded memory."""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.making import ANNA, BEN, make

from rubricator.errors import UserError
from rubricator.hub import packets
from rubricator.hub.merging import merge, plan
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store import check

TEXT = "Anna S.\n\nLebrune of Port Velis met 🙂 Layla in Arvenia."
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a project and the packet that Ben sends back."""
    folder = tmp_path_factory.mktemp("good")
    with make(folder / "main.rubric", ANNA, [("one", TEXT)]) as project:
        project.join("ben")
        ben = packets.annotator_called(project, "ben")
        assert ben is not None
        packets.pack(project, folder / "out.rubpack", ben, ["one"])
    with packets.open_packet(folder / "out.rubpack", folder / "ben.rubric", BEN.device) as copy:
        copy.annotate("one", "PERSON", [Span.of(0, 7)])
        packets.pack(copy, folder / "back.rubpack", ben, ["one"])
    return folder / "main.rubric", folder / "back.rubpack"


def members(packet: Path) -> Members:
    with zipfile.ZipFile(packet) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(found: Members, **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.get("kind", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
        for name, data in options.get("more", ()):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a name that is there twice
                archive.writestr(name, data)
    return out.getvalue()


def summed(found: Members) -> Members:
    """Have the manifest say what the members are."""
    manifest = json.loads(found["manifest.json"])
    for member in manifest["members"]:
        data = found[member["name"]]
        member.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    return {**found, "manifest.json": json.dumps(manifest).encode() + b"\n"}


def manifest(found: Members, **changes: Any) -> Members:
    return {**found, "manifest.json": json.dumps({**json.loads(found["manifest.json"]), **changes}).encode()}


def rows(found: Members, change: Callable[[dict[str, Any]], object]) -> Members:
    """Change the last journal row, with a sum that is right."""
    *before, last = found["journal.jsonl"].splitlines()
    row = json.loads(last)
    change(row)
    lines = [*before, json.dumps(row).encode()]
    return summed({**found, "journal.jsonl": b"\n".join(lines) + b"\n"})


def last_line(found: Members, line: bytes) -> bytes:
    return zipped(summed({**found, "journal.jsonl": found["journal.jsonl"] + line}))


def payload(old: str, new: str) -> Callable[[dict[str, Any]], object]:
    def change(row: dict[str, Any]) -> None:
        assert old in row["payload"]
        row["payload"] = row["payload"].replace(old, new)

    return change


def flagged(found: Members) -> bytes:
    data = bytearray(zipped(found))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def many(n: int) -> bytes:
    """A zip of many members of nothing, whose end says so truly."""
    out = io.BytesIO()
    directory = io.BytesIO()
    for i in range(n):
        name = b"%07d" % i
        directory.write(
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, out.tell())
        )
        directory.write(name)
        out.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 7, 0) + name)
    start = out.tell()
    out.write(directory.getvalue())
    out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, n & 0xFFFF, n & 0xFFFF, directory.tell(), start, 0))
    return out.getvalue()


def bomb(found: Members) -> bytes:
    """400 MB of one line."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("manifest.json", "texts.jsonl"):
            archive.writestr(name, found[name])
        with archive.open("journal.jsonl", "w") as member:
            for _n in range(400):
                member.write(b" " * (1 << 20))
    return out.getvalue()


def declared(found: Members, name: str, size: int) -> Members:
    value = json.loads(found["manifest.json"])
    for member in value["members"]:
        if member["name"] == name:
            member["size"] = size
    return {**found, "manifest.json": json.dumps(value).encode()}


def lying(found: Members) -> bytes:
    """Headers that say 10 bytes, of a member that swells to 100 MB."""
    data = bytearray(zipped({**declared(found, "texts.jsonl", 100 << 20), "texts.jsonl": b" " * (100 << 20)}))
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 24, 10)
    return bytes(data)


def row_again(found: Members) -> bytes:
    first, *rest = found["journal.jsonl"].splitlines()
    row = json.loads(first)
    row["at"] = "1999-01-01T00:00:00.000Z"
    return zipped(summed({**found, "journal.jsonl": b"\n".join([json.dumps(row).encode(), *rest]) + b"\n"}))


def other_text(found: Members) -> bytes:
    text = "Another text."
    key = hashlib.sha256(text.encode()).hexdigest()
    added = json.dumps({"ops": [["+", "article", "one", {"digest": key}]]})
    texts = found["texts.jsonl"] + json.dumps({"digest": key, "text": text}).encode() + b"\n"
    return zipped(rows({**found, "texts.jsonl": texts}, lambda row: row.update(payload=added, id="new")))


def no_text(found: Members) -> bytes:
    added = json.dumps({"ops": [["+", "article", "new", {"digest": "a" * 64}]]})
    return zipped(rows(found, lambda row: row.update(payload=added, id="new", step="new")))


BAD: dict[str, tuple[Callable[[Members], bytes], str]] = {
    "empty": (lambda _f: b"", "not a packet"),
    "no zip": (lambda _f: b"Anna left.\n" * 1000, "not a packet"),
    "cut short": (lambda f: zipped(f)[:-300], "not a packet"),
    "cut by a byte": (lambda f: zipped(f)[:-1], "not a packet"),
    "something before it": (lambda f: b"#!/bin/sh\n" + zipped(f), "not a packet"),
    "something after it": (lambda f: zipped(f) + b"more", "not a packet"),
    "damaged inside": (lambda f: zipped(f)[:60] + b"\xff\xff\xff" + zipped(f)[63:], "damaged|not what its sum"),
    "a zip bomb": (bomb, "longer than|swells"),
    "a zip bomb that is announced": (lambda f: bomb(declared(f, "journal.jsonl", 400 << 20)), "swells|too long"),
    "a header that lies": (lying, "damaged|swells|no object|not what"),
    "a zip that slips": (lambda f: zipped(f, more=[("../../../tmp/rubricator-slipped", b"x")]), "no such member"),
    "a member of the root": (lambda f: zipped(f, more=[("/tmp/rubricator-slipped", b"x")]), "no such member"),
    "a member more": (lambda f: zipped(f, more=[("notes.txt", b"x")]), "notes.txt: a packet has no such member"),
    "a member twice": (lambda f: zipped(f, more=[("texts.jsonl", b"")]), "texts.jsonl: it is there twice"),
    "a member missing": (lambda f: zipped({k: v for k, v in f.items() if k != "texts.jsonl"}), "texts.jsonl: it is missing"),
    "a crowd of members": (lambda _f: many(300_000), "too many members"),
    "encrypted": (flagged, "encrypted"),
    "packed with LZMA": (lambda f: zipped(f, kind=zipfile.ZIP_LZMA), "packed in a way"),
    "a wrong sum": (lambda f: zipped({**f, "texts.jsonl": f["texts.jsonl"].replace(b"Layla", b"Layle")}), "digest"),
    "a wrong sum of the journal": (lambda f: zipped({**f, "journal.jsonl": f["journal.jsonl"][:-40] + b"\n"}), "journal.jsonl"),
    "rows taken away": (lambda f: zipped({**f, "journal.jsonl": b""}), "journal.jsonl: it is not what its sum"),
    "a manifest that is none": (lambda f: zipped({**f, "manifest.json": b"[]"}), "manifest.json, line 1: it is no object"),
    "a manifest of something else": (lambda f: zipped(manifest(f, rubricator=1)), "not that of a packet"),
    "a manifest without an annotator": (lambda f: zipped(manifest(f, annotator=None)), "whose the packet is"),
    "a manifest of 100 MB": (lambda f: zipped({**f, "manifest.json": b" " * (100 << 20)}), "longer than"),
    "another project's": (lambda f: zipped(manifest(f, project={"id": "x", "name": "x"})), "another project"),
    "a newer packet": (lambda f: zipped(manifest(f, version=2)), "newer Rubricator"),
    "a newer kind of thing": (lambda f: zipped(rows(f, payload('"annotation"', '"sonnet"'))), "newer Rubricator"),
    "a newer operation": (lambda f: zipped(rows(f, lambda r: r.update(payload='{"ops":[["~","label","X",{}]]}'))), "newer Rubricator"),
    "a row that is here with another content": (row_again, "here already, with another content"),
    "another text under the same id": (other_text, "another text for the article one"),
    "an article without its text": (no_text, "the text of the article new is missing"),
    "a span beyond its text": (lambda f: zipped(rows(f, payload('[0,7]', "[0,7000]"))), "ends outside the text"),
    "a recheck of nothing": (lambda f: zipped(rows(f, lambda r: r.update(payload='{"ops":[["+","recheck","x",{"labels":5}]]}'))), "recheck.labels"),
    "a text that is not its digest": (lambda f: zipped(summed({**f, "texts.jsonl": f["texts.jsonl"].replace(b"Layla", b"Lilly")})), "digest"),
    "a text with a NUL": (lambda f: zipped(summed({**f, "texts.jsonl": f["texts.jsonl"].replace(b"Layla", b"\\u0000ayla")})), "U\\+0000"),
    "a lone surrogate": (lambda f: zipped(rows(f, payload("PERSON", "\\ud800"))), "U\\+D800"),
    "a lone surrogate in the row": (lambda f: zipped(rows(f, lambda r: r.update(at="\ud800"))), "U\\+D800"),
    "not a number": (lambda f: zipped(rows(f, payload('[0,7]', "[0,NaN]"))), "NaN"),
    "infinite": (lambda f: zipped(rows(f, payload('[0,7]', "[0,1e999]"))), "large|number"),
    "a huge number": (lambda f: zipped(rows(f, payload('[0,7]', f"[0,{10**30}]"))), "too large"),
    "a number of 10,000 digits": (lambda f: zipped(rows(f, payload('[0,7]', f"[0,{'9' * 10_000}]"))), "digits|large"),
    "a clock that is none": (lambda f: zipped(rows(f, lambda r: r.update(lamport=-1))), "clock"),
    "a clock of words": (lambda f: zipped(rows(f, lambda r: r.update(lamport="1"))), "lamport"),
    "a clock far ahead": (lambda f: zipped(rows(f, lambda r: r.update(lamport=2**53))), "far ahead"),
    "a clock beyond all": (lambda f: zipped(rows(f, lambda r: r.update(lamport=2**64))), "clock|number"),
    "an id of 10,000 letters": (lambda f: zipped(rows(f, lambda r: r.update(id="a" * 10_000))), "“id” cannot be read"),
    "a row that takes itself back": (lambda f: zipped(rows(f, lambda r: r.update(undoes=r["id"]))), "takes back what was done later"),
    "a field more": (lambda f: zipped(rows(f, lambda r: r.update(more=1))), "no journal row"),
    "a key twice": (lambda f: last_line(f, b'{"id":"a","id":"b"}\n'), "twice"),
    "deep": (lambda f: last_line(f, b"[" * 100_000 + b"\n"), "nested too deeply|not JSON"),
    "deep inside": (lambda f: zipped(rows(f, lambda r: r.update(payload='{"ops":' + "[" * 500 + "]" * 500 + "}"))), "nested too deeply"),
    "not UTF-8": (lambda f: last_line(f, b'"\xff"\n'), "not UTF-8"),
    "a line without an end": (lambda f: zipped(summed({**f, "journal.jsonl": f["journal.jsonl"][:-1]})), "does not end"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_packets(good: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    make_bad, words = BAD[name]
    place, packet = good
    bad = tmp_path / "bad.rubpack"
    bad.write_bytes(make_bad(members(packet)))
    with Project.open(place, ANNA) as project:
        before, files = check.state(project._store.db), set(place.parent.iterdir())
        for verb in (lambda: plan(project, bad), lambda: merge(project, [packet, bad])):
            with pytest.raises(UserError, match=words) as told:
                verb()
            if name != "a row that takes itself back":
                assert "bad.rubpack" in str(told.value)
        assert (check.state(project._store.db), set(place.parent.iterdir())) == (before, files)
    assert not Path("/tmp/rubricator-slipped").exists()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert peak < 3_000_000, "kB, of this whole process"


@pytest.mark.parametrize(
    "name", ["cut short", "a zip bomb", "a wrong sum of the journal", "deep inside", "rows taken away"]
)
def test_no_project_is_made_of_a_bad_packet(good: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    make_bad, words = BAD[name]
    bad = tmp_path / "bad.rubpack"
    bad.write_bytes(make_bad(members(good[1])))
    with pytest.raises(UserError, match=words):
        packets.open_packet(bad, tmp_path / "made.rubric", BEN.device)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".rubric"] == []


@pytest.mark.parametrize("name", ["an article without its text", "a span beyond its text"])
def test_no_project_is_made_of_what_would_not_be_whole(good: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.rubpack"
    bad.write_bytes(BAD[name][0](members(good[1])))
    with pytest.raises(UserError, match=r"bad.rubpack, journal.jsonl: what it makes is not whole"):
        packets.open_packet(bad, tmp_path / "made.rubric", BEN.device)
    assert [*tmp_path.iterdir()] == [bad]


@pytest.mark.parametrize("name", ["a pipe", "a folder", "nothing"])
def test_what_is_no_file(good: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.rubpack"
    if name == "a pipe":
        os.mkfifo(bad)
    elif name == "a folder":
        bad.mkdir()
    with Project.open(good[0], ANNA) as project, pytest.raises(UserError, match="cannot be read"):
        plan(project, bad)


def test_a_good_one_is_taken_in(good: tuple[Path, Path], tmp_path: Path) -> None:
    place = tmp_path / "main.rubric"
    place.write_bytes(good[0].read_bytes())
    again = tmp_path / "again.rubpack"
    again.write_bytes(zipped(members(good[1])))  # somebody unpacked it and packed it again
    with Project.open(place, ANNA) as project:
        assert plan(project, again).rows == 1
        merge(project, [again])
        assert not plan(project, good[1])


def test_a_large_packet_is_read_in_little_memory(good: tuple[Path, Path], tmp_path: Path) -> None:
    """80 MB of texts: no more than some of them at once."""
    found = members(good[1])
    lines = []
    for n in range(80):
        text = f"{n} {os.urandom(1 << 19).hex()}"
        lines.append(json.dumps({"digest": hashlib.sha256(text.encode()).hexdigest(), "text": text}).encode())
    texts = found["texts.jsonl"] + b"\n".join(lines) + b"\n"
    large = tmp_path / "large.rubpack"
    large.write_bytes(zipped(summed({**found, "texts.jsonl": texts})))
    del texts, lines
    code = (
        "import resource, sys; from pathlib import Path; from rubricator.hub.parcel import opened\n"
        "base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "with opened(Path(sys.argv[1])) as parcel: parcel.verify()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, large], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 40_000, run.stdout
