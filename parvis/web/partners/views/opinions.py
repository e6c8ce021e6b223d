"""An opinion given without script: the form goes through the same outbox as the devices."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import DUPLICATE, Result, apply_ops
from parvis.core.access import POST, RouteAudience, access
from parvis.sheets.operations.ask_presentation import ask_presentation, withdraw_presentation
from parvis.sheets.rules import readable_sheets
from parvis.web.partners.session import for_partner
from parvis.web.partners.views.sheets import sheet_or_404

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
    """Record what the form says; « Retirer mon avis », or an empty answer, takes the opinion back."""
    sheet = sheet_or_404(participant, code)
    if "withdraw" in request.POST:
        taken = send_op(participant, "opinion", sheet=sheet.code, value=None)
        tell(request, taken, "Votre avis est retiré, avec son commentaire. Vous pouvez en donner un autre.")
        return redirect("partners:sheet", code)
    body: dict[str, Any] = {"sheet": sheet.code, "value": request.POST.get("value") or None}
    for name in ("comment", "relation"):
        if name in request.POST:
            body[name] = request.POST[name]
    tell(request, send_op(participant, "opinion", **body), "Votre avis est enregistré. Vous pouvez le changer.")
    return redirect("partners:sheet", code)


class _PresentationForm(forms.Form):
    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    consent = forms.BooleanField()


@access(readable_sheets, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def presentation(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """« Me la présenter »: a name and an address for the lead of this action, and nobody else; withdrawable."""
    sheet = sheet_or_404(participant, code)
    if "withdraw" in request.POST:
        withdraw_presentation(participant, sheet)
        messages.success(request, "Votre demande est retirée, votre adresse effacée.")
        return redirect("partners:sheet", code)
    form = _PresentationForm(request.POST)
    if form.is_valid():
        ask_presentation(participant, sheet, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
        messages.success(request, "Le porteur de l'action aura votre nom et votre adresse, pour vous la présenter.")
    else:
        messages.error(request, "Donnez votre nom, votre adresse, et cochez votre accord. Rien n'a été transmis.")
    return redirect("partners:sheet", code)
