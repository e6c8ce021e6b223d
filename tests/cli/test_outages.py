"""`parvis serve` while its database is locked, gone or frozen: it says so within seconds, and recovers alone.

A client waits ten seconds at most here: without the limits that are tried, it would be cut before an answer.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import resource
import shutil
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from bench.places import Place, beside, embedded
from bench.served import Served
from parvis.core.embedded.driver import WAL_IS_SAFE, sqlite

PATIENCE = 10


def ask(server: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str | None]:
    """Status, text, and `Retry-After`."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as client:
        client.request(method, path, headers={"Host": "localhost", **headers})
        answer = client.getresponse()
        return answer.status, answer.read().decode(), answer.headers["Retry-After"]


def until_it_answers(server: Served, path: str = "/sante") -> None:
    for _ in range(60):
        if ask(server, path)[0] == 200:
            return
        time.sleep(0.5)
    raise AssertionError("the site did not recover")


def test_a_locked_file_is_told_and_waited_for() -> None:
    with embedded() as place, Served(place) as server:
        other = sqlite.connect(Path(place.env["PARVIS_HOME"]) / "parvis.sqlite3", isolation_level=None)
        with closing(other):
            assert ask(server, "/sante")[0] == 200
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(2.1)  # what the probe saw before is not repeated for longer
            status, text, _ = ask(server, "/sante")
            assert (status, json.loads(text)["writes"]) == (503, False)
            other.execute("ROLLBACK")
            until_it_answers(server)


class Office:
    """A served trial: an agent who is in, and a partner's device."""

    def __init__(self, place: Place, server: Served) -> None:
        self.base = f"http://localhost:{server.port}"
        side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
        self.token, self.sheet = side["participants"][0]["token"], side["sheets"][0]
        self.consultation = side["consultation"]
        self.browser = requests.Session()
        link = self.base + next(agent["sign_in"] for agent in side["agents"] if agent["role"] == "coordinator")
        token = re.search(r'name="csrfmiddlewaretoken" value="(.+?)"', self.browser.get(link, timeout=PATIENCE).text)
        assert token is not None
        self.browser.post(link, {"csrfmiddlewaretoken": token[1]}, timeout=PATIENCE).raise_for_status()
        self._seq = 0

    def reads(self) -> list[int]:
        """What anyone reads, and what an agent does."""
        paths = ("/", f"/concertations/{self.consultation}/", "/gestion/", "/gestion/rencontres/")
        return [self.browser.get(self.base + path, timeout=PATIENCE).status_code for path in paths]

    def speak(self) -> tuple[int, str | None, str]:
        """An opinion: status, `Retry-After`, type of the answer."""
        self._seq += 1
        op = {"op_id": str(uuid.uuid4()), "seq": self._seq, "kind": "opinion", "value": "continue", "sheet": self.sheet}
        answer = requests.post(
            f"{self.base}/api/v1/outbox", json={"device": "d", "ops": [op]}, timeout=PATIENCE,
            headers={"Authorization": f"Bearer {self.token}"},
        )  # fmt: skip
        return answer.status_code, answer.headers.get("Retry-After"), answer.headers["Content-Type"].partition(";")[0]

    def until_it_takes_words(self) -> None:
        for _ in range(60):
            if self.speak()[0] == 200:
                return
            time.sleep(0.5)
        raise AssertionError("the site takes no word")

    def only_reads(self, server: Served) -> None:
        """Twice: what the first refusal teaches must not close what is read."""
        for _ in range(2):
            assert self.speak() == (503, "5", "application/json")
            assert self.reads() == [200] * 4
        time.sleep(2.1)
        status, text, _ = ask(server, "/sante")
        assert (status, json.loads(text)["state"]) == (503, "lecture seule")


@pytest.mark.skipif(not WAL_IS_SAFE, reason="with the rollback journal a writer may hold readers too")
def test_while_another_program_writes_pages_are_read_and_words_refused() -> None:
    with embedded() as place, Served(place) as server:
        office = Office(place, server)
        other = sqlite.connect(Path(place.env["PARVIS_HOME"]) / "parvis.sqlite3", isolation_level=None)
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            office.only_reads(server)
            other.execute("ROLLBACK")
        office.until_it_takes_words()


@pytest.mark.skipif(not WAL_IS_SAFE, reason="with the rollback journal a writer may hold readers too")
def test_on_a_full_disk_pages_are_read_and_words_refused() -> None:
    with embedded() as place, Served(place) as server:
        office = Office(place, server)
        office.reads()
        with full_disk(server):
            office.only_reads(server)
        office.until_it_takes_words()


@contextmanager
def full_disk(server: Served) -> Iterator[None]:
    """No process of the server may make a file longer."""
    kept = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in server.processes()}
    for process, (_, hard) in kept.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    yield
    for process, limits in kept.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


def test_on_a_read_only_server_pages_are_read_and_words_refused() -> None:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("for PostgreSQL")
    with beside(url) as place, Served(place, workers=1) as server:
        office = Office(place, server)
        name = urlsplit(place.env["DATABASE_URL"]).path.strip("/")
        with psycopg.connect(url, autocommit=True) as administrator:
            administrator.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
            hang_up(administrator, name)
            office.only_reads(server)
            administrator.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
            office.until_it_takes_words()


def hang_up(administrator: psycopg.Connection[Any], name: str) -> None:
    """Connections that were open keep what they were told when they opened."""
    administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def test_a_file_that_went_is_told_and_not_made_again() -> None:
    with embedded() as place, Served(place) as server:
        home = Path(place.env["PARVIS_HOME"])
        assert ask(server, "/")[0] == 200
        shutil.move(home / "parvis.sqlite3", home / "elsewhere")
        status, text, retry = ask(server, "/")
        assert (status, retry) == (503, "5")
        assert "Le site ne peut pas répondre" in text
        status, text, _ = ask(server, "/", Accept="application/json")
        assert (status, list(json.loads(text))) == (503, ["detail", "refusal"])
        assert not (home / "parvis.sqlite3").exists()
        shutil.move(home / "elsewhere", home / "parvis.sqlite3")
        assert ask(server, "/")[0] == 200
        until_it_answers(server)


class Wire:
    """A way to PostgreSQL that can be frozen: nothing passes, nothing is closed."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._open = threading.Event()
        self._open.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def freeze(self) -> None:
        self._open.clear()

    def thaw(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._there)
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self._open.wait()
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            end.close()


@contextmanager
def wired() -> Iterator[tuple[Place, Wire]]:
    """A new database of PostgreSQL, reached through a wire."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("for PostgreSQL")
    with beside(url) as place:
        own = urlsplit(place.env["DATABASE_URL"])
        with closing(Wire(own.hostname or "127.0.0.1", own.port or 5432)) as wire:
            user = f"{own.username}:{own.password}" if own.password else f"{own.username}"
            through = own._replace(netloc=f"{user}@127.0.0.1:{wire.port}").geturl()
            yield Place(place.name, {**place.env, "DATABASE_URL": through}), wire


def test_a_frozen_server_is_told_within_seconds_to_everyone() -> None:
    with wired() as (place, wire), Served(place, workers=1) as server:
        assert ask(server, "/")[0] == 200
        wire.freeze()
        statuses = []

        def visit() -> None:
            statuses.append(ask(server, "/")[0])

        visitors = [threading.Thread(target=visit) for _ in range(40)]
        for visitor in visitors:
            visitor.start()
        assert ask(server, "/sante")[0] == 503
        for visitor in visitors:
            visitor.join()
        assert statuses == [503] * 40
        wire.thaw()
        until_it_answers(server)
        until_it_answers(server, "/")
