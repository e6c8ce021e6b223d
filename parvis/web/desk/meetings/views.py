"""Meetings: the list, one page for each, and what is said of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import readable_consultations, writable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ForbiddenMove
from parvis.core.fetching import get_or_refuse
from parvis.core.text import fold
from parvis.meetings.models import Board, Meeting, Minutes
from parvis.meetings.operations.create_meeting import create_meeting
from parvis.meetings.operations.update_meeting import cancel_meeting, reinstate_meeting, update_meeting
from parvis.meetings.rules import editable_meetings, readable_meetings, readable_minutes
from parvis.web.components.form_pages import saved
from parvis.web.desk.meetings.forms import MeetingFilterForm, MeetingForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once

_PAGE = 30


@access(readable_meetings, audience=RouteAudience.AGENTS)
def meetings(request: HttpRequest) -> HttpResponse:
    """Those the agent may read, the latest first."""
    actor = agent(request)
    form = MeetingFilterForm(
        request.GET or None, consultations=Consultation.objects.filter(readable_consultations(actor))
    )
    matching = (
        Meeting.objects.filter(readable_meetings(actor))
        .select_related("consultation", "territory")
        .prefetch_related(Prefetch("minutes", Minutes.objects.filter(readable_minutes(actor))))
    )
    if form.is_valid():
        if form.cleaned_data["consultation"]:
            matching = matching.filter(consultation=form.cleaned_data["consultation"])
        for word in fold(form.cleaned_data["text"]).split():
            matching = matching.filter(search_key__contains=word)
    return page(
        request,
        "desk/meetings/meetings.html",
        "meetings",
        filters=form,
        page=Paginator(matching, _PAGE).get_page(request.GET.get("page")),
        filtered=bool(request.GET),
        writable=Consultation.objects.filter(writable_consultations(actor)),
    )


@sent_once
@access(writable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def new_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """A meeting of this consultation."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, writable_consultations(actor))
    form = MeetingForm(posted(request), consultation=consultation)
    made: list[Meeting] = []
    if request.method == "POST" and saved(
        form, lambda: made.append(create_meeting(actor, consultation, form.details()))
    ):
        messages.success(request, "La rencontre est créée.")
        return redirect("desk:meeting", made[0].code)
    return page(request, "desk/meetings/form.html", "meetings", form=form, consultation=consultation, meeting=None)


@access(readable_meetings, audience=RouteAudience.AGENTS)
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting: what is known, and where its minutes are."""
    actor = agent(request)
    meeting = get_object_or_404(
        Meeting.objects.filter(readable_meetings(actor)).select_related("consultation", "territory"), code=code
    )
    return page(
        request,
        "desk/meetings/meeting.html",
        "meetings",
        meeting=meeting,
        themes=meeting.themes.all(),
        minutes=meeting.minutes.filter(readable_minutes(actor)),
        may_edit=Meeting.objects.filter(editable_meetings(actor), pk=meeting.pk).exists(),
        room=Board.objects.filter(meeting=meeting).values_list("room", flat=True).first(),
    )


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def edit_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is said of a meeting."""
    actor = agent(request)
    meeting = _editable(request, code)
    form = MeetingForm(posted(request), standing=meeting, consultation=meeting.consultation)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(meeting, lambda row: update_meeting(actor, row, form.details()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:meeting", code)
    return page(
        request, "desk/meetings/form.html", "meetings", form=form, consultation=meeting.consultation, meeting=meeting
    )


@pressed_once
@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it will not be held, or that it will after all."""
    actor = agent(request)
    meeting = _editable(request, code)
    if request.method == "POST":
        try:
            if meeting.cancelled_at is None:
                cancel_meeting(actor, meeting)
                messages.success(request, "La rencontre est annulée. Elle reste annoncée comme telle.")
            else:
                reinstate_meeting(actor, meeting)
                messages.success(request, "La rencontre est de nouveau annoncée.")
        except ForbiddenMove as refused:
            messages.error(request, refused.message)
        return redirect("desk:meeting", code)
    return page(request, "desk/meetings/cancel.html", "meetings", meeting=meeting)


def _editable(request: HttpRequest, code: str) -> Meeting:
    actor = agent(request)
    rows = Meeting.objects.select_related("consultation__territory", "territory")
    return get_or_refuse(rows, readable_meetings(actor), editable_meetings(actor), code, "Rencontre inconnue.")
