"""Meetings: the list, one page for each, and what is said of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from parvis.consultations.electoral_period import electoral_notice, electoral_warning
from parvis.consultations.lifecycle import why_not
from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import in_use, readable_consultations, writable_consultations
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.fetching import get_or_refuse
from parvis.core.text import fold
from parvis.french.counts import plural
from parvis.meetings.enums import Presence
from parvis.meetings.models import Board, Meeting, Minutes
from parvis.meetings.operations.create_meeting import create_meeting
from parvis.meetings.operations.tell_change import change_letter, registered_not_told, tell_change
from parvis.meetings.operations.update_meeting import cancel_meeting, reinstate_meeting, update_meeting
from parvis.meetings.rules import editable_meetings, readable_meetings, readable_minutes
from parvis.people.models import Contact
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
    if not form.is_bound:
        matching = matching.filter(in_use("consultation__"))
    elif form.is_valid():
        if form.cleaned_data["consultation"]:
            matching = matching.filter(consultation=form.cleaned_data["consultation"])
        else:
            matching = matching.filter(in_use("consultation__"))
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
    consultation = get_consultation_or_refuse(actor, code, writable_consultations(actor))
    form = MeetingForm(posted(request), consultation=consultation)
    made: list[Meeting] = []
    if request.method == "POST" and saved(
        form, lambda: made.append(create_meeting(actor, consultation, form.details()))
    ):
        messages.success(request, "La rencontre est créée.")
        _warn(request, made[0])
        return redirect("desk:meeting", made[0].code)
    return _form(request, form, consultation)


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
        not_told=registered_not_told(meeting).count(),
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
        _warn(request, Meeting.objects.select_related("consultation").get(pk=meeting.pk))
        return redirect("desk:tell_change" if registered_not_told(meeting).exists() else "desk:meeting", code)
    return _form(request, form, meeting.consultation, meeting)


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
                if registered_not_told(meeting).exists():
                    return redirect("desk:tell_change", code)
        except ForbiddenMove as refused:
            messages.error(request, refused.message)
        return redirect("desk:meeting", code)
    registered = meeting.attendances.filter(presence=Presence.REGISTERED, contact__erased_at=None)
    coming = meeting.starts_at > clock.now() and meeting.cancelled_at is None
    people = [row.contact for row in registered.select_related("contact__organisation")] if coming else []
    return page(
        request,
        "desk/meetings/cancel.html",
        "meetings",
        meeting=meeting,
        **_by_address(people),
        letter=change_letter(meeting, cancelled=True),
    )


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def tell(request: HttpRequest, code: str) -> HttpResponse:
    """How many registered people do not know of the last change, and what they will read; a POST tells them."""
    meeting = _editable(request, code)
    if request.method == "POST":
        try:
            count = tell_change(agent(request), meeting)
        except RefusedInput as refusal:
            messages.error(request, refusal.message)
            return redirect("desk:meeting", code)
        sentence = plural(count, "personne inscrite sera prévenue", "personnes inscrites seront prévenues")
        messages.success(request, f"{sentence} par courriel." if count else "C'est noté : chacun est prévenu.")
        return redirect("desk:meeting", code)
    people = [row.contact for row in registered_not_told(meeting)]
    return page(
        request,
        "desk/meetings/tell.html",
        "meetings",
        meeting=meeting,
        **_by_address(people),
        letter=change_letter(meeting),
    )


def _by_address(people: list[Contact]) -> dict[str, Any]:
    """Those a mail can reach, counted, and those it cannot."""
    with_address = sum(bool(contact.email) for contact in people)
    return {
        "count": with_address,
        "without_address": [contact for contact in people if not contact.email],
    }


def _form(
    request: HttpRequest, form: MeetingForm, consultation: Consultation, meeting: Meeting | None = None
) -> HttpResponse:
    """The meeting being written, with what to know before a date is chosen."""
    return page(
        request, "desk/meetings/form.html", "meetings", form=form, consultation=consultation, meeting=meeting,
        electoral=electoral_notice(consultation, clock.today()),
    )  # fmt: skip


def _warn(request: HttpRequest, meeting: Meeting) -> None:
    """Say it again once the date is known to fall in the electoral period."""
    warning = electoral_warning(meeting.consultation, timezone.localdate(meeting.starts_at))
    if warning:
        messages.warning(request, warning)


def _editable(request: HttpRequest, code: str) -> Meeting:
    actor = agent(request)
    rows = Meeting.objects.select_related("consultation__territory", "territory")
    readable, editable = readable_meetings(actor), editable_meetings(actor)
    return get_or_refuse(rows, readable, editable, code, "Rencontre inconnue.", reasons=why_not("consultation__"))
