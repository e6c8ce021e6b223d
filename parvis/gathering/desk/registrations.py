"""Who said she comes to a workshop, who was there, who said nothing; the same in figures by organisation."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from parvis.core.mailing.counts import MailCounts, count_mails
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.operations.remind_meeting import invited_contacts, mails_of_reminder
from parvis.people.models import Contact


@dataclass(frozen=True, slots=True)
class Registration:
    """A person and where she stands; `invited` (« Sans réponse ») when she said nothing."""

    contact: str
    name: str
    position: str
    organisation: str
    email: str
    presence: Presence
    reminded_at: datetime.datetime | None

    @property
    def label(self) -> str:
        return str(self.presence.label)


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """How many people of an organisation registered, were there."""

    name: str
    registered: int
    present: int


@dataclass(frozen=True, slots=True)
class Registrations:
    """Everyone, by organisation then by name. `counts`: presence → people. `mails`: where their reminders are."""

    rows: tuple[Registration, ...]
    counts: dict[str, int]
    organisations: tuple[OrganisationCount, ...]
    mails: MailCounts

    @property
    def expected(self) -> tuple[Registration, ...]:
        """Those who come, or came."""
        return tuple(row for row in self.rows if row.presence in (Presence.REGISTERED, Presence.PRESENT))

    @property
    def possible(self) -> tuple[Registration, ...]:
        """The same, or all those invited while nobody has answered."""
        return self.expected or tuple(row for row in self.rows if row.presence == Presence.INVITED)


def gather_registrations(meeting: Meeting) -> Registrations:
    """Three queries, whatever the number of people."""
    of_meeting = Attendance.objects.filter(meeting=meeting).select_related("contact__organisation")
    attendances = list(of_meeting.order_by("pk"))
    silent = invited_contacts(meeting).exclude(attendances__meeting=meeting).select_related("organisation")
    rows = [_row(row.contact, Presence(row.presence), row.reminded_at) for row in attendances]
    rows += [_row(contact, Presence.INVITED, None) for contact in silent.order_by("pk")]
    keys = {row.contact.code: row.contact for row in attendances} | {contact.code: contact for contact in silent}
    rows.sort(key=lambda row: (keys[row.contact].organisation.sort_key, keys[row.contact].sort_key, row.contact))
    return Registrations(
        rows=tuple(rows),
        counts={presence: sum(row.presence == presence for row in rows) for presence in Presence},
        organisations=_organisations(rows),
        mails=count_mails(mails_of_reminder(meeting)),
    )


def _row(contact: Contact, presence: Presence, reminded_at: datetime.datetime | None) -> Registration:
    return Registration(
        contact=contact.code,
        name=str(contact),
        position=contact.position,
        organisation=contact.organisation.name,
        email=contact.email,
        presence=presence,
        reminded_at=reminded_at,
    )


def _organisations(rows: list[Registration]) -> tuple[OrganisationCount, ...]:
    registered: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for row in rows:
        registered[row.organisation] += row.presence in (Presence.REGISTERED, Presence.PRESENT)
        present[row.organisation] += row.presence == Presence.PRESENT
    return tuple(
        OrganisationCount(name, registered[name], present[name])
        for name in dict.fromkeys(row.organisation for row in rows)
        if registered[name]
    )
