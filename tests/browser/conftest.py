"""The real program, served as `parvis demo` serves it, driven by a real browser.

Pictures of the screens go to `$PARVIS_CAPTURES` when it is set, so that someone may look at them.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"http://\S+/(?:gestion/lien|partenaires/invitation)/\S+/")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class Site:
    """A demonstration being served. `links` are its sign-in links by role, as it printed them; `home` is its folder."""

    url: str
    links: dict[str, str]
    home: Path


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`parvis demo` in a home of its own, ready when it has printed its links."""
    with demonstration(tmp_path_factory.mktemp("home")) as served:
        yield served


@contextlib.contextmanager
def demonstration(home: Path, **settings: str) -> Iterator[Site]:
    """The same for a test that needs `settings` of its own."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "DATABASE_"))}
    program = subprocess.Popen(
        [sys.executable, "-m", "parvis.cli.main", "demo", "--port", str(port)],
        cwd=ROOT,
        env={**kept, "PARVIS_HOME": str(home), "PARVIS_URL": address, "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with program:
        try:
            yield Site(address, _links(program), home)
        finally:
            program.terminate()
            program.wait(timeout=20)


def _links(program: subprocess.Popen[str]) -> dict[str, str]:
    """Reads what the program prints until it says that it is open; then goes on reading so that it never blocks."""
    assert program.stdout is not None
    links: dict[str, str] = {}
    said: list[str] = []
    for line in program.stdout:
        said.append(line)
        found = _LINK.search(line)
        if found:
            links[line.strip().split()[0]] = found[0].replace("localhost", "127.0.0.1")
        if "Parvis est ouvert" in line:
            threading.Thread(target=_drain, args=(program.stdout,), daemon=True).start()
            return links
    raise AssertionError("parvis demo stopped:\n" + "".join(said))


def _drain(stream: IO[str]) -> None:
    with contextlib.suppress(ValueError):  # closed at the end of the session
        for _ in stream:
            pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("Debian's chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser nobody used. A page that logs an error, or breaks the content policy, fails the test."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    made.set_default_timeout(10_000)
    faults: list[str] = []
    made.on("console", lambda said: faults.append(f"{said.text} {said.location} ({said.page and said.page.url})")
            if said.type == "error" else None)  # fmt: skip
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("request", lambda asked: None if "127.0.0.1" in asked.url or asked.url.startswith("blob:")
            else faults.append(f"asked {asked.url}"))  # fmt: skip
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    wanted = os.environ.get("PARVIS_CAPTURES")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("captures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
