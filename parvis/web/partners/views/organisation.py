"""The référent gives her organisation's position; a lead reads the results of its actions, and answers."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render

from parvis.consultations.models import Participant
from parvis.core.access import FORM, POST, REFUSED_FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.gathering.results.for_leads import gather_led, gather_presentations
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet, Position
from parvis.sheets.operations.enter_position import enter_position
from parvis.sheets.operations.reply_as_lead import reply_as_lead
from parvis.sheets.results_rules import led_sheets, speaks_for
from parvis.sheets.rules import readable_sheets
from parvis.web.components.form_pages import form_page, saved
from parvis.web.partners.forms import ReplyForm
from parvis.web.partners.session import for_partner

_WRITTEN: Final = "Votre réponse est enregistrée. Elle paraîtra avec les résultats."
_TAKEN_BACK: Final = "Votre réponse est retirée : rien ne paraîtra à côté des résultats."


@access(speaks_for, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def positions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """One line a sheet. Each answer is saved as it is chosen; without script, all that were moved, by one button."""
    if not speaks_for(participant):
        raise Http404("Cette page est celle du référent de votre organisme.")
    sheets = ActionSheet.objects.filter(readable_sheets(participant)).order_by("number")
    if request.method == "POST":
        refusal = _enter_moved(participant, sheets, request.POST)
        if request.headers.get("Accept") == "application/json":  # one answer, saved as it was chosen
            return JsonResponse({"refusal": refusal}, status=REFUSED_FORM if refusal else 200)
        if refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, "C'est enregistré.")
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


def _enter_moved(participant: Participant, sheets: QuerySet[ActionSheet], sent: QueryDict) -> str:
    """Enter what no longer is as the page had shown it; why it was refused, if it was."""
    moved = {
        sheet: sent.get(f"v-{sheet.code}", "")
        for sheet in sheets
        if f"v-{sheet.code}" in sent and sent.get(f"v-{sheet.code}") != sent.get(f"was-{sheet.code}")
    }
    try:
        for sheet, value in moved.items():
            enter_position(participant, sheet, str(value))
    except ParvisError as refusal:
        return refusal.message
    return ""


@access(led_sheets, audience=RouteAudience.PARTNERS)
@for_partner
def led_actions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The masked figures of the actions that her organisation leads, once opened to the leads."""
    return _led_page(request, participant)


def _led_page(
    request: HttpRequest, participant: Participant, code: str = "", refused: ReplyForm | None = None
) -> HttpResponse:
    """That page; the reply on `code` as it was typed, when it was refused."""
    rows = [
        (led, refused if refused and led.results.code == code else ReplyForm(code=led.results.code, reply=led.reply))
        for led in gather_led(participant)
    ]
    context = {"participant": participant, "rows": rows, "presentations": gather_presentations(participant)}
    return form_page(request, "partners/lead.html", context, refused=refused is not None)


@access(led_sheets, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def reply(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """The right of reply, until publication."""
    sheet = ActionSheet.objects.filter(led_sheets(participant), code=code).first()
    if sheet is None:
        raise Http404("Fiche inconnue.")
    form = ReplyForm(request.POST, code=code)
    if not saved(form, lambda: reply_as_lead(participant, sheet, form.cleaned_data["text"])):
        return _led_page(request, participant, code, form)
    messages.success(request, _WRITTEN if form.cleaned_data["text"].strip() else _TAKEN_BACK)
    return redirect("partners:lead")
