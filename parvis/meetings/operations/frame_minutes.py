"""What stands around the text of minutes: their beginning, their title, the meetings they cover."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.import_report import draft_minutes
from parvis.meetings.operations.working_text import grow, lock_working
from parvis.people.models import User
from parvis.publishing.models import Edition


@transaction.atomic
def start_minutes(actor: User, meeting: Meeting) -> Minutes:
    """Draft minutes without a report, to be written line by line; those of the meeting when it has some."""
    return draft_minutes(actor, meeting)


@transaction.atomic
def rename_minutes(actor: User, minutes: Minutes, title: str, version: int | None = None) -> None:
    """Give the minutes the title that will be read above them."""
    locked = lock_working(minutes, version)
    if not title.strip():
        raise RefusedInput("Le titre est vide : écrivez celui que les lecteurs verront.")
    locked.title = title.strip()[:240]
    locked.save(update_fields=["title"])
    grow(locked)
    journal.record(actor, "rename_minutes", locked)
    minutes.title, minutes.version = locked.title, locked.version


@transaction.atomic
def cover_meetings(actor: User, minutes: Minutes, meetings: Collection[Meeting], version: int | None = None) -> None:
    """Say which meetings these minutes tell.

    Once published, a meeting cannot be left out: what was published would escape its audience and its embargo.
    """
    locked = lock_working(minutes, version)
    if not meetings:
        raise RefusedInput("Choisissez au moins une rencontre : un compte-rendu raconte toujours une rencontre.")
    if any(meeting.consultation_id != locked.consultation_id for meeting in meetings):
        raise RefusedInput("Une de ces rencontres est d'une autre concertation : choisissez-les dans la liste.")
    left_out = locked.meetings.exclude(pk__in=[meeting.pk for meeting in meetings])
    if left_out.exists() and Edition.objects.filter(subject=locked.journal_name).exists():
        raise RefusedInput("Ce compte-rendu est déjà publié : vous pouvez ajouter une rencontre, pas en retirer.")
    locked.meetings.set(meetings)
    grow(locked)
    journal.record(actor, "cover_meetings", locked, meetings=sorted(meeting.code for meeting in meetings))
    minutes.version = locked.version
