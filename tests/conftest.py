"""The harness: what a test forgets fails here, not in production.

An undefined template variable, a warning (an unordered list among them) and a query outside a `db` fixture fail by
settings (pyproject.toml); a connection to anything but this machine fails below.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings
from model_bakery import baker

# The same examples each time: a change is judged on itself. `PARVIS_EXPLORE=1` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("default" if os.environ.get("PARVIS_EXPLORE") else "steady")
for kind in ("DerivedCharField", "DerivedTextField"):  # they compute themselves
    baker.generators.add(f"parvis.core.derived.{kind}", lambda **_: "")

baker.generators.add("parvis.core.one_line.OneLineField", "model_bakery.random_gen.gen_string")

_HERE = ("127.", "::1", "localhost")


class NetworkForbidden(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connections stay on this machine: databases answer on the loopback, nothing else is asked of anyone."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_HERE):
            raise NetworkForbidden(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What one test left in the memory of the process is not read by the next, whatever their order."""
    cache.clear()


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Static files under their own names: no test needs them collected first."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "whitenoise" not in each]


@pytest.fixture(autouse=True)
def no_kept_page() -> None:
    """The pages kept by one test are not for the next: a database without a row has the same version in both."""
    from parvis.web.public.kept_pages import answers

    answers.forget()


@pytest.fixture
def on_a_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Threads need a database they can share: SQLite in memory gives each its own."""
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path_factory.mktemp("race") / "race.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    settings, kept = connection.settings_dict, connection.connection
    name, options = settings["NAME"], settings["OPTIONS"]
    connection.connection = None
    # Thirty-two writers at once, where `parvis serve` has eight: each may have to wait for all the others.
    settings["NAME"], settings["OPTIONS"] = str(path), options | {"timeout": 60}
    yield
    connection.close()
    settings["NAME"], settings["OPTIONS"], connection.connection = name, options, kept
