"""The logo on the papers of a consultation."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.consultations.models import Consultation, Logo
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.documents.logo import is_svg, logo_png
from parvis.people.models import User
from parvis.reading.pictures import read_picture

MAX_BYTES: Final = 2 * 1024 * 1024


def logo_of(consultation: Consultation) -> bytes | None:
    """Its own as PNG, else that of the consultation it is part of."""
    while True:
        own = Logo.objects.filter(consultation=consultation).first()
        if own is not None:
            return bytes(own.png)
        if consultation.parent is None:
            return None
        consultation = consultation.parent


def set_logo(actor: User, consultation: Consultation, data: bytes) -> None:
    """Take a PNG, a JPEG, a WebP or an SVG. Raises `RefusedInput` when it is none of them, or too large."""
    png = _drawn(data)
    with transaction.atomic():
        Logo.objects.update_or_create(consultation=consultation, defaults={"png": png, "updated_at": clock.now()})
        journal.record(actor, "set_logo", consultation, size=len(png))


def _drawn(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise RefusedInput("Ce logo dépasse 2 Mo : réduisez-le, puis recommencez.")
    if is_svg(data):
        return logo_png(data, "svg")
    picture = read_picture(data)
    return logo_png(picture.data, "png" if picture.content_type == "image/png" else "jpeg")


@transaction.atomic
def remove_logo(actor: User, consultation: Consultation) -> None:
    """The papers bear the authority's name again."""
    Logo.objects.filter(consultation=consultation).delete()
    journal.record(actor, "remove_logo", consultation)
