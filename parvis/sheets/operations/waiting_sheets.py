"""Word files of sheets: brought, looked over, stored or set aside. Nothing typed is lost on the way."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.reading.pictures import Picture, read_picture
from parvis.reading.sheet_files import FIELDS, EmbeddedPicture, ReadSheet, read_sheets
from parvis.sheets.enums import FileKind, SheetState, WaitingState
from parvis.sheets.models import ActionSheet, SheetFile, SheetSource, WaitingSheet
from parvis.sheets.operations.save_sheet import SheetDetails, save_sheet
from parvis.sheets.operations.sheet_files import put_picture
from parvis.sheets.read_match import as_json

_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_SETTLED: Final = "Cette fiche n'attend plus : elle a été enregistrée ou écartée entre-temps. Rien n'a été changé."


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """The picture of the file is taken as that of the sheet, with the words that stand for it."""

    alt: str


def bring_file(actor: User, consultation: Consultation, data: bytes, name: str) -> list[WaitingSheet]:
    """Read a Word file and keep its sheets, waiting. Raises `RefusedInput` when it cannot be read, holds no sheet, or
    was brought before; nothing is stored then."""
    reading = read_sheets(data, name)
    if not reading.sheets:
        raise RefusedInput(reading.warnings[0])
    digest = hashlib.sha256(data).hexdigest()
    picture = _drawn(reading.picture)
    with transaction.atomic():
        Consultation.objects.select_for_update().get(pk=consultation.pk)
        before = SheetSource.objects.filter(consultation=consultation, sha256=digest).first()
        if before is not None:
            raise RefusedInput(_brought_before(before))
        source = SheetSource.objects.create(
            consultation=consultation,
            name=name[:120],
            format=reading.format,
            sha256=digest,
            data=data,
            lines=list(reading.lines),
            picture=picture.data if picture is not None else None,
            picture_type=picture.content_type if picture is not None else "",
            picture_alt=reading.picture.alt[:300] if picture is not None and reading.picture is not None else "",
            added_by=actor,
            added_at=clock.now(),
        )
        waiting = [_waiting(source, rank, sheet) for rank, sheet in enumerate(reading.sheets, 1)]
        WaitingSheet.objects.bulk_create(waiting)
        journal.record(actor, "bring_sheets", consultation, source=source.code, sheets=len(waiting))
    return waiting


def _waiting(source: SheetSource, rank: int, sheet: ReadSheet) -> WaitingSheet:
    return WaitingSheet(
        source=source,
        rank=rank,
        title=sheet.title[:200],
        read=as_json(sheet),
        doubts=[[doubt.name, doubt.text, doubt.line] for doubt in sheet.doubts],
        places={name: lines for name in FIELDS if (lines := sheet.lines_of(name))},
        first_line=sheet.first_line,
        last_line=sheet.last_line,
    )


def _drawn(found: EmbeddedPicture | None) -> Picture | None:
    """The picture of a file drawn again; one that cannot be is left: the words are what was brought."""
    if found is None:
        return None
    try:
        return read_picture(found.data)
    except RefusedInput:
        return None


def _brought_before(source: SheetSource) -> str:
    states = set(source.sheets.order_by().values_list("state", flat=True))
    told = {
        WaitingState.WAITING: "sa relecture vous attend plus bas",
        WaitingState.DROPPED: "sa fiche a été écartée : reprenez-la plus bas",
        WaitingState.STORED: "sa fiche est enregistrée",
    }
    what = next((words for state, words in told.items() if state in states), "ses fiches sont enregistrées")
    return f"Ce fichier a déjà été déposé, sous le nom « {source.name} » : {what}."


@transaction.atomic
def keep_typed(waiting: WaitingSheet, typed: dict[str, Any]) -> None:
    """Keep what an agent typed, finished or not. Raises `ForbiddenMove` when the sheet waits no more."""
    held = _locked(waiting)
    held.typed, held.typed_at = typed, clock.now()
    held.save(update_fields=["typed", "typed_at"])


@transaction.atomic
def store_waiting(
    actor: User,
    waiting: WaitingSheet,
    details: SheetDetails,
    *,
    over: ActionSheet | None = None,
    picture: PictureChoice | None = None,
    show: bool = False,
) -> ActionSheet:
    """Make an action sheet of what waits, a draft unless `show`; the file is kept beside it.

    `over` is a sheet brought up to date: who may read it, and from when, stays. Raises `RefusedInput` when another
    sheet has this title, `ForbiddenMove` when the sheet waits no more.
    """
    held = _locked(waiting)
    source = held.source
    if over is not None:
        details = dataclasses.replace(details, audience=over.audience, embargo_until=over.embargo_until)
    sheet = save_sheet(actor, source.consultation, details, over)
    keep_source(sheet, source.name, source.format, bytes(source.data))
    if picture is not None and source.picture is not None:
        put_picture(actor, sheet, Picture(bytes(source.picture), source.picture_type, 0, 0), picture.alt)
    if show and sheet.state != SheetState.READY:
        sheet.state = SheetState.READY
        sheet.save(update_fields=["state"])
    held.state, held.sheet, held.read, held.typed, held.doubts = WaitingState.STORED, sheet, {}, None, []
    held.save()
    _empty_when_done(source)
    journal.record(actor, "store_waiting_sheet", held, sheet=sheet.code, updated=over is not None, shown=show)
    return sheet


def keep_source(sheet: ActionSheet, name: str, format_name: str, data: bytes) -> None:
    """Keep beside a sheet the file it came from, for agents. Called inside a transaction."""
    SheetFile.objects.create(
        sheet=sheet,
        kind=FileKind.SOURCE,
        name=name[:120],
        content_type=_TYPES[format_name],
        data=data,
        size=len(data),
    )


@transaction.atomic
def drop_waiting(actor: User, waiting: WaitingSheet) -> None:
    """Set a sheet aside. It may be taken back."""
    held = _locked(waiting)
    held.state = WaitingState.DROPPED
    held.save(update_fields=["state"])
    journal.record(actor, "drop_waiting_sheet", held)


@transaction.atomic
def take_back_waiting(actor: User, waiting: WaitingSheet) -> None:
    """Put a sheet that was set aside among those that wait. Raises `ForbiddenMove` when it is not aside."""
    held = _locked(waiting, WaitingState.DROPPED)
    held.state = WaitingState.WAITING
    held.save(update_fields=["state"])
    journal.record(actor, "take_back_waiting_sheet", held)


def _locked(waiting: WaitingSheet, state: WaitingState = WaitingState.WAITING) -> WaitingSheet:
    """The row as it is now, for this transaction alone: of two presses at once, one finds it settled."""
    held = (
        WaitingSheet.objects.select_for_update(of=("self",)).select_related("source__consultation").get(pk=waiting.pk)
    )
    if held.state != state:
        raise ForbiddenMove(_SETTLED)
    return held


def _empty_when_done(source: SheetSource) -> None:
    """The words of a file go when none of its sheets may need them; that it was brought is remembered."""
    if source.sheets.exclude(state=WaitingState.STORED).exists():
        return
    source.data, source.lines, source.picture = b"", [], None
    source.save(update_fields=["data", "lines", "picture"])
