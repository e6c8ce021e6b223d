"""A backup: one zip with a manifest first, then the database under its SHA-256."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Final

from parvis.cli.private_folder import locked
from parvis.core.errors import RefusedInput

FORMAT: Final = "parvis-backup/2"
_READABLE: Final = ("parvis-backup/1", FORMAT)
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
_PARTIAL: Final = ".parvis-partiel"
_BLOCK: Final = 1024 * 1024
_DAMAGED: Final = "Cette sauvegarde est abîmée ou n'en est pas une : rien n'a été touché. Essayez la précédente."
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `engine` is `sqlite` or `postgresql`; `sha256` and `size` (bytes) are those of the
    database; `made_at` is an ISO date with its offset. Empty in a backup of the first format: `migrations` (applied,
    `app.name`), `tables` (table → columns), `key` (what `core.sealing.key_print` gives of the secret key).
    """

    format: str
    version: str
    made_at: str
    engine: str
    sha256: str
    size: int
    migrations: list[str] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)
    key: str = ""


def digest_of(source: IO[bytes]) -> str:
    """SHA-256 of a stream, read by blocks."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def refuse_target(target: Path, *, replace: bool) -> None:
    """Raises `RefusedInput` when a backup may not be written there: only a file of ours, and only if asked, is lost."""
    if not target.parent.is_dir():
        raise RefusedInput(f"Le dossier « {target.parent} » n'existe pas : créez-le, ou choisissez-en un autre.")
    try:
        standing = target.lstat()
    except FileNotFoundError:
        return
    except OSError:
        raise RefusedInput(f"« {target} » ne peut pas être écrit : choisissez un autre nom.") from None
    if not stat.S_ISREG(standing.st_mode):
        raise RefusedInput(f"« {target} » n'est pas un fichier ordinaire : choisissez un autre nom.")
    if standing.st_uid != os.geteuid():
        raise RefusedInput(f"« {target} » appartient à quelqu'un d'autre : choisissez un autre nom.")
    if not replace:
        raise RefusedInput(f"« {target} » existe déjà : choisissez un autre nom, ou ajoutez --replace.")


def pack(database: Path, target: Path, manifest: Manifest, *, replace: bool = False) -> None:
    """Write the backup under another name, then give it its own: an interrupted one never looks whole.

    Raises `RefusedInput` when it cannot be written, or when something stands there that may not be replaced.
    """
    _remove_partials(target.parent)
    partial = target.with_name(f".{target.name}{_PARTIAL}")
    opened = locked(partial, os.O_RDWR | os.O_CREAT)
    if opened is None:
        raise RefusedInput(f"« {target} » ne peut pas s'écrire : vérifiez vos droits, ou attendez l'autre sauvegarde.")
    os.ftruncate(opened, 0)
    with os.fdopen(opened, "r+b") as out, _room_in(target.parent):
        try:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
                archive.write(database, DATABASE)
            out.flush()
            os.fsync(out.fileno())
            refuse_target(target, replace=replace)
            _name(partial, target, replace=replace)
        finally:
            partial.unlink(missing_ok=True)


def describe(database: Path, **facts: object) -> Manifest:
    """The manifest of this file; `facts` are the other fields of `Manifest`."""
    with database.open("rb") as source:
        digest = digest_of(source)
    return Manifest(format=FORMAT, sha256=digest, size=database.stat().st_size, **facts)  # type: ignore[arg-type]


def _name(partial: Path, target: Path, *, replace: bool) -> None:
    """Give the finished file its name; without `replace`, never over one that came meanwhile."""
    if not replace:
        try:
            target.hardlink_to(partial)
            return
        except FileExistsError:
            refuse_target(target, replace=False)
        except OSError:  # a disk without links: that nothing stood there was seen just now
            pass
    partial.replace(target)


def _remove_partials(folder: Path) -> None:
    """What a backup killed outright left: in clear, and useless."""
    for partial in folder.glob(f".*{_PARTIAL}"):
        opened = locked(partial, os.O_RDWR)
        if opened is not None:
            partial.unlink(missing_ok=True)
            os.close(opened)


def read_manifest(source: Path) -> Manifest:
    """What a backup says of itself. Raises `RefusedInput` when it cannot be read as one."""
    with _opened(source) as archive:
        return _manifest(archive)


def unpack(source: Path, database: Path) -> Manifest:
    """Take the database out of the backup, into the new file `database`, once its digest was checked.

    Only the two names of a backup are ever read: whatever else the archive holds goes nowhere. Raises `RefusedInput`.
    """
    with _opened(source) as archive:
        manifest = _manifest(archive)
        with archive.open(DATABASE) as packed, _room_in(database.parent, manifest.size), database.open("xb") as out:
            shutil.copyfileobj(packed, out, _BLOCK)
    with database.open("rb") as taken:
        if digest_of(taken) != manifest.sha256:
            raise RefusedInput(_DAMAGED)
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise RefusedInput(f"La sauvegarde « {source} » n'existe pas : vérifiez son nom.") from None
    except IsADirectoryError:
        raise RefusedInput(f"« {source} » est un dossier : donnez le nom d'une sauvegarde.") from None
    except PermissionError:
        raise RefusedInput(f"La sauvegarde « {source} » ne peut pas être lue : vérifiez vos droits.") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, TypeError, OSError, EOFError,
            NotImplementedError, RuntimeError):  # fmt: skip
        raise RefusedInput(_DAMAGED) from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    manifest = Manifest(**json.loads(archive.open(MANIFEST).read(_BLOCK)))
    if manifest.format not in _READABLE or archive.getinfo(DATABASE).file_size != manifest.size:
        raise RefusedInput(_DAMAGED)
    return manifest


@contextmanager
def _room_in(folder: Path, needed: int = 0) -> Iterator[None]:
    """Says that the disk is full, rather than anything else, when it is: before (`needed` bytes) or meanwhile."""
    full = f"Il n'y a plus de place dans « {folder} » : rien n'a été touché. Libérez-en, puis recommencez."
    if shutil.disk_usage(folder).free < needed:
        raise RefusedInput(full)
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise RefusedInput(full) from None
        raise RefusedInput(f"« {folder} » ne peut pas être écrit : vérifiez vos droits et le disque.") from None
