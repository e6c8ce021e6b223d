"""Files sent to be kept: never shown in the page, never guessed by the browser."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def file_response(data: bytes, name: str, content_type: str = "", *, inline: bool = False) -> HttpResponse:
    """`name` has its extension, by which the type is told unless given. `inline` only for a checked picture."""
    kind = content_type or TYPES[name.rpartition(".")[2]]
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
