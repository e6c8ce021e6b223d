"""The page of a table's secretary. Its script keeps everything on the device; without it, each form is a round trip."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.room.table_page import other_laptops, table_page
from parvis.meetings.enums import RoomStep
from parvis.web.components.form_pages import form_page
from parvis.web.room.device_page import BLANK_FAMILY, BLANK_NOTE, device_context
from parvis.web.room.form_operations import operations_of
from parvis.web.room.forms import TableNoteForm
from parvis.web.room.sending import refusal_of, send_many, send_one
from parvis.web.room.session import Place, at_my_table, place_of


@access(place_of, audience=RouteAudience.PARTNERS, methods=FORM)
@at_my_table
def secretary(request: HttpRequest, place: Place) -> HttpResponse:
    """The table as it is; a note is written by POST."""
    page = table_page(place.seat)
    form = TableNoteForm(
        request.POST or None,
        themes=page.room["themes"],
        step=page.room["step"],
        theme=request.GET.get("theme", ""),
    )
    if request.method == "POST" and form.is_valid():
        refusal = refusal_of(send_one(place, "note", **form.operation()))
        if not refusal:
            messages.success(request, form.added)
            return redirect(f"{reverse('room:secretary', args=[place.board.room])}?theme={form.cleaned_data['theme']}")
        form.add_error(None, refusal)
    return _show(request, place, form=form, page=page)


@access(place_of, audience=RouteAudience.PARTNERS, methods=POST)
@at_my_table
def change_board(request: HttpRequest, place: Place) -> HttpResponse:
    """One change of notes, families or people counted, from a form."""
    try:
        refusals = send_many(place, operations_of(request.POST))
    except RefusedInput as refused:
        refusals = [refused.message]
    if refusals:
        return _show(request, place, refusal=refusals[0])
    part = "presents" if request.POST.get("gesture") == "heads" else "tableau"
    return redirect(f"{reverse('room:secretary', args=[place.board.room])}#{part}")


def _show(request: HttpRequest, place: Place, **more: Any) -> HttpResponse:
    page = more.pop("page", None) or table_page(place.seat)
    sent = request.POST
    editing = sent.get("gesture") == "edit"
    context = device_context(place, page.room, page.mine) | {
        "page": page,
        "form": TableNoteForm(themes=page.room["themes"], step=page.room["step"], theme=request.GET.get("theme", "")),
        "laptops": other_laptops(place.participant, place.key),
        "arranges": True,
        "counts_dots": bool(page.room["step"] and page.room["step"]["kind"] == RoomStep.PRIORITIES),
        "editing": sent.get("of", "") if editing else request.GET.get("note", ""),
        "typed": sent.get("text", "") if editing else "",
        "photo_reference": uuid.uuid4(),
        "blank_note": BLANK_NOTE,
        "blank_family": BLANK_FAMILY,
        "typed_title": sent.get("title", ""),
        "refusal": "",
    }
    return form_page(request, "room/secretary.html", context | more, refused="refusal" in more)
