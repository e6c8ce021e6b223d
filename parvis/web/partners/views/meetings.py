"""The workshops: whether one comes, and the date for one's own calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.consultations.models import Participant
from parvis.core.access import POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.documents.ics import events_ics
from parvis.gathering.partners.meetings import gather_partner_meetings
from parvis.gathering.public.feeds import event
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting
from parvis.meetings.operations.registering import answer_meeting
from parvis.meetings.rules import meetings_for_partner
from parvis.web.components.files import file_response
from parvis.web.partners.session import for_partner


@access(meetings_for_partner, audience=RouteAudience.PARTNERS)
@for_partner
def meetings(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Those to come, then those past."""
    context = {
        "participant": participant,
        "section": "meetings",
        "page": gather_partner_meetings(participant),
        "named": participant.contact_id is not None,
    }
    return render(request, "partners/meetings.html", context)


@access(meetings_for_partner, audience=RouteAudience.PARTNERS, methods=POST)
@for_partner
def answer(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """« Je viens », « Je ne viens pas »."""
    workshop, coming = _workshop(participant, code), request.POST.get("answer") == "yes"
    try:
        answer_meeting(participant, workshop, coming=coming)
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    else:
        confirmation = (
            "C'est noté : vous venez." if coming else "C'est noté : vous ne venez pas. Vous pouvez changer d'avis."
        )
        messages.success(request, confirmation)
    return redirect("partners:meetings")


@access(meetings_for_partner, audience=RouteAudience.PARTNERS)
@for_partner
def calendar(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """One date, for a calendar."""
    workshop = _workshop(participant, code)
    page = f"{settings.PUBLIC_URL}/partenaires/rencontres/"
    made = events_ics([event(workshop, lambda _: page, request.get_host())], workshop.title)
    return file_response(made, f"atelier-{workshop.code}.ics", "text/calendar; charset=utf-8")


def _workshop(participant: Participant, code: str) -> Meeting:
    workshop = Meeting.objects.filter(meetings_for_partner(participant), kind=MeetingKind.WORKSHOP, code=code).first()
    if workshop is None:
        raise Http404("Atelier inconnu.")
    return workshop
