"""What keeps minutes from being validated: a line without theme, an open reading, a remark without answer."""

from __future__ import annotations

import datetime

from django.db.models import Q

from parvis.consultations.enums import Kind, StepKind
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.french import dates
from parvis.french.counts import plural
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesLine, WaitingReport
from parvis.meetings.operations.working_text import touched
from parvis.publishing.validation import edition_in_preparation


def unfinished(minutes: Minutes) -> Q:
    """The lines that keep minutes from being validated: a contribution without theme, or still to be sorted."""
    return Q(minutes=minutes, place=LinePlace.ITEM) & (Q(theme=None) | Q(kind=Kind.UNSORTED))


def check_finished(minutes: Minutes) -> None:
    """Refuse minutes that nobody could read as they are."""
    waiting = MinutesLine.objects.filter(unfinished(minutes)).count()
    if waiting:
        raise RefusedInput(
            f"{plural(waiting, 'contribution', 'contributions')} sans thématique ou à classer : complétez d'abord."
        )
    waiting_reports = WaitingReport.objects.filter(meeting__minutes=minutes)
    if waiting_reports.filter(refusal="").exists():
        raise RefusedInput("Un fichier de ce compte-rendu est encore en lecture : attendez qu'elle soit finie.")
    if waiting_reports.exists():
        raise RefusedInput("Un fichier de ce compte-rendu n'a pas pu être lu : retirez-le, sous « En lecture ».")
    if not minutes.lines.exclude(place=LinePlace.ASIDE).exists():
        raise RefusedInput("Ce compte-rendu est vide : importez un rapport ou ajoutez une contribution.")


def check_step(minutes: Minutes, step: StepKind) -> None:
    """Those present have until the deadline they were given, and each remark gets an answer."""
    if step != StepKind.PARTICIPANTS:
        return
    check = minutes.checks.filter(edition_number=edition_in_preparation(minutes)).first()
    if check is not None and clock.today() <= check.until:
        raise RefusedInput(
            f"Les participants ont jusqu'au {dates.day(check.until)} pour relire : attendez, ou terminez la relecture."
        )
    waiting = check.comments.filter(handled_at=None).count() if check is not None else 0
    if waiting:
        raise RefusedInput(
            f"{plural(waiting, 'remarque', 'remarques')} de participants sans suite : répondez-y d'abord."
        )


def changed_since(minutes: Minutes, moment: datetime.datetime) -> int:
    """How many lines changed since `moment`."""
    return len(
        {
            code
            for change in minutes.changes.filter(at__gt=moment, after__isnull=True)
            for code in touched(change.before)
        }
    )
