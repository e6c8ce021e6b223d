"""A meeting is announced."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.consultations.operations.themes import is_about_security
from parvis.consultations.operations.update_consultation import RESERVED
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting
from parvis.people.models import User
from parvis.territories.models import Territory
from parvis.territories.queries import ids_below

_FROM_OPEN_TO_RESERVED = (Audience.PUBLIC, Audience.PARTNERS, Audience.RESTRICTED, Audience.TEAM)


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """What an agent writes of a meeting. Without `audience`, the themes decide."""

    title: str
    starts_at: datetime.datetime
    territory: Territory
    kind: str = MeetingKind.WORKSHOP
    introduction: str = ""
    ends_at: datetime.datetime | None = None
    place: str = ""
    address: str = ""
    themes: tuple[Theme, ...] = ()
    audience: str = ""
    embargo_until: datetime.datetime | None = None
    people_count: int | None = None
    organisation_count: int | None = None


def default_audience(themes: Iterable[Theme]) -> Audience:
    """The most reserved of what the themes ask; a meeting about security is born `restricted`."""
    asked = [Audience.PUBLIC]
    for theme in themes:
        asked.append(Audience(theme.audience))
        if is_about_security(theme):
            asked.append(Audience.RESTRICTED)
    return max(asked, key=_FROM_OPEN_TO_RESERVED.index)


def write_details(actor: User, meeting: Meeting, details: MeetingDetails) -> None:
    """Carry `details` over and save. Themes and territory must be the consultation's own."""
    consultation = meeting.consultation
    if details.ends_at is not None and details.ends_at < details.starts_at:
        raise RefusedInput("La rencontre finit avant de commencer : corrigez l'une des deux heures.")
    if any(theme.consultation_id != consultation.pk for theme in details.themes):
        raise RefusedInput("Une thématique vient d'une autre concertation : choisissez-la dans la liste.")
    if not ids_below([consultation.territory_id]).filter(territory=details.territory).exists():
        raise RefusedInput("Ce territoire n'est pas celui de la concertation : choisissez-le dans la liste.")
    audience = details.audience or default_audience(details.themes)
    if audience in RESERVED and not consultation.members.filter(user=actor).exists():
        raise RefusedInput(
            "Cette rencontre serait réservée à l'équipe projet, dont vous ne faites pas partie : "
            "demandez à y entrer, ou choisissez d'autres lecteurs."
        )
    for name in ("title", "starts_at", "ends_at", "territory", "kind", "introduction", "place", "address",
                 "embargo_until", "people_count", "organisation_count"):  # fmt: skip
        setattr(meeting, name, getattr(details, name))
    meeting.audience = audience
    meeting.save()
    meeting.themes.set(details.themes)


@transaction.atomic
def create_meeting(actor: User, consultation: Consultation, details: MeetingDetails) -> Meeting:
    """A meeting of `consultation`."""
    meeting = Meeting(consultation=consultation)
    write_details(actor, meeting, details)
    journal.record(
        actor,
        "create_meeting",
        meeting,
        consultation=consultation.code,
        meeting_kind=meeting.kind,
        audience=meeting.audience,
    )
    return meeting
