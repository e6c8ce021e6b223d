"""The life of a consultation: a draft, then open, then archived; and why something is refused at each age."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from parvis.consultations.models import Consultation
from parvis.consultations.rules import in_use, opened
from parvis.core.errors import RefusedInput
from parvis.core.fetching import NOT_YOURS

NOT_OPEN: Final = (
    "Cette concertation n'est pas encore ouverte : rien n'en part vers les partenaires. Ouvrez-la depuis sa page."
)
ARCHIVED: Final = (
    "Cette concertation est archivée : elle se lit, et plus rien ne s'y change. "
    "Qui la coordonne peut la sortir des archives, depuis sa page."
)
ARCHIVED_FOR_PARTNERS: Final = (
    "Cette concertation est archivée : vous pouvez la lire, et plus rien ne s'y écrit. "
    "Pour une question, écrivez à la collectivité qui l'a menée."
)


def why_not(prefix: str = "") -> dict[str, Q]:
    """What `core.fetching.get_or_refuse` says of a row that may be read and not written."""
    return {ARCHIVED: ~in_use(prefix)}


def refusal_of(consultation: Consultation) -> str:
    """The sentence for who may read a consultation, and not do what she asks."""
    return ARCHIVED if consultation.archived_at is not None else NOT_YOURS


def refuse_before_opening(consultation: Consultation) -> None:
    """Raises `RefusedInput` while it is a draft: nobody is invited to what is not open."""
    if not Consultation.objects.filter(opened(), pk=consultation.pk).exists():
        raise RefusedInput(NOT_OPEN)


def refuse_in_archive(consultation: Consultation) -> None:
    """Raises `RefusedInput` once it is archived. For what is asked without one of the rules that say so: a command, a
    step passed by an elected person."""
    if not Consultation.objects.filter(in_use(), pk=consultation.pk).exists():
        raise RefusedInput(ARCHIVED)


def refuse_mail_before_opening(about: str) -> None:
    """The same as `refuse_before_opening`, asked of every mail to partners by the queue itself."""
    if Consultation.objects.filter(~opened(), code=about).exists():
        raise RefusedInput(NOT_OPEN)
