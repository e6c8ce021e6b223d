"""A backup: one zip with a manifest first, then the database, each part under its SHA-256."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from parvis.core.errors import RefusedInput

FORMAT: Final = "parvis-backup/1"
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
_BLOCK: Final = 1024 * 1024
_DAMAGED: Final = "Cette sauvegarde est abîmée ou n'en est pas une : rien n'a été touché. Essayez la précédente."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `engine` is `sqlite` or `postgresql`."""

    format: str
    version: str
    made_at: str
    engine: str
    sha256: str
    size: int


def digest_of(source: IO[bytes]) -> str:
    """SHA-256 of a stream, read by blocks."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def pack(database: Path, target: Path, *, version: str, made_at: str, engine: str) -> None:
    """Write the backup under another name, then give it its own: an interrupted one never looks whole."""
    with database.open("rb") as source:
        digest = digest_of(source)
    manifest = Manifest(FORMAT, version, made_at, engine, digest, database.stat().st_size)
    partial = target.with_name(f"{target.name}.partiel")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
            archive.write(database, DATABASE)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def unpack(source: Path, database: Path) -> Manifest:
    """Take the database out of the backup, into `database`, once its digest was checked.

    Only the two names of a backup are ever read: whatever else the archive holds goes nowhere.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)[:10_000]))
            if manifest.format != FORMAT or archive.getinfo(DATABASE).file_size != manifest.size:
                raise RefusedInput(_DAMAGED)
            with archive.open(DATABASE) as packed, database.open("wb") as out:
                shutil.copyfileobj(packed, out, _BLOCK)
    except FileNotFoundError:
        raise RefusedInput(f"La sauvegarde « {source} » n'existe pas : vérifiez son nom.") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, TypeError, OSError, EOFError,
            NotImplementedError, RuntimeError):  # fmt: skip
        raise RefusedInput(_DAMAGED) from None
    with database.open("rb") as taken:
        if digest_of(taken) != manifest.sha256:
            raise RefusedInput(_DAMAGED)
    return manifest
