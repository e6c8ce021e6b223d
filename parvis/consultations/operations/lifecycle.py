"""A consultation opens, goes to the archive, and comes back from it."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User

_DRAFT: Final = "Un brouillon ne s'archive pas : ouvrez-le, ou supprimez-le."


@transaction.atomic
def open_consultation(actor: User | None, consultation: Consultation) -> None:
    """From now on it is read by those its audience says, and partners may come in. It never is a draft again."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.opened_at is None:
        locked.opened_at = clock.now()
        locked.save(update_fields=["opened_at"])
        journal.record(actor, "open_consultation", locked, audience=locked.audience)
    consultation.opened_at = locked.opened_at


@transaction.atomic
def archive_consultation(actor: User, consultation: Consultation) -> None:
    """Put it away: it stays as readable as it was, and nothing of it is written any more."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.opened_at is None:
        raise ForbiddenMove(_DRAFT)
    if locked.archived_at is not None:
        return
    locked.archived_at = clock.now()
    locked.save(update_fields=["archived_at"])
    journal.record(actor, "archive_consultation", locked)


@transaction.atomic
def bring_back_consultation(actor: User, consultation: Consultation) -> None:
    """Take it out of the archive: it is written again, as before."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.archived_at is None:
        return
    locked.archived_at = None
    locked.save(update_fields=["archived_at"])
    journal.record(actor, "bring_back_consultation", locked)
