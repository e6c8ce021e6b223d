"""« Répétition »: start it, erase it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.errors import ParvisError
from parvis.core.guards import access
from parvis.meetings.operations.room.rehearsing import erase_rehearsal, start_rehearsal
from parvis.web.desk.requests import agent
from parvis.web.desk.workshop.fetch import RULE, board_or_404, editable_workshop


@access(RULE, audience="team", methods=("POST",), signed_in=True)
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
