"""Office files are zip archives: made again with the same content, they must be the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date a zip archive can hold


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive of `files` (name → content), in their order. The same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(entry, content)
    return out.getvalue()


def repack(archive: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The same archive without the hour of its making, with the parts of `replaced` in place of its own.

    The order of the parts is kept: OpenDocument wants `mimetype` first and stored as it is.
    """
    replaced = replaced or {}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, replaced.get(part.filename) or source.read(part.filename))
    return out.getvalue()
