"""« Répétition »: start it, erase it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.meetings.operations.room.rehearsing import erase_rehearsal, start_rehearsal
from parvis.meetings.rules import editable_meetings
from parvis.web.desk.requests import agent
from parvis.web.desk.workshop.fetch import board_or_404, editable_workshop


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def rehearsal(request: HttpRequest, code: str) -> HttpResponse:
    """One button starts, the other erases."""
    board = board_or_404(editable_workshop(request, code))
    try:
        if "erase" in request.POST:
            erase_rehearsal(agent(request), board)
            messages.success(request, "La répétition est effacée : la salle est prête pour de vrai.")
        else:
            start_rehearsal(agent(request), board)
            messages.success(request, "La répétition commence : tout ce qui se dit dans la salle est inventé.")
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:prepare_room", code)
