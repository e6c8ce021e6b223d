"""The logo of an authority as papers show it."""

from __future__ import annotations

from parvis.consultations.models import Consultation
from parvis.consultations.operations.set_logo import logo_of
from parvis.documents.paper import Image


def logo_image(consultation: Consultation) -> Image | None:
    """Its own, else that of the consultation above; nothing when there is none."""
    png = logo_of(consultation)
    return Image(png, "png", f"Logo : {consultation.authority}") if png is not None else None
