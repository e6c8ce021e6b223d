"""A consultation with many meetings, and one report of 200 contributions, made through the real operations."""

from __future__ import annotations

import datetime

from parvis.consultations.enums import Kind
from parvis.consultations.models import Consultation, GlossaryEntry, TeamMember, Theme
from parvis.core import clock
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, Minutes, MinutesLine
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.people.models import Role, User
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.link_ancestry import link_ancestry

WORDS = "accompagner les habitants vers les droits et l'emploi avec le PRE et la CAF dans chaque quartier prioritaire"


def build(meetings: int, items: int) -> str:
    """Fill an empty database; returns the code of the meeting whose report has `items` contributions."""
    town = Territory.objects.create(
        kind=TerritoryKind.INTERCOMMUNALITY, name="Agglomération", official_code="200000000"
    )
    link_ancestry()
    user = User.objects.create_user("agent@exemple.invalid", "Agent")
    Role.objects.create(user=user, territory=town, kind="coordinator")
    consultation = Consultation.objects.create(title="Concertation", slug="concertation", territory=town, authority="A")
    TeamMember.objects.create(consultation=consultation, user=user)
    themes = [
        Theme.objects.create(consultation=consultation, name=f"Thème {rank}", slug=f"theme-{rank}", position=rank)
        for rank in range(7)
    ]
    for acronym in ("PRE", "CAF", "CPAM", "CLSPD", "CMPP"):
        GlossaryEntry.objects.create(territory=town, acronym=acronym, expansion=f"En toutes lettres {acronym}")
    start = clock.now()
    rows = Meeting.objects.bulk_create(
        Meeting(
            consultation=consultation,
            title=f"Rencontre numéro {rank}",
            introduction=WORDS,
            starts_at=start - datetime.timedelta(hours=rank),
            place="Maison commune",
            territory=town,
            search_key=f"rencontre numero {rank}",
        )
        for rank in range(meetings)
    )
    through = Meeting.themes.through
    through.objects.bulk_create(through(meeting=row, theme=themes[rank % 7]) for rank, row in enumerate(rows))
    publish_report(user, rows[0], themes, items)
    return rows[0].code


def publish_report(user: User, meeting: Meeting, themes: list[Theme], items: int) -> None:
    """Minutes of `items` contributions over the themes and the three kinds, published as number 1."""
    minutes = Minutes.objects.create(consultation=meeting.consultation, title="Synthèse des échanges")
    minutes.meetings.add(meeting)
    kinds = (Kind.CHALLENGE, Kind.STRENGTH, Kind.PROPOSAL)
    MinutesLine.objects.bulk_create(
        MinutesLine(
            minutes=minutes,
            position=rank,
            place=LinePlace.ITEM,
            theme=themes[rank * len(themes) // items],
            kind=kinds[rank % 3],
            text=f"{WORDS} {rank}",
        )
        for rank in range(items)
    )
    submit_draft(user, minutes)
    publish_minutes(user, minutes)
