"""A small town and its agents, for the tests of the minutes.

Alice coordinates and is in the project team. Bob facilitates. Chloé moderates. Édith is elected. Dan coordinates
elsewhere.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from parvis.consultations.enums import Audience, StepKind
from parvis.consultations.models import Consultation, TeamMember, Theme, ValidationStep
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, Minutes, MinutesLine
from parvis.meetings.operations.import_report import import_report
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory, TerritoryAncestry

REPORT = """Atelier du mardi
Les partenaires se sont retrouvés à la maison de quartier.
Emploi / Insertion
Défis
1. Le dernier bus part trop tôt
2. Les dossiers se font en ligne
- sans ordinateur
- sans aide
Atouts
1. Les partenaires se parlent
Propositions
1. Une permanence numérique
Santé / Sport
Défis
1. Peu de médecins
Propositions
1. Un centre de santé
2. Des créneaux pour les femmes
"""


@dataclass
class Scene:
    alice: User
    bob: User
    chloe: User
    edith: User
    dan: User
    consultation: Consultation
    jobs: Theme
    health: Theme
    meeting: Meeting

    def draft(self, text: str = REPORT, name: str = "rapport.txt") -> Minutes:
        """Minutes read from `text`."""
        minutes = import_report(self.alice, self.meeting, text.encode(), name).minutes
        assert minutes is not None
        return minutes

    def ready(self, minutes: Minutes) -> Minutes:
        """Sent, and every step passed."""
        submit_draft(self.alice, minutes)
        for step in self.consultation.steps.order_by("position"):
            pass_step(self.alice, minutes, StepKind(step.kind))
        return minutes

    def published(self, text: str = REPORT) -> Minutes:
        minutes = self.ready(self.draft(text))
        publish_minutes(self.alice, minutes)
        return minutes

    def other_meeting(self, **fields: object) -> Meeting:
        values: dict[str, object] = {
            "consultation": self.consultation,
            "title": "Une autre rencontre",
            "starts_at": datetime.datetime(2026, 4, 2, 14, tzinfo=datetime.UTC),
            "territory": self.consultation.territory,
        }
        return Meeting.objects.create(**values | fields)


def agent(name: str, *roles: tuple[RoleKind, Territory]) -> User:
    user = User.objects.create_user(f"{name.lower()}@exemple.fr", name)
    for kind, territory in roles:
        Role.objects.create(user=user, kind=kind, territory=territory)
    return user


def town(name: str, code: str) -> Territory:
    territory = Territory.objects.create(kind=TerritoryKind.INTERCOMMUNALITY, name=name, official_code=code)
    TerritoryAncestry.objects.create(territory=territory, ancestor=territory)
    return territory


def make_scene() -> Scene:
    here, elsewhere = town("Vallières", "200000001"), town("Montreuillon", "200000002")
    alice = agent("Alice", (RoleKind.COORDINATOR, here))
    consultation = Consultation.objects.create(
        slug="quartiers-2030",
        title="Quartiers 2030",
        territory=here,
        authority="Agglomération de Vallières",
        audience=Audience.PUBLIC,
        opened_at=datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC),
        one_person_validates=True,
    )
    TeamMember.objects.create(consultation=consultation, user=alice)
    for position, step in enumerate((StepKind.PARTICIPANTS, StepKind.PROJECT_TEAM)):
        ValidationStep.objects.create(consultation=consultation, kind=step, position=position)
    jobs = Theme.objects.create(consultation=consultation, name="Emploi / Insertion", slug="emploi", position=1)
    health = Theme.objects.create(consultation=consultation, name="Santé / Sport", slug="sante", position=2)
    return Scene(
        alice=alice,
        bob=agent("Bob", (RoleKind.FACILITATOR, here)),
        chloe=agent("Chloé", (RoleKind.MODERATOR, here)),
        edith=agent("Édith", (RoleKind.ELECTED, here)),
        dan=agent("Dan", (RoleKind.COORDINATOR, elsewhere)),
        consultation=consultation,
        jobs=jobs,
        health=health,
        meeting=Meeting.objects.create(
            consultation=consultation,
            title="Atelier du mardi",
            starts_at=datetime.datetime(2026, 3, 12, 14, tzinfo=datetime.UTC),
            territory=here,
        ),
    )


def items(minutes: Minutes) -> list[MinutesLine]:
    return list(minutes.lines.filter(place=LinePlace.ITEM).order_by("position", "id"))


def line(minutes: Minutes, text: str) -> MinutesLine:
    return minutes.lines.get(text=text)


def picture(minutes: Minutes) -> list[tuple[object, ...]]:
    """Everything the working text says, in order."""
    return [
        (
            each.code, each.place, each.theme_id, each.kind, each.number, each.text, tuple(each.details),
            each.conclusion, each.checked, each.doubt, each.source_id, each.source_line, each.source_last_line,
            each.contribution_id, str(each.origins),
        )
        for each in minutes.lines.order_by("position", "id")
    ]  # fmt: skip


def all_characters(minutes: Minutes) -> list[str]:
    """Every non-blank character of the working text, sorted: what no gesture may lose."""
    words = "".join("".join([each.text, *each.details]) for each in minutes.lines.order_by("id"))
    return sorted("".join(words.split()))
