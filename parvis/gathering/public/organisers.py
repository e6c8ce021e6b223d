"""Who organises the consultations that anyone may read, and where to write."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import Consultation
from parvis.consultations.rules import readable_consultations


@dataclass(frozen=True, slots=True)
class Organiser:
    authority: str
    contact: str


def organisers() -> tuple[Organiser, ...]:
    """Each authority once per contact, by name. One query."""
    consultations = Consultation.objects.filter(readable_consultations(None)).order_by("authority", "contact_email")
    pairs = dict.fromkeys(consultations.values_list("authority", "contact_email"))
    return tuple(Organiser(authority, contact) for authority, contact in pairs)
