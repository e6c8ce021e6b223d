"""What partners think of the sheets, for the project team; and what moderation does to its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import Standing
from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import (
    moderated_consultations,
    naming_consultations,
    readable_consultations,
    team_consultations,
)
from parvis.core.access import POST, RouteAudience, access
from parvis.documents.formats import table_file
from parvis.gathering.results.printed_table import printed_results
from parvis.gathering.results.table import results_table
from parvis.gathering.results.unchecked import gather_unchecked
from parvis.gathering.results.voices import gather_voices
from parvis.gathering.results.workbook import with_words
from parvis.people.models import User
from parvis.sheets.frozen_figures import count_waiting
from parvis.sheets.models import ActionSheet, LeadReply, Opinion, ResultsRelease
from parvis.sheets.operations.hide_reply import hide_reply
from parvis.sheets.operations.moderate_comments import erase_comment, hide_comment, restore_comment
from parvis.sheets.results import SheetResults, gather_results
from parvis.sheets.rules import readable_sheets
from parvis.web.components.files import file_response
from parvis.web.desk.requests import agent, page, refuse_funders
from parvis.web.desk.results.quadrant import place_sheets
from parvis.web.desk.results.release_views import waits_for
from parvis.web.desk.sent_once import pressed_once

_MOST_TO_CHECK: Final = 100
_ORDERS: dict[str, Callable[[SheetResults], tuple[float, int]]] = {
    "numero": lambda row: (0, row.number),
    "notoriete": lambda row: (_share(row.figures.organisations.awareness.value), row.number),
    "appreciation": lambda row: (_share(row.figures.organisations.appreciation.value), row.number),
    "reponses": lambda row: (-row.figures.organisations.answered, row.number),
}


@access(readable_consultations, audience=RouteAudience.AGENTS)
def results(request: HttpRequest, code: str) -> HttpResponse:
    """The table, the quadrant, what to make known. Who is not of the team learns when she will see them."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, readable_consultations(actor))
    release = ResultsRelease.objects.filter(consultation=consultation).first()
    if not _of_team(actor, consultation):
        return page(
            request,
            "desk/results/closed.html",
            "consultations",
            consultation=consultation,
            published=release is not None and release.published_at is not None,
            waits=release is not None and waits_for(actor, release),
        )
    content = gather_results(consultation, actor)
    order = request.GET.get("ordre", "numero")
    return page(
        request,
        "desk/results/results.html",
        "consultations",
        consultation=consultation,
        content=content,
        rows=sorted(content.sheets, key=_ORDERS.get(order, _ORDERS["numero"])),
        order=order if order in _ORDERS else "numero",
        quadrant=place_sheets(content.sheets),
        unchecked=gather_unchecked(consultation),
        release=release,
        waiting_opinions=count_waiting(release) if release is not None else 0,
    )


def _share(value: float | None) -> float:
    """Those without an answer come last."""
    return 2.0 if value is None else value


@access(team_consultations, audience=RouteAudience.TEAM)
def results_file(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The whole table, unmasked, for the project team; in a workbook, what was written too, for who may read names."""
    actor = agent(request)
    consultation = _team_consultation(actor, code)
    content = gather_results(consultation, actor)
    table = printed_results(content) if extension == "pdf" else results_table(content, gather_unchecked(consultation))
    if extension != "pdf" and Consultation.objects.filter(naming_consultations(actor), pk=consultation.pk).exists():
        table = with_words(table, consultation)
    made = table_file(table, extension, title=f"Avis : {consultation.title}")
    if made is None:
        raise Http404("Ce format n'existe pas.")
    return file_response(made, f"avis-{consultation.slug}.{extension}")


@access(naming_consultations, audience=RouteAudience.TEAM)
def sheet_results(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """One sheet: by college, and who said what."""
    actor = agent(request)
    consultation = _named_consultation(actor, code)
    shown = _sheet(actor, consultation, sheet)
    content = gather_results(consultation, actor, only=shown.code)
    return page(
        request,
        "desk/results/sheet.html",
        "consultations",
        consultation=consultation,
        sheet=shown,
        row=content.sheets[0],
        voices=gather_voices(shown),
        to_check=gather_voices(shown, Standing.TO_CHECK, _MOST_TO_CHECK),
        to_check_most=_MOST_TO_CHECK,
        to_check_more=gather_unchecked(consultation).by_sheet.get(shown.code, 0) > _MOST_TO_CHECK,
        reply=LeadReply.objects.filter(sheet=shown).first(),
        moderates=Consultation.objects.filter(moderated_consultations(actor), pk=consultation.pk).exists(),
    )


@access(moderated_consultations, audience=RouteAudience.AGENTS, methods=POST)
def moderate_comment(request: HttpRequest, code: str, sheet: str, opinion: str) -> HttpResponse:
    """Hide a comment, show it again, or erase it for good."""
    actor = agent(request)
    consultation = _named_consultation(actor, code)
    shown = _sheet(actor, consultation, sheet)
    commented_opinion = Opinion.objects.filter(sheet=shown, code=opinion).first()
    if (
        commented_opinion is None
        or not Consultation.objects.filter(moderated_consultations(actor), pk=consultation.pk).exists()
    ):
        raise Http404("Avis inconnu.")
    moderate = {"masquer": hide_comment, "retablir": restore_comment, "effacer": erase_comment}.get(
        request.POST.get("geste", "")
    )
    if moderate is not None:
        moderate(actor, commented_opinion)
        messages.success(request, "C'est fait. L'avis, lui, compte toujours.")
    return redirect("desk:sheet_results", code, sheet)


@pressed_once
@access(moderated_consultations, audience=RouteAudience.AGENTS, methods=POST)
def moderate_reply(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """Withhold the reply of a lead, or show it again."""
    actor = agent(request)
    consultation = _team_consultation(actor, code)
    reply = LeadReply.objects.filter(sheet=_sheet(actor, consultation, sheet)).first()
    if reply is None or not Consultation.objects.filter(moderated_consultations(actor), pk=consultation.pk).exists():
        raise Http404("Réponse inconnue.")
    hide_reply(actor, reply.sheet, hidden=reply.hidden_at is None)
    messages.success(request, "C'est fait.")
    return redirect("desk:sheet_results", code, sheet)


def _of_team(actor: User, consultation: Consultation) -> bool:
    return Consultation.objects.filter(team_consultations(actor), pk=consultation.pk).exists()


def _team_consultation(actor: User, code: str) -> Consultation:
    return get_consultation_or_refuse(actor, code, readable_consultations(actor) & team_consultations(actor))


def _named_consultation(actor: User, code: str) -> Consultation:
    """The same, for what shows who said what."""
    consultation = _team_consultation(actor, code)
    refuse_funders(actor, consultation)
    return consultation


def _sheet(actor: User, consultation: Consultation, code: str) -> ActionSheet:
    sheet = ActionSheet.objects.filter(readable_sheets(actor), consultation=consultation, code=code).first()
    if sheet is None:
        raise Http404("Fiche inconnue.")
    return sheet
