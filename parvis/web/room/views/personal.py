"""What is hers alone in a room, for her device: never in the snapshot that everyone shares."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse

from parvis.core.access import RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.room.personal import note_versions, personal_state
from parvis.meetings.operations.room.notes import refuse_unless_hers
from parvis.web.room.session import Place, at_my_place, place_of


@access(place_of, audience=RouteAudience.PARTNERS)
@at_my_place
def mine(request: HttpRequest, place: Place) -> HttpResponse:
    """Her notes, her dots, those she counted."""
    return JsonResponse(personal_state(place.seat))


@access(place_of, audience=RouteAudience.PARTNERS)
@at_my_place
def versions(request: HttpRequest, place: Place, reference: uuid.UUID) -> HttpResponse:
    """What a note said before, for who may change it."""
    try:
        refuse_unless_hers(place.seat, reference)
    except RefusedInput as refused:
        raise PermissionDenied(refused.message) from None
    rows = note_versions(place.board, reference, place.participant.pk)
    return JsonResponse({"versions": [asdict(version) for version in rows]})
