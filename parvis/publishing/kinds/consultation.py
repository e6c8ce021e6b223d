"""A consultation as something published."""

from __future__ import annotations

from parvis.consultations.models import Consultation
from parvis.consultations.rules import moderated_consultations, readable_consultations
from parvis.people.models import User
from parvis.publishing.operations.hide_consultation import hide_consultation, restore_consultation
from parvis.publishing.registry import Moderated, Moderation, PublishedKind, Readable


def _readable(slug: str) -> Readable | None:
    found = Consultation.objects.filter(readable_consultations(None), slug=slug).first()
    return Readable(found, found.code, found.slug, found.title) if found is not None else None


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
