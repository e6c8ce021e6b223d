"""Someone who was in the room, with a phone or at a table, reads the draft and comments it on the same device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.core.access import FORM, RouteAudience, access
from parvis.meetings.models import MinutesCheck
from parvis.meetings.rules import readable_checks
from parvis.web.draft_checks import answer_check
from parvis.web.room.session import Place, at_my_place


@access(readable_checks, audience=RouteAudience.PARTNERS, methods=FORM)
@at_my_place
def check(request: HttpRequest, place: Place) -> HttpResponse:
    """The draft of the workshop, as long as it waits for those present."""
    hers = MinutesCheck.objects.filter(readable_checks(place.participant), minutes__meetings=place.board.meeting)
    check = hers.select_related("minutes__consultation").order_by("-id").first()
    return answer_check(request, place.participant, check, surface="room", place=place)
