"""What anyone can open, gathered: every public page, feed and file of a consultation."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from parvis.meetings.models import Meeting

EXTENSIONS = ("pdf", "docx", "odt", "csv", "xlsx", "ods", "json")


def visit(path: str) -> str:
    """The text of a page as a stranger gets it, « gone » ones included; empty when nothing is there."""
    cache.clear()
    response = Client().get(path)
    assert response.status_code in (200, 404, 410), (path, response.status_code)
    return "" if response.status_code == 404 else response.content.decode()


def file_text(meeting: Meeting, extension: str) -> str:
    """All that a file holds, its parts unpacked; empty when there is none."""
    cache.clear()
    response = Client().get(f"/rencontres/{meeting.code}/compte-rendu.{extension}")
    if response.status_code == 404:
        return ""
    data: bytes = response.content
    if extension == "pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)
    if extension in ("docx", "odt", "xlsx", "ods"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8-sig")


def everywhere(meeting: Meeting, *words: str) -> dict[str, str]:
    """Every public place where `meeting` could be told, with what each says. `words` are also searched for."""
    consultation = meeting.consultation
    pages = [
        "/", "/rencontres/", "/glossaire/", f"/concertations/{consultation.slug}/", f"/rencontres/{meeting.code}/",
        f"/rencontres/{meeting.code}/edition-1/", f"/rencontres/{meeting.code}/rencontre.ics", "/rencontres/agenda.ics",
        "/rencontres/atom.xml", f"/rencontres/?concertation={consultation.slug}",
        f"/rencontres/atom.xml?concertation={consultation.slug}", f"/signaler/rencontre/{meeting.code}/",
        *(f"/contributions/{code}/" for code in consultation.contributions.values_list("code", flat=True)),
        *(f"/signaler/contribution/{code}/" for code in consultation.contributions.values_list("code", flat=True)),
        *(f"/rencontres/?thematique={slug}" for slug in consultation.themes.values_list("slug", flat=True)),
        *(f"/rencontres/?territoire={meeting.territory.code}&quand={when}" for when in ("a-venir", "passees")),
    ]  # fmt: skip
    told = {page: visit(page) for page in pages}
    for word in words:
        _, _, found = visit(f"/rencontres/?q={word}").partition('<ul class="rows">')
        told[f"q={word}"] = found.partition("</ul>")[0]  # elsewhere the page repeats the word that was asked
        told[f"chercher={word}"] = visit(f"/chercher/?q={word}").partition('<ul class="rows">')[2].partition("<nav")[0]
    return told | {extension: file_text(meeting, extension) for extension in EXTENSIONS}


def where(meeting: Meeting, word: str) -> set[str]:
    """The places that say `word`."""
    return {place for place, said in everywhere(meeting).items() if word in said}


def check_seal(meeting: Meeting) -> dict[str, Any]:
    """Compute the hash of the last edition again from its public json alone, as docs/donnees-edition.md tells."""
    seal: dict[str, Any] = json.loads(file_text(meeting, "json"))["seal"]

    def canonical(value: Any) -> bytes:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    whole = hashlib.sha256(canonical(seal["header"]))
    for line in seal["lines"]:
        if line["salt"] is not None:
            assert hashlib.sha256(line["salt"].encode() + canonical(line["content"])).hexdigest() == line["digest"]
        whole.update(line["digest"].encode())
    assert whole.hexdigest() == seal["digest"]
    return seal
