"""The files of a report, made on demand from what anyone may read at this very moment.

A file is kept in the cache under the hash of the whole report it is made from. What is hidden, restored or erased
changes that report, hence the key: nothing has to be invalidated, in no process, and an old file is never served again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, Final

from django.core.cache import cache

import parvis
from parvis.documents.formats import report_file
from parvis.documents.report import Report
from parvis.gathering.reports.published import lines_to_verify
from parvis.sandbox import NoChildFree, NotDone

_KEPT_SECONDS: Final = 900
ICONS: Final = {
    "pdf": "filetype-pdf",
    "docx": "filetype-docx",
    "odt": "file-earmark-text",
    "xlsx": "filetype-xlsx",
    "ods": "file-earmark-text",
    "csv": "filetype-csv",
    "json": "filetype-json",
}
"""Beside each of `documents.formats.REPORT_FORMATS`, in the menu of the page."""


def cached_report_file(report: Report, extension: str, public_themes: Collection[str]) -> bytes:
    """The bytes of `report` in one of `REPORT_FORMATS`.

    The json also holds what its hash is computed again from. Raises `NotDone` for a file too heavy to be made.
    """
    if extension == "json":
        return _sealed_json(report, public_themes)
    state = hashlib.sha256(repr(report).encode("utf-8", "backslashreplace")).hexdigest()
    key = f"report-file:{parvis.__version__}:{extension}:{state}"
    kept: bytes | str | None = cache.get(key)
    if kept is None:
        kept = _made(report, extension)
        cache.set(key, kept, _KEPT_SECONDS)
    if isinstance(kept, str):
        raise NotDone(kept)
    return kept


def _made(report: Report, extension: str) -> bytes | str:
    """The file; or why it is too heavy to be made, so that asking again does not cost the same work again."""
    try:
        return report_file(report, extension)
    except NoChildFree:
        raise
    except NotDone as refusal:
        return refusal.message


def _sealed_json(report: Report, public_themes: Collection[str]) -> bytes:
    """The report as json, and under `seal` the header and the lines that its hash covers (docs/donnees-edition.md)."""
    content: dict[str, Any] = json.loads(report_file(report, "json"))
    if not report.draft:
        header, lines = lines_to_verify(report, public_themes)
        content["seal"] = {"digest": report.digest, "header": header, "lines": [asdict(line) for line in lines]}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")
