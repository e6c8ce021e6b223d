"""Consultations: the list, one page for each, and what is said of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import Standing
from parvis.consultations.models import Consultation, Participant
from parvis.consultations.operations.create_consultation import create_consultation
from parvis.consultations.operations.update_consultation import update_consultation
from parvis.consultations.queries import consultations_of, get_consultation_or_refuse
from parvis.consultations.rules import (
    editable_consultations,
    in_use,
    prepared_consultations,
    readable_consultations,
    team_consultations,
    writable_consultations,
)
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings
from parvis.people.rules import PREPARE, territories_of
from parvis.territories.models import Territory
from parvis.web.components.form_pages import saved
from parvis.web.desk.consultations.forms import DetailsForm, NewConsultationForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once

_MEETINGS_SHOWN = 10
_COPIES_SHOWN = 5


@access(readable_consultations, audience=RouteAudience.AGENTS)
def consultations(request: HttpRequest) -> HttpResponse:
    """Those the agent may read."""
    actor = agent(request)
    return page(
        request,
        "desk/consultations/consultations.html",
        "consultations",
        consultations=consultations_of(actor).filter(in_use()),
        archived=consultations_of(actor).exclude(in_use()),
        may_create=territories_of(actor, PREPARE).exists(),
    )


@sent_once
@access(territories_of, audience=RouteAudience.AGENTS, methods=FORM)
def new_consultation(request: HttpRequest) -> HttpResponse:
    """On one of the territories where the agent prepares."""
    actor = agent(request)
    territories = Territory.objects.filter(pk__in=territories_of(actor, PREPARE))
    form = NewConsultationForm(
        posted(request),
        territories=territories,
        parents=Consultation.objects.filter(readable_consultations(actor)),
    )
    made: list[Consultation] = []
    if request.method == "POST" and saved(
        form,
        lambda: made.append(
            create_consultation(
                actor, form.cleaned_data["territory"], form.details(), parent=form.cleaned_data["parent"]
            )
        ),
    ):
        messages.success(request, "La concertation est créée, en brouillon : ouvrez-la quand elle est prête.")
        return redirect("desk:consultation", made[0].code)
    prepared = Consultation.objects.filter(prepared_consultations(actor))
    return page(
        request, "desk/consultations/new.html", "consultations", form=form, has_territory=territories.exists(),
        copyable=prepared.order_by("-created_at", "-id")[:_COPIES_SHOWN],
    )  # fmt: skip


@access(readable_consultations, audience=RouteAudience.AGENTS)
def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of one consultation at a glance, with a way to change each part."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, readable_consultations(actor))
    today = clock.today()
    mine = Consultation.objects.filter(pk=consultation.pk)
    meetings = Meeting.objects.filter(readable_meetings(actor), consultation=consultation)
    return page(
        request,
        "desk/consultations/consultation.html",
        "consultations",
        consultation=consultation,
        phases=[(phase, phase.is_open(today), phase.is_over(today)) for phase in consultation.phases.all()],
        themes=consultation.themes.all(),
        members=consultation.members.select_related("user").order_by("user__name", "user__email"),
        steps=consultation.steps.all(),
        meetings=meetings[:_MEETINGS_SHOWN],
        meeting_count=meetings.count(),
        in_team=mine.filter(team_consultations(actor)).exists(),
        to_check=Participant.objects.filter(consultation=consultation, standing=Standing.TO_CHECK).count(),
        may_edit=mine.filter(editable_consultations(actor)).exists(),
        may_prepare=mine.filter(prepared_consultations(actor)).exists(),
        may_write=mine.filter(writable_consultations(actor)).exists(),
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def edit_consultation(request: HttpRequest, code: str) -> HttpResponse:
    """What is said of it, who may read it, from when."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = DetailsForm(posted(request), standing=consultation, consultation=consultation)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(consultation, lambda row: update_consultation(actor, row, form.details()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:consultation", code)
    return page(request, "desk/consultations/edit.html", "consultations", form=form, consultation=consultation)
