"""A new consultation, from a former one: what the agent ticks is taken over, and nothing that anybody said."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.consultations.operations.copied_parts import (
    copy_links,
    copy_partners,
    copy_phases,
    copy_steps,
    copy_team,
    copy_themes,
)
from parvis.consultations.operations.create_consultation import ConsultationDetails, write_details
from parvis.core import journal
from parvis.core.plain_insert import insert_rows
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings
from parvis.people.models import User
from parvis.sheets.operations.copy_sheets import copy_sheets


class CopiedPart(TextChoices):
    """What may be taken over."""

    THEMES = "themes", "Les thématiques, avec leurs autres noms"
    PHASES = "phases", "Les étapes, à leurs nouvelles dates"
    SHEETS = "sheets", "Les fiches actions, en brouillon, sans les avis ni les fichiers joints"
    DIRECTORY = "directory", "Les partenaires et leurs périmètres, sans leurs invitations"
    TEAM = "team", "L'équipe projet"
    AGENDA = "agenda", "Les rencontres, à leurs nouvelles dates, réservées à l'équipe"


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What the new one is called, the day it begins (None: dates stay as they are), and what it takes over."""

    details: ConsultationDetails
    begins_on: datetime.date | None
    parts: Collection[str]


_NO_SHIFT: Final = datetime.timedelta(0)


def first_day(source: Consultation) -> datetime.date | None:
    """The day a consultation began, by its phases, else by its meetings; None when it has no date."""
    opening = [phase.opens_on for phase in source.phases.all() if phase.opens_on]
    if opening:
        return min(opening)
    first = source.meetings.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(first) if first is not None else None


@transaction.atomic
def copy_consultation(actor: User, source: Consultation, plan: CopyPlan) -> Consultation:
    """A draft on the same territory. As many statements whatever the size of what is taken over."""
    made = Consultation(
        territory_id=source.territory_id,
        parent_id=source.parent_id,
        names_kept_from_funders=source.names_kept_from_funders,
        one_person_validates=source.one_person_validates,
    )
    write_details(made, plan.details)
    began = first_day(source)
    shift = plan.begins_on - began if plan.begins_on is not None and began is not None else _NO_SHIFT
    themes = copy_themes(source, made, chosen=CopiedPart.THEMES in plan.parts)
    copy_phases(source, made, shift, chosen=CopiedPart.PHASES in plan.parts)
    copy_steps(source, made)
    copy_team(source, made, actor, chosen=CopiedPart.TEAM in plan.parts)
    partners = copy_partners(source, made, themes) if CopiedPart.DIRECTORY in plan.parts else 0
    sheets = copy_sheets(actor, source, made, themes) if CopiedPart.SHEETS in plan.parts else 0
    meetings = _copy_agenda(actor, source, made, themes, shift) if CopiedPart.AGENDA in plan.parts else 0
    journal.record(
        actor, "copy_consultation", made, source=source.code, territory=source.territory.code,
        parts=[part.value for part in CopiedPart if part in plan.parts], days=shift.days,
        partners=partners, sheets=sheets, meetings=meetings,
    )  # fmt: skip
    return made


def _copy_agenda(
    actor: User, source: Consultation, made: Consultation, themes: Mapping[int, int], shift: datetime.timedelta
) -> int:
    """The meetings that `actor` reads and that were held, at the same hour of their new day; how many. For the team
    alone, until each is looked at again: a date so made is nobody's promise."""
    held = Meeting.objects.filter(
        readable_meetings(actor), consultation=source, cancelled_at=None, hidden_at=None
    ).order_by("id")  # fmt: skip
    former = list(held)
    copies = [
        Meeting(
            consultation=made, kind=row.kind, title=row.title, introduction=row.introduction, place=row.place,
            address=row.address, territory_id=row.territory_id, audience=Audience.TEAM,
            starts_at=_moved(row.starts_at, shift), ends_at=_moved(row.ends_at, shift) if row.ends_at else None,
        )
        for row in former
    ]  # fmt: skip
    insert_rows(copies)
    keys = dict(Meeting.objects.filter(consultation=made).order_by().values_list("code", "pk"))
    copy_links(Meeting.themes, {row.pk: keys[copy.code] for row, copy in zip(former, copies, strict=True)}, themes)
    return len(former)


def _moved(moment: datetime.datetime, shift: datetime.timedelta) -> datetime.datetime:
    """The same hour on the clocks of the instance, winter or summer."""
    return timezone.make_aware(timezone.localtime(moment).replace(tzinfo=None) + shift)
