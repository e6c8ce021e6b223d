"""Files sent to be kept: never shown in the page, never guessed by the browser."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

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
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_ ") else "_" for c in name)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{plain}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
