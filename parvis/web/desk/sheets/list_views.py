"""The list of action sheets, and what is done there to many of them at once."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import Audience
from parvis.consultations.lifecycle import refusal_of
from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, readable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.french.counts import plural
from parvis.people.models import User
from parvis.sheets.enums import WaitingState
from parvis.sheets.models import ActionSheet, WaitingSheet
from parvis.sheets.operations.many_sheets import (
    add_theme_to_many,
    remove_theme_from_many,
    set_audience_of_many,
    spoken_of,
)
from parvis.sheets.operations.order_sheets import order_may_change, place_sheets, step_sheet
from parvis.sheets.rules import editable_waiting_sheets, readable_sheets
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.sheets.gestures import GESTURES, Gesture, told
from parvis.web.desk.sheets.list_forms import SheetChoiceForm, SheetFilterForm

_NONE_CHOSEN = "Cochez d'abord une fiche au moins, ou « Toutes les fiches affichées »."


@pressed_once
@access(readable_sheets, audience=RouteAudience.AGENTS, methods=FORM)
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """All of them, or those of a filter; whoever prepares acts on those she ticks, or on all that are listed."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, readable_consultations(actor))
    may_edit = Consultation.objects.filter(editable_consultations(actor), pk=consultation.pk).exists()
    filters = SheetFilterForm(request.GET, consultation=consultation)
    readable = ActionSheet.objects.filter(readable_sheets(actor), consultation=consultation)
    listed = list(filters.matching(readable).prefetch_related("themes").order_by("number"))
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied(refusal_of(consultation))
        ticked = set(request.POST.getlist("sheet"))
        chosen = [sheet.code for sheet in listed if "toutes" in request.POST or sheet.code in ticked]
        if request.POST.get("geste") == "supprimer" and chosen:
            return _confirm_deletion(request, consultation, chosen)
        try:
            messages.success(request, _done(request, actor, consultation, listed, chosen))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    return page(
        request, "desk/sheets/sheets.html", "consultations", consultation=consultation, sheets=listed,
        may_edit=may_edit, filters=filters, filtered=filters.filters, any_sheet=bool(listed) or readable.exists(),
        choice=SheetChoiceForm(consultation=consultation),
        may_order=may_edit and not filters.filters and order_may_change(consultation),
        waiting=WaitingSheet.objects.filter(
            editable_waiting_sheets(actor), source__consultation=consultation, state=WaitingState.WAITING
        ).count(),
    )  # fmt: skip


def _done(
    request: HttpRequest, actor: User, consultation: Consultation, listed: list[ActionSheet], chosen: list[str]
) -> str:
    """Do what was pressed, and say it. Raises `RefusedInput` when something is missing."""
    asked = request.POST.get("geste", "")
    name, _, one = asked.partition(":")
    if name in ("monter", "descendre"):
        moved = step_sheet(actor, consultation, one, down=name == "descendre")
        return "L'ordre est changé." if moved else "Elle est déjà au bout de la liste."
    if name == "numeroter":
        count = place_sheets(actor, consultation, _typed_numbers(request, listed))
        return f"{plural(count, 'fiche a changé de numéro', 'fiches ont changé de numéro')}."
    if not chosen:
        raise RefusedInput(_NONE_CHOSEN)
    return told(name, _gesture(request, consultation, name)(actor, consultation, chosen))


def _gesture(request: HttpRequest, consultation: Consultation, name: str) -> Gesture:
    form = SheetChoiceForm(request.POST, consultation=consultation)
    given = form.cleaned_data if form.is_valid() else {}
    if name == "lecteurs" and given.get("audience"):
        return partial(set_audience_of_many, audience=Audience(given["audience"]))
    if name in ("ranger", "sortir"):
        if not given.get("theme"):
            raise RefusedInput("Choisissez d'abord une thématique.")
        return partial(add_theme_to_many if name == "ranger" else remove_theme_from_many, theme=given["theme"])
    if name not in GESTURES:
        raise RefusedInput("Choisissez ce que vous voulez faire des fiches cochées.")
    return GESTURES[name]


def _typed_numbers(request: HttpRequest, listed: list[ActionSheet]) -> dict[str, int]:
    """The numbers that differ from those that stand."""
    typed = {}
    for sheet in listed:
        written = request.POST.get(f"numero-{sheet.code}", "").strip()
        if not written or written == str(sheet.number):
            continue
        if not (written.isascii() and written.isdigit() and 0 < int(written[:6]) < 10_000):
            raise RefusedInput(f"Le numéro de « {sheet.title} » est un nombre entier, à partir de 1. Rien n'a changé.")
        typed[sheet.code] = int(written)
    return typed


def _confirm_deletion(request: HttpRequest, consultation: Consultation, chosen: list[str]) -> HttpResponse:
    """What would go, what cannot, before anything does."""
    rows = ActionSheet.objects.filter(consultation=consultation, code__in=chosen).order_by("number")
    kept = set(rows.filter(spoken_of(consultation)).values_list("pk", flat=True))
    return page(
        request, "desk/sheets/delete.html", "consultations", consultation=consultation,
        gone=[sheet for sheet in rows if sheet.pk not in kept], kept=[sheet for sheet in rows if sheet.pk in kept],
    )  # fmt: skip
