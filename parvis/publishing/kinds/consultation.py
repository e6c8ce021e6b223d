"""A consultation as something published."""

from __future__ import annotations

from django.db.models import Q

from parvis.consultations.models import Consultation
from parvis.consultations.rules import moderated_consultations, readable_consultations
from parvis.people.models import User
from parvis.publishing.operations.hide_consultation import hide_consultation, restore_consultation
from parvis.publishing.registry import Moderated, Moderation, PublishedKind, Readable


def _readable(slug: str) -> Readable | None:
    here = Q(slug=slug) | Q(addresses__slug=slug)
    consultation = Consultation.objects.filter(readable_consultations(None), here).distinct().first()
    if consultation is None:
        return None
    return Readable(consultation, consultation.code, consultation.slug, consultation.title)


def _moderated(actor: User, code: str) -> Consultation | None:
    return Consultation.objects.filter(moderated_consultations(actor), code=code).first()


def _describe(consultation: Consultation) -> Moderated:
    hidden = consultation.hidden_at is not None
    return Moderated(
        consultation=consultation,
        code=consultation.code,
        place=consultation.slug,
        title=consultation.title,
        paragraphs=(consultation.introduction,) if consultation.introduction else (),
        state=public_state(hidden),
        hidden=hidden,
    )


def public_state(hidden: bool) -> str:
    """What is said of something that is either public or hidden."""
    return "Masqué par la modération" if hidden else "Public"


CONSULTATION = PublishedKind(
    name="consultation",
    label="Concertation",
    spoken="la concertation",
    moderation=Moderation(
        readable=_readable,
        moderated=_moderated,
        describe=_describe,
        hide=lambda actor, consultation, reason: hide_consultation(actor, consultation, reason=reason),
        restore=restore_consultation,
    ),
)
