"""A phone in the room: read, write, place dots. No account, and no script needed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.core.guards import access
from parvis.gathering.room_snapshot import RoomAudience, room_snapshot
from parvis.meetings.models import Dot
from parvis.web.room.forms import NoteForm
from parvis.web.room.live import live_key
from parvis.web.room.session import Place, at_my_place
from parvis.web.room.web_ops import refusal_of, send_one

FORM = ("GET", "HEAD", "POST")
REFUSED = 422


@access("room.place_of", audience="partners", methods=FORM)
@at_my_place
def phone(request: HttpRequest, place: Place) -> HttpResponse:
    """The room as it is; a note is written by POST."""
    snapshot = room_snapshot(place.board, RoomAudience.ROOM)
    form = NoteForm(request.POST or None, themes=snapshot["themes"], step=snapshot["step"])
    if request.method == "POST" and form.is_valid():
        refusal = refusal_of(send_one(place, "note", **form.operation()))
        if not refusal:
            return redirect("room:phone", place.board.room)
        form.add_error(None, refusal)
    return render(request, "room/phone.html", _context(place, snapshot, form), status=REFUSED if form.errors else 200)


@access("room.place_of", audience="partners", methods=("POST",))
@at_my_place
def dots(request: HttpRequest, place: Place) -> HttpResponse:
    """Place dots: `target` and how many of hers are on it."""
    count = request.POST.get("count", "")
    refusal = "Donnez un nombre de gommettes."
    if count.isdecimal():
        refusal = refusal_of(send_one(place, "dot", target=request.POST.get("target", ""), count=int(count)))
    if not refusal:
        return redirect("room:phone", place.board.room)
    snapshot = room_snapshot(place.board, RoomAudience.ROOM)
    form = NoteForm(themes=snapshot["themes"], step=snapshot["step"])
    context = _context(place, snapshot, form) | {"refusal": refusal}
    return render(request, "room/phone.html", context, status=REFUSED)


def _context(place: Place, snapshot: dict[str, Any], form: NoteForm) -> dict[str, Any]:
    mine = dict(Dot.objects.filter(board=place.board, participant=place.participant).values_list("target", "count"))
    placed = sum(mine.values())
    notes = [note | {"mine": mine.get(uuid.UUID(note["reference"]), 0)} for note in snapshot["notes"]
             if not note["hidden"] and not note["waiting"] and not note["duplicate_of"]]  # fmt: skip
    families = [
        family
        | {
            "mine": mine.get(uuid.UUID(family["reference"]), 0),
            "notes": [note for note in notes if note["family"] == family["reference"]],
        }
        for family in snapshot["families"]
        if not family["hidden"] and not family["joined_into"]
    ]
    return {
        "place": place,
        "participant": place.participant,
        "key": place.key,
        "live_key": live_key(place.board, RoomAudience.ROOM),
        "room": snapshot,
        "form": form,
        "families": families,
        "alone": [note for note in notes if note["family"] is None],
        "dots_left": max(0, place.board.dots_per_person - placed),
    }
