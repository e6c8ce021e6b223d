"""Every page, feed and file that an address of the table gives, as text; and what hangs from the pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape

from django.http import HttpResponse
from django.test import Client

from tests.routes_table import TABLE

_PART = re.compile(r"\{(\w+)\}")
_FORM = re.compile(r'<form[^>]*method="get"[^>]*>(.*?)</form>', re.S | re.I)
_LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
FILES = ("csv", "xlsx", "ods", "odt", "docx", "pdf", "json")
"""Formats of the exports: each is asked of each address that names one."""


def words_of(response: HttpResponse) -> str:
    """What is read of an answer: its headers, its text; that of a pdf; the parts of an office file."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = " ".join(f"{name}: {value}" for name, value in response.items())
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(body))
        text = "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    elif body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    else:
        text = unescape(body.decode("utf-8", "replace"))
    return f"{head}\n{text}".lower()


def addresses(here: Mapping[str, str], inside: Mapping[str, str], *, files: bool = True) -> Iterator[tuple[str, str]]:
    """Route and address of each GET of the table: its first part from `here`, the others from `inside`.

    Without `files`, one format stands for all of an export.
    """
    for name, (template, _) in TABLE.items():
        method, _, route = name.partition(" ")
        if method != "GET":
            continue
        parts = _PART.findall(template)
        filled = template or route
        for place, part in enumerate(parts):
            filled = filled.replace("{" + part + "}", (here if place == 0 else inside)[part], 1)
        if "<str:extension>" in route:
            stem = filled.rpartition(".")[0]
            for extension in FILES if files else FILES[:1]:
                yield route, f"{stem}.{extension}"
        else:
            yield route, filled


def variants(page: str) -> Iterator[str]:
    """Query strings that the forms and links of a page offer: filters, orders, pages."""
    for link in _LINK.findall(page):
        if link.startswith("?"):
            yield unescape(link)[1:]
    for form in _FORM.findall(page):
        for name in re.findall(r'<input[^>]*name="([^"]+)"', form):
            yield f"{name}=trouvemoi"
        for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
            for value in re.findall(r'<option[^>]*value="([^"]+)"', options):
                yield f"{name}={value}"


def get(client: Client, address: str) -> HttpResponse:
    return client.get(address)  # type: ignore[return-value]
