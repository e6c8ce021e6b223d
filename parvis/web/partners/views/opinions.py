"""An opinion given without script: the form goes through the same outbox as the devices."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import DUPLICATE, Result, apply_ops
from parvis.core.access import POST, RouteAudience, access
from parvis.gathering.partners.sheets import gather_sheet
from parvis.sheets.operations.ask_presentation import ask_presentation, withdraw_presentation
from parvis.sheets.rules import readable_sheets
from parvis.web.partners.forms import OpinionForm, PresentationForm
from parvis.web.partners.session import for_partner
from parvis.web.partners.views.sheets import sheet_or_404, sheet_page

_DEVICE = "page"


def send_op(participant: Participant, kind: str, *, op_id: str = "", **body: Any) -> Result:
    """One operation after all those that were received. With the `op_id` of the form, sending twice counts once."""
    reference = op_id or str(uuid.uuid4())
    already = OutboxOp.objects.filter(participant=participant, op_id=reference).values_list("seq", flat=True).first()
    op = {"op_id": reference, "seq": already or participant.clock + 1, "kind": kind, **body}
    return apply_ops(participant, _DEVICE, [op]).results[0]


def tell(request: HttpRequest, result: Result, done: str) -> None:
    """Show the partner what became of what she sent."""
    if result.status in (OpStatus.APPLIED, DUPLICATE):
        messages.success(request, done)
    elif result.status == OpStatus.LATE:
        messages.warning(request, result.detail)
    else:
        messages.error(request, result.detail)


@access(readable_sheets, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def opinion(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """Record what the form says, then go on to the next sheet; « Retirer mon avis » takes the opinion back."""
    sheet = sheet_or_404(participant, code)
    if "withdraw" in request.POST:
        taken = send_op(participant, "opinion", sheet=sheet.code, value=None)
        tell(request, taken, "Votre avis est retiré, avec son commentaire. Vous pouvez en donner un autre.")
        return redirect("partners:sheet", code)
    page = gather_sheet(participant, sheet)
    form = OpinionForm(request.POST, opinion=page.opinion)
    if form.is_valid() and (changes := form.changes()):
        result = send_op(participant, "opinion", sheet=sheet.code, **changes)
        if result.status == OpStatus.REJECTED:
            form.add_error(None, result.detail)
        else:
            tell(request, result, _recorded(form, sheet.title))
    if form.errors:
        return sheet_page(request, participant, page, opinion=form)
    return redirect("partners:sheet", page.after) if page.after else redirect("partners:end")


def _recorded(form: OpinionForm, title: str) -> str:
    if form.cleaned_data["value"] or form.initial["value"]:
        return f"Votre avis est enregistré : « {title} »."
    return f"Votre commentaire est gardé, sans avis : « {title} »."


@access(readable_sheets, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def presentation(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """« Me la présenter »: a name and an address for the lead of this action, and nobody else; withdrawable."""
    sheet = sheet_or_404(participant, code)
    if "withdraw" in request.POST:
        withdraw_presentation(participant, sheet)
        messages.success(request, "Votre demande est retirée, votre adresse effacée.")
        return redirect("partners:sheet", code)
    form = PresentationForm(request.POST, auto_id="presenter_%s")
    if not form.is_valid():
        return sheet_page(request, participant, gather_sheet(participant, sheet), presentation=form)
    ask_presentation(participant, sheet, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
    messages.success(request, "Le porteur de l'action aura votre nom et votre adresse, pour vous la présenter.")
    return redirect("partners:sheet", code)
