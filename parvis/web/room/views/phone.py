"""A phone in the room: read, write, place dots. No account, and no script needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.room.table_page import phone_page
from parvis.meetings.enums import RoomStep, SeatRole
from parvis.web.components.form_pages import form_page
from parvis.web.room.device_page import BLANK_FAMILY, BLANK_NOTE, device_context
from parvis.web.room.form_operations import operations_of
from parvis.web.room.forms import NoteForm
from parvis.web.room.sending import refusal_of, send_many, send_one
from parvis.web.room.session import Place, at_my_place, home_of, place_of


@access(place_of, audience=RouteAudience.PARTNERS, methods=FORM)
@at_my_place
def phone(request: HttpRequest, place: Place) -> HttpResponse:
    """The room as it is; a note is written by POST."""
    if place.seat.role == SeatRole.SECRETARY:
        return home_of(place)
    page = phone_page(place.seat)
    form = NoteForm(
        request.POST or None,
        themes=page.room["themes"],
        step=page.room["step"],
        theme=request.GET.get("theme", ""),
    )
    if request.method == "POST" and form.is_valid():
        refusal = refusal_of(send_one(place, "note", **form.operation()))
        if not refusal:
            messages.success(request, form.added)
            return redirect(f"{reverse('room:phone', args=[place.board.room])}?theme={form.cleaned_data['theme']}")
        form.add_error(None, refusal)
    return _show(request, place, form=form, page=page)


@access(place_of, audience=RouteAudience.PARTNERS, methods=POST)
@at_my_place
def dots(request: HttpRequest, place: Place) -> HttpResponse:
    """Place dots: `target` and how many of hers are on it."""
    count = request.POST.get("count", "")
    refusal = "Donnez un nombre de gommettes."
    if count.isascii() and count.isdecimal() and len(count) < 6:
        refusal = refusal_of(send_one(place, "dot", target=request.POST.get("target", ""), count=int(count)))
    if refusal and place.seat.role != SeatRole.SECRETARY:
        return _show(request, place, refusal=refusal)
    return redirect(f"{home_of(place).url}#tableau")


@access(place_of, audience=RouteAudience.PARTNERS, methods=POST)
@at_my_place
def own_note(request: HttpRequest, place: Place) -> HttpResponse:
    """Correct or take away one of her notes, from a form. What a phone may not do, the operation refuses."""
    try:
        refusals = send_many(place, operations_of(request.POST))
    except RefusedInput as refused:
        refusals = [refused.message]
    if refusals:
        return _show(request, place, refusal=refusals[0])
    return redirect(f"{reverse('room:phone', args=[place.board.room])}#miennes")


def _show(request: HttpRequest, place: Place, **more: Any) -> HttpResponse:
    page = more.pop("page", None) or phone_page(place.seat)
    edits = "of" in request.POST
    step = page.room["step"]
    context = device_context(place, page.room, page.mine) | {
        "own": page.own,
        "families": page.families,
        "alone": page.alone,
        "dots_left": page.dots_left,
        "form": NoteForm(themes=page.room["themes"], step=step, theme=request.GET.get("theme", "")),
        "contact": place.board.meeting.consultation.contact_email,
        "arranges": False,
        "counts_dots": page.room["state"] == "open"
        and (bool(step and step["kind"] == RoomStep.PRIORITIES) or not _gives_time_to_dots(page.room)),
        "blank_note": BLANK_NOTE,
        "blank_family": BLANK_FAMILY,
        "editing": request.POST["of"] if edits else request.GET.get("note", ""),
        "typed": request.POST.get("text", "") if edits else "",
        "refusal": "",
    }
    return form_page(request, "room/phone.html", context | more, refused="refusal" in more)


def _gives_time_to_dots(room: dict[str, Any]) -> bool:
    return any(step["kind"] == RoomStep.PRIORITIES for step in room["steps"])
