"""The sheets of a partner's perimeter, one by one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core.access import RouteAudience, access
from parvis.gathering.partners.end import gather_end
from parvis.gathering.partners.sheets import (
    VALUES,
    SheetPage,
    gather_partner_sheets,
    gather_sheet,
    review_state,
)
from parvis.sheets.enums import FileKind
from parvis.sheets.models import ActionSheet
from parvis.sheets.rules import readable_sheets
from parvis.web.components.files import file_response
from parvis.web.components.form_pages import form_page
from parvis.web.partners.forms import OpinionForm, PresentationForm
from parvis.web.partners.session import for_partner, key_of


def sheet_or_404(participant: Participant, code: str) -> ActionSheet:
    """A sheet that she may read."""
    sheet = ActionSheet.objects.filter(readable_sheets(participant), code=code).prefetch_related("themes").first()
    if sheet is None:
        raise Http404("Fiche inconnue.")
    return sheet


@access(readable_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def sheets(request: HttpRequest, participant: Participant) -> HttpResponse:
    """By theme, with what she said of each."""
    return render(
        request,
        "partners/sheets.html",
        {
            "participant": participant,
            "key": key_of(request),
            "section": "sheets",
            "page": gather_partner_sheets(participant),
            "review": review_state(participant),
        },
    )


@access(readable_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def sheet(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """One sheet, then the seven answers."""
    return sheet_page(request, participant, gather_sheet(participant, sheet_or_404(participant, code)))


def sheet_page(
    request: HttpRequest,
    participant: Participant,
    page: SheetPage,
    *,
    opinion: OpinionForm | None = None,
    presentation: PresentationForm | None = None,
) -> HttpResponse:
    """The page of a sheet, with the form that was refused, if one was, as it was sent."""
    context = {
        "participant": participant,
        "key": key_of(request),
        "section": "sheets",
        "page": page,
        "form": opinion or OpinionForm(opinion=page.opinion),
        "presentation": presentation or PresentationForm(auto_id="presenter_%s"),
        "values": VALUES,
        "review": review_state(participant),
    }
    return form_page(request, "partners/sheet.html", context)


@access(readable_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def end(request: HttpRequest, participant: Participant) -> HttpResponse:
    """After the last sheet: what she answered, what becomes of it, what she may still do."""
    context = {
        "participant": participant,
        "key": key_of(request),
        "section": "sheets",
        "page": gather_end(participant),
        "review": review_state(participant),
    }
    return render(request, "partners/end.html", context)


@access(readable_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def sheet_file(request: HttpRequest, participant: Participant, code: str, file: str) -> HttpResponse:
    """The picture of a sheet, or a piece attached to it; never the file it was read from."""
    attached = sheet_or_404(participant, code).files.filter(code=file).exclude(kind=FileKind.SOURCE).first()
    if attached is None:
        raise Http404("Fichier inconnu.")
    return file_response(
        bytes(attached.data), attached.name, attached.content_type, inline=attached.kind == FileKind.PICTURE
    )


@access(participant_of_key, audience=RouteAudience.PARTNERS)
@for_partner
def names(request: HttpRequest, participant: Participant) -> HttpResponse:
    """« Qui verra mon nom ? »: the named project team, and nobody else."""
    context = {"participant": participant, "paragraphs": who_sees_names(participant.consultation)}
    return render(request, "partners/names.html", context)
