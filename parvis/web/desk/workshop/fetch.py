"""Workshops that an agent may prepare."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest

from parvis.consultations.lifecycle import why_not
from parvis.core.fetching import get_or_refuse
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Board, Meeting
from parvis.meetings.rules import editable_meetings, readable_meetings
from parvis.web.desk.requests import agent


def editable_workshop(request: HttpRequest, code: str) -> Meeting:
    """The workshop of this code, if the agent may write it."""
    actor = agent(request)
    workshops = Meeting.objects.filter(kind=MeetingKind.WORKSHOP).select_related("consultation__territory", "territory")
    readable, editable = readable_meetings(actor), editable_meetings(actor)
    return get_or_refuse(workshops, readable, editable, code, "Atelier inconnu.", reasons=why_not("consultation__"))


def board_of(meeting: Meeting) -> Board | None:
    """Its board, once prepared."""
    board = Board.objects.filter(meeting=meeting).select_related("step").first()
    if board is not None:
        board.meeting = meeting
    return board


def board_or_404(meeting: Meeting) -> Board:
    board = board_of(meeting)
    if board is None:
        raise Http404("Cet atelier n'est pas encore préparé.")
    return board


def room_link(board: Board) -> str:
    """What the QR of the room opens."""
    return f"{settings.PUBLIC_URL}/atelier/?code={board.room}"
