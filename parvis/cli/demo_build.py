"""The demonstration: an invented agglomération half-way through its cycle, built by the operations that agents use.

Its reports are read by `parvis.reading`, reviewed, validated and published as any report is; nothing is written
straight into a table. What happened is dated from today, so that the cycle is always half-way.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from parvis.cli.demo_partners import invite_and_answer, partner_link
from parvis.cli.demo_workshop import prepare_next_workshop
from parvis.consultations.enums import Audience, Kind, PhaseKind, StepKind
from parvis.consultations.models import Consultation, Theme
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.glossary import import_entries
from parvis.consultations.operations.lifecycle import open_consultation
from parvis.consultations.operations.phases import PhasePlan, plan_phases
from parvis.consultations.operations.team import add_member
from parvis.core import clock
from parvis.meetings.enums import LinePlace, MeetingKind
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.meetings.operations.import_report import import_report
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import check_lines, edit_line, set_kind, set_place, set_theme
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.people.operations.agents import add_agent
from parvis.people.operations.sign_in_links import DEMO_LIFETIME, create_sign_in_link
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.targets import readable_target
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories

DATA = Path(__file__).resolve().parents[1] / "demo_data"
SLUG = "contrat-de-ville"
AGENTS = {
    RoleKind.COORDINATOR: "Chargée de mission politique de la ville",
    RoleKind.FACILITATOR: "Animateur des ateliers",
    RoleKind.MODERATOR: "Modératrice",
    RoleKind.ELECTED: "Élue à la politique de la ville",
    RoleKind.READER: "Directeur du centre social",
    RoleKind.ADMINISTRATOR: "Administratrice",
}
Cast = dict[RoleKind, User]
_INTRODUCTION = """Le contrat de ville dit ce que l'État, l'agglomération, les communes, la CAF et leurs partenaires \
feront ensemble dans les quartiers prioritaires (QPV) jusqu'en 2030.

Avant de l'écrire, nous demandons aux partenaires ce qu'ils pensent des actions menées, puis nous nous retrouvons par \
thématique : ce qui marche, ce qui bloque, ce qu'il faudrait faire. Les habitants sont ensuite consultés dans chaque \
commune.

