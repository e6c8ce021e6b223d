"""The référent gives her organisation's position; a lead reads the results of its actions, and answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.consultations.models import Participant
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.gathering.results.for_leads import gather_led, gather_presentations
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet, Position
from parvis.sheets.operations.enter_position import enter_position
from parvis.sheets.operations.reply_as_lead import reply_as_lead
from parvis.sheets.results_rules import led_sheets, speaks_for
from parvis.sheets.rules import readable_sheets
from parvis.web.partners.session import for_partner


@access(speaks_for, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def positions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """One line a sheet; a form each, so that a slip changes one."""
    if not speaks_for(participant):
        raise Http404("Cette page est celle du référent de votre organisme.")
    sheets = ActionSheet.objects.filter(readable_sheets(participant)).order_by("number")
    if request.method == "POST":
        sheet = sheets.filter(code=request.POST.get("sheet", "")).first()
        if sheet is None:
            raise Http404("Fiche inconnue.")
        try:
            enter_position(participant, sheet, request.POST.get("value", ""))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"La position sur « {sheet.title} » est enregistrée.")
        return redirect("partners:positions")
    entered = dict(Position.objects.filter(organisation=participant.organisation).values_list("sheet_id", "value"))
    return render(
        request,
        "partners/positions.html",
        {
            "participant": participant,
            "rows": [(sheet, entered.get(sheet.pk, "")) for sheet in sheets],
            "values": OpinionValue.choices,
        },
    )


@access(led_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def led_actions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The masked figures of the actions that her organisation leads, once opened to the leads."""
    return render(
        request,
        "partners/lead.html",
        {
            "participant": participant,
            "rows": gather_led(participant),
            "presentations": gather_presentations(participant),
        },
    )


@access(led_sheets, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def reply(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """The right of reply, until publication."""
    sheet = ActionSheet.objects.filter(led_sheets(participant), code=code).first()
    if sheet is None:
        raise Http404("Fiche inconnue.")
    try:
        reply_as_lead(participant, sheet, request.POST.get("text", ""))
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Votre réponse est enregistrée. Elle paraîtra avec les résultats.")
    return redirect("partners:lead")
