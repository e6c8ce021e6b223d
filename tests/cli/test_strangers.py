"""Strangers who hold connections hold nothing else: a visitor is answered meanwhile.

A visitor waits ten seconds at most here; by gunicorn's own worker she would wait thirty.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.places import embedded
from bench.served import Served
from bench.strangers import flood, half_body, half_head, no_closing, no_reading
from parvis.cli.worker import BUFFERED_BYTES

HEAD = b"Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with embedded() as place, Served(place, workers=1) as running:
        yield running


def asked(server: Served, path: str = "/", method: str = "GET", body: bytes | None = None) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)) as client:
        client.request(method, path, body=body, headers={"Host": "localhost"})
        answer = client.getresponse()
        return answer.status, answer.read().decode()


def opened(server: Served) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    return client


def until_closed(client: socket.socket) -> bytes:
    read = b""
    while data := client.recv(65536):
        read += data
    return read


@pytest.mark.parametrize("stranger", [half_head, half_body, no_reading, no_closing])
def test_a_visitor_is_answered_whatever_thirty_strangers_hold(
    server: Served, stranger: Callable[[int], socket.socket]
) -> None:
    strangers = [stranger(server.port) for _ in range(30)]
    try:
        assert asked(server)[0] == 200
        assert asked(server, "/sante")[0] == 200
    finally:
        for connection in strangers:
            connection.close()


def test_three_hundred_megabytes_of_a_stranger_are_refused_and_go_nowhere(server: Served) -> None:
    with closing(flood(server.port)) as stranger:
        head = stranger.recv(65536)
        assert head.startswith(b"HTTP/1.1 413")
        assert written_by(server) == 0


def written_by(server: Served) -> int:
    """Bytes of files that the server holds open and that no folder names: where a body would be."""
    total = 0
    assert server._program is not None
    group = str(server._program.pid)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.joinpath("stat").read_text().split()[4] != group:
                continue
            for file in process.joinpath("fd").iterdir():
                if str(file.readlink()).startswith("/tmp") and str(file.readlink()).endswith("(deleted)"):
                    total += file.stat().st_size
        except OSError:
            continue
    return total


def test_a_request_in_pieces_is_one_request(server: Served) -> None:
    with closing(opened(server)) as client:
        for piece in (b"GET /robots.txt HT", b"TP/1.1\r\nHost: local", b"host\r\nConnection: close\r\n\r", b"\n"):
            client.sendall(piece)
        assert until_closed(client).endswith(b"/signalements/\n")


def test_two_requests_sent_together_are_both_answered(server: Served) -> None:
    with closing(opened(server)) as client:
        one = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"
        client.sendall(one + b"\r\n" + one + b"Connection: close\r\n\r\n")
        assert until_closed(client).count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize("size", [10, BUFFERED_BYTES, BUFFERED_BYTES + 1, 900_000])
def test_a_body_arrives_whole_whatever_its_size(server: Served, size: int) -> None:
    status, text = asked(server, "/atelier/", "POST", b"x" * size)
    assert (status, "Ce formulaire n'a pas pu être envoyé" in text.replace("&#x27;", "'")) == (403, True)


def test_a_client_that_waits_to_be_told_is_told(server: Served) -> None:
    with closing(opened(server)) as client:
        client.sendall(b"POST /atelier/ HTTP/1.1\r\n" + HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(b"a=b")
        answer = client.recv(65536)
        while answer.startswith(b"HTTP/1.1 100") and b"HTTP/1.1 403" not in answer:  # it may be told twice
            answer += client.recv(65536)
        assert b"HTTP/1.1 403" in answer


def test_a_body_without_its_size_is_refused(server: Served) -> None:
    with closing(opened(server)) as client:
        chunked = b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
        client.sendall(b"POST /atelier/ HTTP/1.1\r\n" + HEAD + chunked)
        assert until_closed(client).startswith(b"HTTP/1.1 411")


def test_an_endless_head_is_refused(server: Served) -> None:
    with closing(opened(server)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 70_000)
        assert until_closed(client).startswith(b"HTTP/1.1 431")


def test_half_a_head_is_let_go_of(server: Served) -> None:
    with closing(opened(server)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert until_closed(client).startswith(b"HTTP/1.1 408")
