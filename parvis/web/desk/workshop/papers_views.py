"""« Préparer la salle »: every paper, in one archive."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from parvis.core.access import RouteAudience, access
from parvis.meetings.rules import editable_meetings
from parvis.web.components.files import file_response
from parvis.web.desk.workshop.fetch import board_or_404, editable_workshop
from parvis.web.desk.workshop.room_files import room_zip


@access(editable_meetings, audience=RouteAudience.AGENTS)
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Names of those who come are in it: it is for the agent's own machine."""
    board = board_or_404(editable_workshop(request, code))
    return file_response(room_zip(board, settings.PUBLIC_URL), f"salle-{board.room}.zip", "application/zip")
