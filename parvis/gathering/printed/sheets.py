"""The sheets of a consultation as they are printed, for one group of readers. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt

from django.db.models import QuerySet

from parvis.consultations.enums import Audience, InvitationKind, PhaseKind
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.invitations import invitation_path
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core import clock
from parvis.core.addresses import path_to
from parvis.documents.booklet import AnswerForm, Booklet, PrintedSheet, Shelf
from parvis.documents.paper import Image
from parvis.documents.pictures import smaller
from parvis.french import dates
from parvis.gathering.partners.sheets import sheet_facts
from parvis.gathering.printed.logo import logo_image
from parvis.gathering.public.meeting import paragraphs
from parvis.people.models import User
from parvis.sheets.enums import FileKind, OpinionValue, Relation
from parvis.sheets.models import ActionSheet, SheetFile
from parvis.sheets.rules import readable_sheets, shown_to_partners

VALUES = tuple(str(value.label) for value in OpinionValue)
"""In the order of the keys 1 to 7."""
_PICTURE_SIDE = 1_000
"""Points of the longest side: eleven centimetres at 230 dots an inch."""
_PICTURE_POINTS = 24_000_000
"""Points of all the pictures of a booklet: a PDF is written with all of them unfolded in memory."""


class Readers(StrEnum):
    """For whom a booklet is printed."""

    PARTNERS = "partenaires"
    RESTRICTED = "restreint"


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """How many sheets a booklet would hold, how many are `restricted`, how many the public may not read yet."""

    sheets: int
    restricted: int
    embargoed: int


def printed_sheets(actor: User, consultation: Consultation, readers: Readers) -> QuerySet[ActionSheet]:
    """What these readers are shown, among what the agent may read herself. Nothing that is for the team alone."""
    shown = shown_to_partners(readers == Readers.RESTRICTED)
    return ActionSheet.objects.filter(readable_sheets(actor), shown, consultation=consultation)


def count_printed(actor: User, consultation: Consultation, readers: Readers) -> PrintedCount:
    """In one query."""
    rows = printed_sheets(actor, consultation, readers).order_by().values_list("audience", "embargo_until")
    now = clock.now()
    shown = list(rows)
    return PrintedCount(
        sheets=len(shown),
        restricted=sum(audience == Audience.RESTRICTED for audience, _ in shown),
        embargoed=sum(until is not None and until > now for _, until in shown),
    )


def gather_booklet(
    actor: User, consultation: Consultation, readers: Readers, public_url: str, *, pictures: bool = False
) -> Booklet:
    """By theme, each sheet once, under the first of its themes. `pictures`: the reading booklet alone shows them."""
    sheets = list(printed_sheets(actor, consultation, readers).prefetch_related("themes").order_by("number", "pk"))
    drawn = _pictures(sheets) if pictures else {}
    invitation = open_invitation(consultation)
    shelves: dict[tuple[int, int, str], list[PrintedSheet]] = {}
    for sheet in sheets:
        theme = min(sheet.themes.all(), key=lambda theme: (theme.position, theme.pk), default=None)
        key = (theme.position, theme.pk, theme.name) if theme is not None else (10_000, 0, "Autres actions")
        path = invitation_path(invitation) if invitation is not None else path_to("sheet", sheet.code)
        shelves.setdefault(key, []).append(
            PrintedSheet(
                number=sheet.number,
                title=sheet.title,
                summary=sheet.summary,
                facts=sheet_facts(sheet),
                text=paragraphs(sheet.text),
                picture=drawn.get(sheet.pk),
                address=f"{public_url}{path}",
            )
        )
    return Booklet(
        consultation=consultation.title,
        territory=consultation.territory.name,
        authority=consultation.authority,
        made_on=clock.today(),
        shelves=tuple(Shelf(key[2], tuple(printed)) for key, printed in sorted(shelves.items())),
        reserved=_reserved(readers, sheets),
        logo=logo_image(consultation),
    )


def _reserved(readers: Readers, sheets: Iterable[ActionSheet]) -> str:
    if readers == Readers.RESTRICTED:
        return "Réservé au groupe restreint"
    now = clock.now()
    not_public = any(
        sheet.audience != Audience.PUBLIC or (sheet.embargo_until is not None and sheet.embargo_until > now)
        for sheet in sheets
    )
    return "Pour les partenaires, pas encore pour le public" if not_public else ""


def _pictures(sheets: list[ActionSheet]) -> dict[int, Image]:
    """By sheet, small enough for paper."""
    files = SheetFile.objects.filter(sheet__in=[sheet.pk for sheet in sheets], kind=FileKind.PICTURE).order_by("pk")
    side = picture_side(len(files))
    return {
        file.sheet_id: smaller(
            Image(bytes(file.data), "png" if file.content_type == "image/png" else "jpeg", file.alt), side
        )
        for file in files
    }


def picture_side(count: int) -> int:
    """Points of the longest side of each of `count` pictures, as tall as two thirds of their width or so.

    >>> picture_side(1), picture_side(150)
    (1000, 489)
    """
    return min(_PICTURE_SIDE, isqrt(_PICTURE_POINTS * 3 // 2 // max(count, 1)))


def open_invitation(consultation: Consultation) -> Invitation | None:
    """The open invitation that stands, the oldest if there are several."""
    invitations = Invitation.objects.filter(consultation=consultation, kind=InvitationKind.OPEN, revoked_at=None)
    return invitations.order_by("pk").first()


def large_sheet_caption(consultation: Consultation) -> str:
    """What stands under the QR code of a large sheet."""
    return (
        "Donner son avis au téléphone" if open_invitation(consultation) is not None else "La fiche, pour qui est invité"
    )


def answer_form(consultation: Consultation) -> AnswerForm:
    """What one ticks, and who will see it."""
    return AnswerForm(
        values=VALUES,
        relations=tuple(str(relation.label) for relation in Relation),
        who_sees=who_sees_names(consultation),
        until=review_end(consultation),
    )


def review_end(consultation: Consultation) -> str:
    """The last day to give an opinion, in words; empty when there is no date."""
    phase = consultation.phases.filter(kind=PhaseKind.REVIEW).first()
    return dates.day(phase.closes_on) if phase is not None and phase.closes_on is not None else ""
