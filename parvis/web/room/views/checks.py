"""Someone who was in the room, with a phone or at a table, reads the draft and comments it on the same device."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.gathering.reports.checked_draft import checked_draft
from parvis.meetings.models import MinutesCheck
from parvis.meetings.operations.checking import record_remark
from parvis.meetings.rules import readable_checks
from parvis.web.components.form_pages import form_page
from parvis.web.room.session import Place, at_my_place


@access(readable_checks, audience=RouteAudience.PARTNERS, methods=FORM)
@at_my_place
def check(request: HttpRequest, place: Place) -> HttpResponse:
    """The draft of the workshop, as long as it waits for those present."""
    hers = MinutesCheck.objects.filter(readable_checks(place.participant), minutes__meetings=place.board.meeting)
    found = hers.select_related("minutes__consultation").order_by("-id").first()
    line, text = request.POST.get("line", ""), request.POST.get("text", "")
    if found is None and text:  # it went on while she wrote: her words come back to her
        over = {"place": place, "participant": place.participant, "typed": text}
        return form_page(request, "room/check_over.html", over, refused=True)
    if found is None:
        raise Http404
    refused: dict[str, object] = {}
    if request.method == "POST":
        try:
            record_remark(place.participant, found, line, text, withdraw=request.POST.get("withdraw", ""))
        except ParvisError as refusal:
            refused = {"refusal": refusal.message, "target": line, "typed": text}
        else:
            return redirect("room:check", place.board.room)
    context = {
        "place": place,
        "check": found,
        "draft": checked_draft(found, place.participant),
        "open": found.is_open(clock.today()),
    }
    return form_page(request, "room/check.html", context | refused, refused=bool(refused))
