"""The photographs of a table: sent by its secretary's device, or by a form."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.core.access import POST, REFUSED_FORM, UPLOAD_BYTES, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Photo
from parvis.meetings.operations.room.photos import TOO_BIG, add_photo
from parvis.reading.pictures import MAX_BYTES
from parvis.sandbox import NoChildFree
from parvis.web.components.files import file_response
from parvis.web.room.session import Place, at_my_table, place_of, sits_somewhere

NO_FILE = "Choisissez une photographie."
_JSON = "application/json"


@access(place_of, audience=RouteAudience.PARTNERS, methods=POST, largest=UPLOAD_BYTES, sender=sits_somewhere)
@at_my_table
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """`photo`, `alt` and the `reference` that the device drew. A script asks for JSON: it keeps what was refused, and
    sends again what could not be read now."""
    status = REFUSED_FORM
    try:
        refusal = _add(request, place)
    except NoChildFree as busy:
        refusal, status = busy.message, 503
    if request.headers.get("Accept") == _JSON:
        return JsonResponse({"refusal": refusal}, status=status if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect("room:secretary", place.board.room)


@access(place_of, audience=RouteAudience.PARTNERS)
@at_my_table
def show(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """A photograph, to the table that took it."""
    photo = get_object_or_404(Photo, board=place.board, table=place.seat.table, code=code)
    name = f"photographie-{photo.code}.{photo.content_type.rpartition('/')[2]}"
    return file_response(bytes(photo.data), name, photo.content_type, inline=True)


def _add(request: HttpRequest, place: Place) -> str:
    """Nothing, or why it was refused. Raises `NoChildFree` when the same may pass in a moment."""
    sent = request.FILES.get("photo")
    if sent is None:
        return NO_FILE
    if (sent.size or 0) > MAX_BYTES:
        return TOO_BIG
    try:
        reference = uuid.UUID(request.POST.get("reference", ""))
    except ValueError:
        reference = uuid.uuid4()
    try:
        add_photo(place.seat, reference=reference, data=sent.read(), alt=request.POST.get("alt", ""))
    except NoChildFree:
        raise
    except RefusedInput as refused:
        return refused.message
    return ""
