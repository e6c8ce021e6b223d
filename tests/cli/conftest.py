"""A demonstration on the embedded database, built once for all tests of commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.parvis_command import parvis


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one that is never changed."""
    home = tmp_path_factory.mktemp("built")
    done = parvis(home, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def saved(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    target = tmp_path_factory.mktemp("saved") / "sauvegarde.zip"
    done = parvis(built, "backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "home"))
