"""What partners think of the sheets: rows of the tables → figures, for the desk. A constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.gathering.perimeters import perimeters
from parvis.insight.opinion_rows import Answer, Asked, Position, Tally
from parvis.insight.opinions import SheetFigures, count_opinions, little_known, no_figures
from parvis.people.enums import COLLEGE_OF, OrganisationType
from parvis.people.models import Organisation
from parvis.sheets import models
from parvis.sheets.enums import Relation
from parvis.sheets.rules import Reader, readable_sheets


@dataclass(frozen=True, slots=True)
class SheetResults:
    """A sheet and what is said of it."""

    code: str
    number: int
    title: str
    theme: str
    lead: str
    figures: SheetFigures


@dataclass(frozen=True, slots=True)
class Results:
    """Those of a consultation, by number of sheet, and the sheets to make known, best liked first."""

    sheets: tuple[SheetResults, ...]
    to_make_known: tuple[SheetResults, ...]
    asked_people: int
    asked_organisations: int


def gather_results(consultation: Consultation, reader: Reader, only: str | None = None) -> Results:
    """Figures of the sheets that `reader` may read (`only` one of them, by its code)."""
    sheets = models.ActionSheet.objects.filter(readable_sheets(reader), consultation=consultation)
    if only is not None:
        sheets = sheets.filter(code=only)
    listed = list(sheets.prefetch_related("themes").order_by("number"))
    asked = _asked_people(consultation)
    figures = _figures(consultation, asked, only)
    rows = tuple(_row(sheet, figures) for sheet in listed)
    by_code = {row.code: row for row in rows}
    return Results(
        sheets=rows,
        to_make_known=tuple(by_code[figures.sheet] for figures in little_known([row.figures for row in rows])),
        asked_people=sum(people for _, people in asked.values()),
        asked_organisations=len(asked),
    )


def results_of(sheet: models.ActionSheet) -> SheetResults:
    """The figures of one sheet that the caller fetched through its rule."""
    figures = _figures(sheet.consultation, _asked_people(sheet.consultation), sheet.code)
    return _row(sheet, figures)


def _row(sheet: models.ActionSheet, figures: dict[str, SheetFigures]) -> SheetResults:
    return SheetResults(
        code=sheet.code,
        number=sheet.number,
        title=sheet.title,
        theme=", ".join(theme.name for theme in sheet.themes.all()),
        lead=sheet.lead_name,
        figures=figures.get(sheet.code) or no_figures(sheet.code),
    )


def _asked_people(consultation: Consultation) -> dict[int, tuple[str, int]]:
    """Those asked: invited by name, or come in by another door. Row of the organisation → (college, people)."""
    organisations: dict[str, int] = {}
    invited = Invitation.objects.filter(
        consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None, contact__erased_at=None
    )
    for contact, organisation in invited.values_list("contact_id", "contact__organisation_id"):
        organisations[f"c{contact}"] = organisation
    present = Participant.objects.filter(Q(revoked_at=None) | Q(opinions__isnull=False), consultation=consultation)
    for pk, contact, organisation in present.distinct().values_list("pk", "contact_id", "organisation_id"):
        organisations[f"c{contact}" if contact is not None else f"p{pk}"] = organisation
    people = Counter(organisations.values())
    partners = Organisation.objects.filter(partnerships__consultation=consultation).order_by()
    return {
        pk: (str(COLLEGE_OF[OrganisationType(kind)]), people[pk])
        for pk, kind in partners.values_list("pk", "type")
        if people[pk]
    }


def _figures(
    consultation: Consultation, asked: Mapping[int, tuple[str, int]], only: str | None
) -> dict[str, SheetFigures]:
    within = Q(sheet__consultation=consultation) & (Q(sheet__code=only) if only is not None else Q())
    shown = [
        Asked(str(organisation), asked[organisation][0], sheet, asked[organisation][1])
        for organisation, sheets in perimeters(consultation).items()
        if organisation in asked
        for sheet in (sheets if only is None else sheets & {only})
    ]
    opinions = (
        models.Opinion.objects.filter(within)
        .exclude(value="")
        .order_by()
        .values_list("participant__organisation_id", "sheet__code", "value", "relation")
        .annotate(people=Count("pk"))
    )
    positions = models.Position.objects.filter(within).values_list("organisation_id", "sheet__code", "value")
    tallies = models.Tally.objects.filter(within).values_list("sheet__code", "college", "value", "count")
    return count_opinions(
        shown,
        [
            Answer(str(organisation), sheet, value, relation == Relation.LEAD, people)
            for organisation, sheet, value, relation, people in opinions
        ],
        [Position(str(organisation), sheet, value) for organisation, sheet, value in positions],
        [Tally(*row) for row in tallies],
    )


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's opinion, for the project team only. `comment` is empty when moderation hid it."""

    code: str
    organisation: str
    name: str
    value: str
    relation: str
    comment: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class OrganisationVoices:
    """What the people of an organisation say, and its position if its référent entered one."""

    organisation: str
    college: str
    position: str
    voices: tuple[Voice, ...]


def gather_voices(sheet: models.ActionSheet) -> tuple[OrganisationVoices, ...]:
    """Who said what of a sheet, by organisation. Two queries. Ask `rules.sees_names` first."""
    by_organisation: dict[int, list[models.Opinion]] = defaultdict(list)
    opinions = models.Opinion.objects.filter(sheet=sheet).exclude(value="")
    for opinion in opinions.select_related("participant__organisation", "participant__contact").order_by("id"):
        by_organisation[opinion.participant.organisation_id or 0].append(opinion)
    positions = {position.organisation_id: position.get_value_display() for position in sheet.positions.all()}
    heard = []
    for key, group in by_organisation.items():
        organisation = group[0].participant.organisation
        if organisation is None:
            continue
        heard.append(
            OrganisationVoices(
                organisation=organisation.name,
                college=organisation.college.label,
                position=positions.get(key, ""),
                voices=tuple(_voice(opinion) for opinion in group),
            )
        )
    return tuple(sorted(heard, key=lambda voices: (voices.college, voices.organisation)))


def _voice(opinion: models.Opinion) -> Voice:
    contact = opinion.participant.contact
    return Voice(
        code=opinion.code,
        organisation=str(opinion.participant.organisation),
        name=str(contact) if contact is not None else "Venue par le QR code ou sur papier",
        value=opinion.get_value_display(),
        relation=opinion.get_relation_display() if opinion.relation != "none" else "",
        comment=opinion.comment,
        hidden=opinion.comment_hidden_at is not None,
    )
