"""What a person has fetched from the network: well, badly, and never more than was asked for."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator

import pytest
from tests.exchange.web import Server, serving

from rubricator.errors import UserError
from rubricator.exchange.download import download
from rubricator.exchange.progress import CancelledError
from rubricator.exchange.topics import topic_file

BODY = json.dumps(
    {"conceptSet": [{"uri": "u:1", "qcode": "t:1", "prefLabel": {"en-GB": "sport", "de": "Sport"}, "x": "x" * 200_000}]}
).encode()


CSV = "code,name\na,Café\n"
PACKED = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")]
ANSWERS = {
    "packed.json": (PACKED, gzip.compress(BODY)),
    "mediatopics.json.gz": ([("Content-Type", "application/gzip")], gzip.compress(BODY)),
    "bomb.json": (PACKED, gzip.compress(b" " * (64 << 20))),
    "packed-short.json": (PACKED, gzip.compress(BODY)[:-200]),
    "packed-bad.json": (PACKED, gzip.compress(BODY)[:-8] + b"\0" * 8),
    "wrong.json": ([("Content-Type", "text/html")], BODY),
    "unnamed": ([("Content-Type", "application/octet-stream")], BODY),
    "latin.csv": ([("Content-Type", "text/csv; charset=iso-8859-1")], CSV.encode("latin-1")),
    "latin.json": ([("Content-Type", "application/json")], BODY.replace(b"sport", "Café".encode("latin-1"))),
    "utf-16.json": ([("Content-Type", "application/json")], BODY.decode().replace("sport", "Café").encode("utf-16")),
    "topics.csv.gz": ([("Content-Type", "application/x-gzip")], gzip.compress(CSV.encode("latin-1"))),
}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(BODY, ANSWERS) as made:
        yield made


def why_not(address: str, most: int = 1 << 20, **how: float) -> str:
    with pytest.raises(UserError) as refused:
        download(address, most, **how)
    return str(refused.value)


def test_what_stands_there_is_fetched_whole_with_progress(server: Server) -> None:
    seen: list[tuple[int, int]] = []
    data, kind = download(server.address("good.json?format=json&lang=x-all"), 1 << 20, lambda *n: seen.append(n))
    assert data == BODY
    assert kind == "application/json"
    assert seen[0] == (0, len(BODY))
    assert seen[-1] == (len(BODY), len(BODY))
    assert len(seen) > 3
    assert server.asked == ["/good.json?format=json&lang=x-all"]


def test_topics_are_read_from_an_address_whatever_its_name_says(server: Server) -> None:
    file = topic_file(server.address("newscodes/mediatopic/?format=json"))
    assert file.where == "mediatopic.json"
    assert [topic.name for topic in file.topics("de")] == ["Sport"]
    assert [topic.name for topic in topic_file(server.address("topics")).topics()] == ["A"], "its kind says: CSV"
    assert topic_file(server.address("moved.json")).concepts


@pytest.mark.parametrize("path", ["packed.json", "mediatopics.json.gz", "wrong.json", "unnamed"])
def test_how_a_server_packs_and_names_it_does_not_matter(server: Server, path: str) -> None:
    assert [topic.name for topic in topic_file(server.address(path)).topics("de")] == ["Sport"]


@pytest.mark.parametrize("path", ["latin.csv", "latin.json", "utf-16.json", "topics.csv.gz"])
def test_an_answer_that_is_not_utf_8_is_read_as_what_it_is(server: Server, path: str) -> None:
    assert [topic.name for topic in topic_file(server.address(path)).topics()] == ["Café"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing.json", "the server answers 404"),
        ("to-file.json", "file:///etc/hostname"),
        ("to-ftp.json", "“ftp://127.0.0.1/x” is no address of the web"),
        ("round.json", "infinite loop"),
        ("short.json", "cut short"),
        ("large.json", "larger than 1 MB"),
        ("endless.json", "larger than 1 MB"),
        ("bomb.json", "larger than 1 MB"),
        ("packed-short.json", "it is packed, and cut short"),
        ("packed-bad.json", "it is packed, and damaged"),
    ],
)
def test_what_is_not_had_is_told(server: Server, path: str, why: str) -> None:
    assert why in why_not(server.address(path))


def test_a_server_that_is_silent_or_dribbles_is_given_up(server: Server) -> None:
    assert "does not answer" in why_not(server.address("silent.json"), wait=0.1)
    assert "too slowly" in why_not(server.address("header.json"), whole=0.2), "headers without an end were waited for"
    times = iter([0.0, 1.0, 2.0, 99.0, 100.0, 101.0])
    assert "too slowly" in why_not(server.address("slow.json"), whole=50, clock=lambda: next(times))  # type: ignore[arg-type]


def test_a_page_instead_of_a_file_is_told_as_such(server: Server) -> None:
    with pytest.raises(UserError, match="a page of the web"):
        topic_file(server.address("page"))


def test_it_can_be_stopped_between_two_parts(server: Server) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        download(server.address("good.json"), 1 << 20, stop)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "http://",
        "https:///x",
        "data:,x",
        "http://[",
        "http://a b/",
        "javascript://x",
    ],
)
def test_only_addresses_of_the_web_are_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", pytest.fail)
    assert "is no address of the web" in why_not(address)


def test_a_machine_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "could not be had" in why_not(f"http://127.0.0.1:{port}/x.json")


@pytest.mark.parametrize(
    "address", ["http://a..b/x.json", "http://127.0.0.1:99999999/x", "http://[::1/x", "https:///x"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    assert "is no address of the web" in why_not(address)
