"""The shared cache with a real server: there, not there, and stopped in the middle."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from parvis.core import shared_cache
from parvis.core.shared_cache import ForgivingRedisCache


class Redis:
    """A server of its own, that starts and stops."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.folder = folder
        self._program: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self._program = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._program.stdout is not None
        assert any("Ready to accept" in line for line in self._program.stdout)

    def stop(self) -> None:
        if self._program is not None:
            with self._program:
                self._program.kill()
            self._program = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server")
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next call asks again, whatever the one before met."""
    monkeypatch.setattr(shared_cache, "_REST_SECONDS", 0.0)


def test_with_a_server_what_is_kept_is_seen_by_another_process(redis: Redis) -> None:
    redis.start()
    ForgivingRedisCache(redis.url, {}).set("key", {"a": 1})
    assert ForgivingRedisCache(redis.url, {}).get("key") == {"a": 1}
    assert ForgivingRedisCache(redis.url, {}).add("key", 2) is False


def test_without_a_server_nothing_is_kept_and_nothing_fails(redis: Redis) -> None:
    cache = ForgivingRedisCache(redis.url, {})
    cache.set("key", 1)
    cache.set_many({"key": 1})
    cache.delete_many(["key"])
    assert (cache.get("key", "none"), cache.get_many(["key"]), "key" in cache) == ("none", {}, False)
    cache.clear()
    assert (cache.add("key", 1), cache.touch("key"), cache.delete("key")) == (True, False, False)


def test_stopped_in_the_middle_it_is_told_once_and_comes_back(redis: Redis, caplog: pytest.LogCaptureFixture) -> None:
    redis.start()
    cache = ForgivingRedisCache(redis.url, {})
    cache.set("key", 1)
    redis.stop()
    assert [cache.get("key") for _ in range(3)] == [None] * 3
    redis.start()
    cache.set("key", 2)
    assert cache.get("key") == 2
    assert [record.getMessage() for record in caplog.records] == [
        "The shared cache does not answer; the site goes on without it: ConnectionError",
        "The shared cache answers again.",
    ]


def test_what_was_to_be_cleared_during_an_outage_is_cleared_before_anything_is_read(redis: Redis) -> None:
    redis.start()
    cache = ForgivingRedisCache(redis.url, {})
    cache.set("erased", 1)
    cache._state.rests_until = float("inf")
    cache.clear()
    cache._state.rests_until = 0.0
    assert cache.get("erased") is None


def test_pages_open_without_the_server_that_the_settings_name(redis: Redis, settings: object, db: None) -> None:
    backend = "parvis.core.shared_cache.ForgivingRedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": redis.url}}  # type: ignore[attr-defined]
    assert Client().get("/").status_code == 200
