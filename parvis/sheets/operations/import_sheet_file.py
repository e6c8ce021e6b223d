"""The sheets of a Word file, stored as drafts at once: what the command line does. At the desk they are looked over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.people.models import User
from parvis.reading.sheet_files import ReadSheet, read_sheets
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import SheetsImport
from parvis.sheets.operations.save_sheet import SheetDetails, details_of, save_sheet
from parvis.sheets.operations.waiting_sheets import keep_source
from parvis.sheets.read_match import Matched, Matcher, as_json, details_of_read


class _Undo(Exception):
    """A rehearsal is over: nothing is kept."""


def import_sheet_file(
    actor: User | None, consultation: Consultation, data: bytes, name: str, *, dry_run: bool = False
) -> SheetsImport:
    """Bring each sheet of a Word file as a draft, or bring up to date the one of the same title; doubts are told and
    kept in the note of the team.

    Raises `RefusedInput` when the file cannot be read or holds no sheet, and with a sentence for each faulty field
    (no title, no theme of the consultation, too long); then nothing is written.
    """
    reading = read_sheets(data, name)
    if not reading.sheets:
        raise RefusedInput(reading.warnings[0])
    matcher, done = Matcher(consultation), SheetsImport()
    faults: list[str] = []
    seen: set[str] = set()
    try:
        with transaction.atomic():
            for sheet in reading.sheets:
                read = as_json(sheet)
                matched = matcher.match(read)
                wrong = list(_faults(sheet, matched, seen))
                faults += wrong
                if not wrong:
                    stored = _bring(actor, consultation, sheet, read, matched, done)
                    keep_source(stored, name, reading.format, data)
            if faults:
                raise RefusedInput("Rien n'a été importé : corrigez le fichier, ou relisez-le à l'écran.", faults)
            if dry_run:
                raise _Undo
            journal.record(actor, "import_sheets", consultation, created=len(done.created), updated=len(done.updated))
    except _Undo:
        pass
    return done


def _faults(sheet: ReadSheet, matched: Matched, seen: set[str]) -> Iterator[str]:
    key = fold(sheet.title)
    if not key:
        yield f"Ligne {sheet.first_line} : il manque l'intitulé de l'action."
    elif key in seen:
        yield f"Ligne {_line(sheet, 'title')} : cet intitulé est déjà plus haut dans le fichier."
    seen.add(key)
    if not matched.themes:
        said = f" (« {', '.join(sheet.themes)} » n'en est pas une de la concertation)" if sheet.themes else ""
        yield f"Ligne {_line(sheet, 'themes')} : il manque la thématique{said}."
    for name, text in matched.too_long:
        yield f"Ligne {_line(sheet, name)} : {text}."


def _line(sheet: ReadSheet, name: Any) -> int:
    return next(iter(sheet.lines_of(name)), sheet.first_line)


def _bring(
    actor: User | None, consultation: Consultation, sheet: ReadSheet, read: Mapping[str, Any], matched: Matched,
    done: SheetsImport,
) -> ActionSheet:  # fmt: skip
    doubts = [(doubt.text, doubt.line) for doubt in sheet.doubts] + [(text, 0) for _, text in matched.doubts]
    done.warnings += [f"{sheet.title} : {text}{f' (ligne {line})' if line else ''}." for text, line in doubts]
    said = details_of_read(read, matched)
    if doubts:
        told = "\n".join(["À vérifier :", *(f"– {text}" for text, _ in doubts)])
        said = replace(said, internal_note=f"{said.internal_note}\n{told}".strip())
    standing = ActionSheet.objects.filter(consultation=consultation, sort_key=fold(sheet.title)[:200]).first()
    (done.created if standing is None else done.updated).append(sheet.title)
    return save_sheet(actor, consultation, said if standing is None else _over(standing, said), standing)


def _over(standing: ActionSheet, said: SheetDetails) -> SheetDetails:
    """What the file does not say stays, and who may read."""
    names = ("title", "themes", "summary", "territories", "lead", "lead_name", "partners", "public", "since", "budget",
             "funding", "indicators", "text", "internal_note")  # fmt: skip
    return replace(details_of(standing), **{name: value for name in names if (value := getattr(said, name))})
