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
from parvis.core.text import fold
from parvis.meetings.models import Board, Meeting, Minutes
from parvis.meetings.operations.create_meeting import create_meeting
from parvis.meetings.operations.update_meeting import cancel_meeting, reinstate_meeting, update_meeting
from parvis.meetings.rules import editable_meetings, readable_meetings, readable_minutes
from parvis.web.components.form_pages import saved
from parvis.web.desk.meetings.forms import MeetingFilterForm, MeetingForm
from parvis.web.desk.requests import agent, page, posted

_PAGE = 30


@access(readable_meetings, audience=RouteAudience.AGENTS)
def meetings(request: HttpRequest) -> HttpResponse:
    """Those the agent may read, the latest first."""
    actor = agent(request)
    form = MeetingFilterForm(
        request.GET or None, consultations=Consultation.objects.filter(readable_consultations(actor))
    )
    found = (
        Meeting.objects.filter(readable_meetings(actor))
        .select_related("consultation", "territory")
        .prefetch_related(Prefetch("minutes", Minutes.objects.filter(readable_minutes(actor))))
    )
    if form.is_valid():
        if form.cleaned_data["consultation"]:
            found = found.filter(consultation=form.cleaned_data["consultation"])
        for word in fold(form.cleaned_data["text"]).split():
            found = found.filter(search_key__contains=word)
    return page(
        request,
        "desk/meetings/meetings.html",
        "meetings",
        filters=form,
        page=Paginator(found, _PAGE).get_page(request.GET.get("page")),
        filtered=bool(request.GET),
        writable=Consultation.objects.filter(writable_consultations(actor)),
    )


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
    found = get_object_or_404(
        Meeting.objects.filter(readable_meetings(actor)).select_related("consultation", "territory"), code=code
    )
    return page(
        request,
        "desk/meetings/meeting.html",
        "meetings",
        meeting=found,
        themes=found.themes.all(),
        minutes=found.minutes.filter(readable_minutes(actor)),
        may_edit=Meeting.objects.filter(editable_meetings(actor), pk=found.pk).exists(),
        room=Board.objects.filter(meeting=found).values_list("room", flat=True).first(),
    )


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def edit_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is said of a meeting."""
    actor = agent(request)
    found = _editable(request, code)
    form = MeetingForm(posted(request), initial=MeetingForm.values(found), consultation=found.consultation)
    if request.method == "POST" and saved(form, lambda: update_meeting(actor, found, form.details())):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:meeting", code)
    return page(
        request, "desk/meetings/form.html", "meetings", form=form, consultation=found.consultation, meeting=found
    )


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it will not be held, or that it will after all."""
    actor = agent(request)
    found = _editable(request, code)
    if request.method == "POST":
        try:
            if found.cancelled_at is None:
                cancel_meeting(actor, found)
                messages.success(request, "La rencontre est annulée. Elle reste annoncée comme telle.")
            else:
                reinstate_meeting(actor, found)
                messages.success(request, "La rencontre est de nouveau annoncée.")
        except ForbiddenMove as refused:
            messages.error(request, refused.message)
        return redirect("desk:meeting", code)
    return page(request, "desk/meetings/cancel.html", "meetings", meeting=found)


def _editable(request: HttpRequest, code: str) -> Meeting:
    found = Meeting.objects.filter(editable_meetings(agent(request)))
    return get_object_or_404(found.select_related("consultation__territory", "territory"), code=code)