Tout ce qui se dit est publié ici. Chaque contribution garde son adresse : on pourra suivre ce qu'elle devient dans le \
contrat."""
_NEXT = """Les réunions publiques ont lieu dans chaque commune au printemps.

Le comité de pilotage choisit ensuite ce qui entre dans le contrat, et répond à chaque proposition."""


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A way in. `url` is a path of this site."""

    role: str
    name: str
    url: str


def build_demo() -> list[DemoLink]:
    """Build the demonstration unless it stands already; a sign-in link for each role, good for a day."""
    with transaction.atomic():
        if not Consultation.objects.filter(slug=SLUG).exists():
            _build()
    return [*(_link(role) for role in AGENTS), DemoLink("Partenaire", *partner_link(SLUG))]


def _link(role: RoleKind) -> DemoLink:
    user = User.objects.get(email=_address(role))
    token = create_sign_in_link(user, lifetime=DEMO_LIFETIME, reusable=True)
    return DemoLink(role=role.label, name=user.name, url=reverse("desk:sign_in_link", args=[token]))


def _address(role: RoleKind) -> str:
    return f"{role.value}@agglomeration.example"


def _ago(days: int, hour: int = 14, minute: int = 0) -> datetime.datetime:
    """About this many days before today (after, when negative), never a Saturday nor a Sunday, at an hour of Paris."""
    day = timezone.localdate() - datetime.timedelta(days=days)
    day -= datetime.timedelta(days=max(0, day.weekday() - 4))
    return datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=timezone.get_default_timezone())


def _build() -> None:
    with clock.at(_ago(100)):
        import_territories(None, (DATA / "territoires.csv").read_bytes())
        import_territories(None, (DATA / "territoires.geojson").read_bytes())
        here = Territory.objects.get(kind=TerritoryKind.INTERCOMMUNALITY)
        cast = {role: _agent(role, name, here) for role, name in AGENTS.items()}
        consultation = _consultation(cast, here)
    themes = list(consultation.themes.order_by("position", "id"))
    first = _first_workshop(cast, consultation, themes)
    _second_workshop(cast, consultation, themes)
    _third_workshop(cast, consultation, themes)
    _to_come(cast, consultation, themes)
    with clock.at(_ago(2, 9)):
        _flag(consultation, first)
    invite_and_answer(cast[RoleKind.COORDINATOR], consultation)
    prepare_next_workshop(cast[RoleKind.FACILITATOR], consultation)


def _agent(role: RoleKind, name: str, here: Territory) -> User:
    return add_agent(None, email=_address(role), name=name, territory=here, role=role).user


def _consultation(cast: Cast, here: Territory) -> Consultation:
    lead = cast[RoleKind.COORDINATOR]
    details = ConsultationDetails(
        title="Le contrat de ville 2027-2030",
        slug=SLUG,
        authority="Service politique de la ville du Pays de Lisandre",
        introduction=_INTRODUCTION,
        next_steps=_NEXT,
        contact_email="politique-de-la-ville@agglomeration.example",
        audience=Audience.PUBLIC,
    )
    consultation = create_consultation(lead, here, details)
    open_consultation(lead, consultation)
    add_member(lead, consultation, lead)
    add_member(lead, consultation, cast[RoleKind.FACILITATOR])
    plan_phases(lead, consultation, _plans())
    import_entries(lead, here, (DATA / "glossaire.csv").read_text(encoding="utf-8"))
    return consultation


def _plans() -> list[PhasePlan]:
    """Preparation over, opinions and workshops under way, the rest to come."""
    stretches: dict[PhaseKind, tuple[int, int | None]] = {
        PhaseKind.PREPARATION: (100, 71),
        PhaseKind.REVIEW: (70, -12),
        PhaseKind.WORKSHOPS: (45, -30),
        PhaseKind.RESIDENTS: (-20, -95),
        PhaseKind.ARBITRATION: (-96, -140),
        PhaseKind.DRAFTING: (-110, -200),
        PhaseKind.SIGNATURE: (-215, -215),
        PhaseKind.FOLLOW_UP: (-216, None),
    }
    return [
        PhasePlan(kind, _ago(opens).date(), None if closes is None else _ago(closes).date())
        for kind, (opens, closes) in stretches.items()
    ]


def _first_workshop(cast: Cast, consultation: Consultation, themes: list[Theme]) -> Minutes:
    """Published twice: the second edition corrects a word."""
    meeting = _workshop(
        cast,
        consultation,
        MeetingDetails(
            title="Atelier partenaires : emploi et santé",
            starts_at=_ago(38),
            ends_at=_ago(38, 17),
            territory=consultation.territory,
            place="Maison des projets",
            address="12 place du Marché",
            introduction="Un après-midi pour relire les actions menées et dire ce qui manque.",
            people_count=31,
            organisation_count=19,
            themes=tuple(themes[:2]),
            audience=Audience.PUBLIC,
        ),
        days=50,
    )
    minutes = _read(cast, meeting, "compte-rendu-emploi-sante.txt", days=36)
    _validate_and_publish(cast, minutes, days=30)
    with clock.at(_ago(20, 10)):
        lead = cast[RoleKind.COORDINATOR]
        reopen_draft(lead, minutes)
        line = minutes.lines.filter(place=LinePlace.ITEM).order_by("position")[1]
        edit_line(lead, minutes, line.code, f"{line.text} (précision apportée par les participants)", line.details)
    note = "Un défi est précisé, à la demande de deux participants."
    _validate_and_publish(cast, minutes, days=19, note=note)
    return minutes


def _second_workshop(cast: Cast, consultation: Consultation, themes: list[Theme]) -> None:
    """Its report came as a page saved from a web site; the team chose to publish what was said of safety."""
    town = Territory.objects.filter(kind=TerritoryKind.MUNICIPALITY).order_by("sort_key", "id")[0]
    meeting = _workshop(
        cast,
        consultation,
        MeetingDetails(
            title="Atelier partenaires : habitat, culture, sécurité",
            starts_at=_ago(24, 9, 30),
            ends_at=_ago(24, 12, 30),
            territory=town,
            place="Salle des fêtes",
            address="3 rue de l'Église",
            introduction="Trois thématiques, quatre tables, une matinée.",
            people_count=38,
            organisation_count=24,
            themes=tuple(themes[4:7]),
            audience=Audience.PUBLIC,
        ),
        days=40,
    )
    minutes = _read(cast, meeting, "compte-rendu-habitat-culture-securite.html", days=21)
    _validate_and_publish(cast, minutes, days=12)


def _third_workshop(cast: Cast, consultation: Consultation, themes: list[Theme]) -> None:
    """Its notes came in yesterday: there is something to review."""
    meeting = _workshop(
        cast,
        consultation,
        MeetingDetails(
            title="Atelier partenaires : accès au droit",
            starts_at=_ago(6),
            ends_at=_ago(6, 16, 30),
            territory=consultation.territory,
            place="Médiathèque",
            introduction="Qui aide à faire valoir ses droits, et où ?",
            themes=(themes[2],),
            audience=Audience.PUBLIC,
        ),
        days=30,
    )
    with clock.at(_ago(1, 16)):
        name = "notes-acces-au-droit.txt"
        import_report(cast[RoleKind.FACILITATOR], meeting, (DATA / name).read_bytes(), name)


def _to_come(cast: Cast, consultation: Consultation, themes: list[Theme]) -> None:
    towns = list(Territory.objects.filter(kind=TerritoryKind.MUNICIPALITY).order_by("sort_key", "id"))
    quarter = Territory.objects.filter(kind=TerritoryKind.NEIGHBOURHOOD).order_by("sort_key", "id")[0]
    plan = MeetingDetails(
        title="Atelier partenaires : éducation, parentalité",
        starts_at=_ago(-9),
        ends_at=_ago(-9, 17),
        territory=consultation.territory,
        place="Médiathèque",
        address="1 rue des Écoles",
        introduction="Le dernier atelier avant les réunions publiques.",
        themes=(themes[3],),
    )
    walk = replace(
        plan,
        title=f"Marche exploratoire : {quarter.name}",
        kind=MeetingKind.WALK,
        starts_at=_ago(-23, 18),
        ends_at=_ago(-23, 20),
        territory=quarter,
        place="Devant la Maison de quartier",
        address="8 rue du Rail",
        introduction="Deux heures à pied pour montrer ce qui va et ce qui ne va pas.",
        themes=(themes[4],),
    )
    meeting = replace(
        plan,
        title="Réunion publique : votre quartier en 2030",
        kind=MeetingKind.PUBLIC_MEETING,
        starts_at=_ago(-31, 18, 30),
        ends_at=_ago(-31, 20, 30),
        territory=towns[-1],
        place="Gymnase municipal",
        address="20 avenue du Stade",
        introduction="Venez comme vous êtes : un café, des tables, des réponses.",
        themes=(),
    )
    for details in (plan, walk, meeting):
        _workshop(cast, consultation, details, days=14)


def _workshop(cast: Cast, consultation: Consultation, details: MeetingDetails, *, days: int) -> Meeting:
    with clock.at(_ago(days, 10)):
        return create_meeting(cast[RoleKind.FACILITATOR], consultation, details)


def _read(cast: Cast, meeting: Meeting, name: str, *, days: int) -> Minutes:
    """The report goes through the reader; then what it could not know is decided, as the facilitator would."""
    actor = cast[RoleKind.FACILITATOR]
    with clock.at(_ago(days, 11)):
        minutes = import_report(actor, meeting, (DATA / name).read_bytes(), name).minutes
        assert minutes is not None
        items = minutes.lines.filter(place=LinePlace.ITEM).order_by("position")
        chosen = meeting.themes.order_by("position")[0]
        for line in items.select_related("theme"):
            if line.theme is None:
                set_theme(actor, minutes, [line.code], chosen)
            else:
                chosen = line.theme
            if line.kind == Kind.UNSORTED:
                set_kind(actor, minutes, [line.code], Kind.CHALLENGE)
        loose = [line.code for line in minutes.lines.filter(place=LinePlace.INTRODUCTION) if line.text[-1] not in ".!?"]
        set_place(actor, minutes, loose, LinePlace.ASIDE)
        check_lines(actor, minutes, list(items.values_list("code", flat=True)))
    return minutes


def _validate_and_publish(cast: Cast, minutes: Minutes, *, days: int, note: str = "") -> None:
    lead, facilitator = cast[RoleKind.COORDINATOR], cast[RoleKind.FACILITATOR]
    with clock.at(_ago(days + 4, 9)):
        submit_draft(facilitator, minutes)
    with clock.at(_ago(days + 1, 17)):
        pass_step(facilitator, minutes, StepKind.PARTICIPANTS, note="Relu par les personnes présentes.")
    with clock.at(_ago(days, 9)):
        pass_step(lead, minutes, StepKind.PROJECT_TEAM)
        publish_minutes(lead, minutes, note=note)


def _flag(consultation: Consultation, minutes: Minutes) -> None:
    """Someone found a contribution too precise: moderation has something to do."""
    contribution = minutes.contributions.filter(kind=Kind.CHALLENGE).order_by("id").last()
    assert contribution is not None
    readable = readable_target("contribution", contribution.code)
    assert readable is not None
    flag_content(
        "contribution",
        readable,
        reason=FlagReason.PERSON,
        comment="On reconnaît facilement la structure dont il est question.",
    )
