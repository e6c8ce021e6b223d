"""Where a backup may be written, what it leaves behind, and what it says of itself."""

from __future__ import annotations

import fcntl
import json
import os
import zipfile
from pathlib import Path

import pytest

from parvis.cli import archive
from parvis.cli.archive import Manifest, describe, pack, refuse_target, unpack
from parvis.cli.private_folder import private_folder
from parvis.core.errors import RefusedInput
from tests.cli.homes import names_in
from tests.cli.parvis_command import parvis


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a database"
    path.write_bytes(b"rows " * 50_000)
    return path


def manifest_of(database: Path) -> Manifest:
    return describe(database, version="0.1.0", made_at="2026-11-28T21:00:00+00:00", engine="sqlite")


def test_a_backup_gives_back_its_bytes_and_is_its_owners_only(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "s.zip"
    pack(database, target, manifest_of(database))
    assert target.stat().st_mode & 0o777 == 0o600
    assert unpack(target, tmp_path / "taken") == manifest_of(database)
    assert (tmp_path / "taken").read_bytes() == database.read_bytes()


def test_a_file_that_exists_is_replaced_only_when_told(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "s.zip"
    target.write_bytes(b"the former one")
    with pytest.raises(RefusedInput, match="--replace"):
        pack(database, target, manifest_of(database))
    assert target.read_bytes() == b"the former one"
    pack(database, target, manifest_of(database), replace=True)
    assert zipfile.is_zipfile(target)


def test_a_file_that_comes_at_the_last_moment_stays(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two backups at once, under one name: the second one to end replaces nothing."""
    target = tmp_path / "s.zip"
    looked = archive.refuse_target

    def look_then_lose(path: Path, *, replace: bool) -> None:
        looked(path, replace=replace)
        if not path.exists():
            path.write_bytes(b"the other one")

    monkeypatch.setattr(archive, "refuse_target", look_then_lose)
    with pytest.raises(RefusedInput, match="existe déjà"):
        pack(database, target, manifest_of(database))
    assert target.read_bytes() == b"the other one"
    assert names_in(tmp_path) == ["a database", "s.zip"]


def test_devices_links_folders_and_others_files_are_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, link, pipe = (tmp_path / name for name in ("kept", "link", "pipe"))
    kept.write_bytes(b"kept")
    link.symlink_to(kept)
    os.mkfifo(pipe)
    for target in (link, pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(RefusedInput, match="fichier ordinaire"):
            refuse_target(target, replace=True)
    monkeypatch.setattr(os, "geteuid", lambda: kept.stat().st_uid + 1)
    with pytest.raises(RefusedInput, match="quelqu'un d'autre"):
        refuse_target(kept, replace=True)
    with pytest.raises(RefusedInput, match="n'existe pas"):
        refuse_target(tmp_path / "nowhere" / "s.zip", replace=True)


def test_what_a_backup_killed_outright_left_goes_and_what_another_writes_stays(database: Path, tmp_path: Path) -> None:
    left, living = tmp_path / ".old.zip.parvis-partiel", tmp_path / ".other.zip.parvis-partiel"
    left.write_bytes(b"rows in clear")
    with living.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        pack(database, tmp_path / "s.zip", manifest_of(database))
        assert names_in(tmp_path) == [".other.zip.parvis-partiel", "a database", "s.zip"]
        other.write(b"half of it")
        other.flush()
        with pytest.raises(RefusedInput, match="attendez"):
            pack(database, tmp_path / "other.zip", manifest_of(database))
        assert living.read_bytes() == b"half of it"


def test_a_private_folder_goes_at_the_end_with_those_of_dead_programs(tmp_path: Path) -> None:
    (tmp_path / "travail-dead").mkdir()
    (tmp_path / "travail-dead" / "copy").write_bytes(b"rows in clear")
    with private_folder(tmp_path) as first:
        assert first.stat().st_mode & 0o777 == 0o700
        with private_folder(tmp_path) as second:
            assert names_in(tmp_path) == sorted([first.name, second.name])
    assert names_in(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_nothing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "s.zip"
    pack(database, target, manifest_of(database))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.shutil, "copyfileobj", full)
    with pytest.raises(RefusedInput, match="plus de place"):
        unpack(target, tmp_path / "taken")
    monkeypatch.setattr(archive.os, "fsync", full)
    with pytest.raises(RefusedInput, match="plus de place"):
        pack(database, tmp_path / "t.zip", manifest_of(database))
    assert not [name for name in names_in(tmp_path) if "partiel" in name or name == "t.zip"]


def test_a_disk_too_small_is_said_before_anything_is_written(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "s.zip"
    pack(database, target, manifest_of(database))
    room = os.statvfs(tmp_path)
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _: type("Usage", (), {"free": room.f_bsize * 0})())
    with pytest.raises(RefusedInput, match="plus de place"):
        unpack(target, tmp_path / "taken")
    assert not (tmp_path / "taken").exists()


def test_the_manifest_tells_migrations_tables_and_a_print_of_the_key(built: Path, saved: Path) -> None:
    with zipfile.ZipFile(saved) as whole:
        told = json.loads(whole.read("manifest.json"))
    assert "core.0001_initial" in told["migrations"]
    assert "recipient" in told["tables"]["core_outgoingmail"]
    key = (built / "secret-key").read_text().strip()
    assert len(told["key"]) == 16
    assert told["key"] not in key
    again = parvis(built, "backup", str(saved))
    assert (again.returncode, "--replace" in again.stderr) == (2, True)
    assert not [name for name in names_in(built) if name.startswith("travail-")]
