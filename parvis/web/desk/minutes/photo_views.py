"""The photographs of a workshop, beside the draft of its minutes: for those who write them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from parvis.core.access import RouteAudience, access
from parvis.meetings.models import Photo
from parvis.meetings.rules import editable_minutes
from parvis.web.components.files import file_response
from parvis.web.desk.minutes import fetch


@access(editable_minutes, audience=RouteAudience.AGENTS)
def photo(request: HttpRequest, code: str, photo: str) -> HttpResponse:
    """One photograph. It is never published by itself: faces and names may be on it."""
    minutes = fetch.editable_minutes(request, code)
    shown = get_object_or_404(Photo, board__meeting__minutes=minutes, code=photo)
    name = f"photographie-{shown.code}.{shown.content_type.rpartition('/')[2]}"
    return file_response(bytes(shown.data), name, shown.content_type, inline=True)
