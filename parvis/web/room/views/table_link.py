"""The address on the sign of a table: whoever opens it may hold the table, another laptop too."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.room.table_page import laptops_of
from parvis.meetings.enums import SeatRole
from parvis.meetings.operations.room.entering import take_table
from parvis.meetings.operations.room.table_links import find_table
from parvis.web.components.form_pages import form_page
from parvis.web.room.session import place_of, sit_down


@access(find_table, audience=RouteAudience.PARTNERS, methods=FORM)
def table_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say which table it is and who holds it; the button sits this laptop down. Opened alone, a link does nothing."""
    opened = find_table(token)
    if opened is None:
        raise Http404
    board, table = opened
    place = place_of(request, board.room)
    if place is not None and place.seat.role == SeatRole.SECRETARY and place.seat.table == table:
        return redirect("room:secretary", board.room)
    refusal = ""
    if request.method == "POST":
        try:
            sit_down(request, board, take_table(board, table))
            return redirect("room:secretary", board.room)
        except RefusedInput as refused:
            refusal = refused.message
    context = {
        "board": board,
        "table": table,
        "laptops": laptops_of(board, table),
        "other_place": place,
        "refusal": refusal,
    }
    return form_page(request, "room/table_link.html", context, refused=bool(refusal))
