"""What partners think of the sheets: rows of the tables, then the figures counted from them.

The rows are read in a constant number of queries and compare equal as long as nothing moved; counting them is pure, and
may take long where a consultation is large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from parvis.consultations.counted import counted
from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.core.text import fold
from parvis.insight.opinion_rows import Answer, Asked, Named, Position, Tally
from parvis.insight.opinions import SheetFigures, count_opinions, little_known, no_figures
from parvis.people.enums import COLLEGE_OF, OrganisationType
from parvis.people.models import Organisation
from parvis.people.organisation_names import by_name
from parvis.sheets import models
from parvis.sheets.enums import SheetState
from parvis.sheets.perimeters import perimeters
from parvis.sheets.rules import NOT_HIDDEN, Reader, readable_sheets


@dataclass(frozen=True, slots=True)
class CountedSheet:
    """A sheet whose opinions are counted."""

    code: str
    number: int
    title: str
    themes: tuple[str, ...]
    lead: str

    @property
    def theme(self) -> str:
        """« Emploi, Santé »."""
        return ", ".join(self.themes)


@dataclass(frozen=True, slots=True)
class ResultsRows:
    """All that figures are counted from, as it stands at one moment. Equal rows give equal figures."""

    sheets: tuple[CountedSheet, ...]
    asked_people: int
    asked_organisations: int
    asked: tuple[Asked, ...]
    answers: tuple[Answer, ...]
    positions: tuple[Position, ...]
    tallies: tuple[Tally, ...]
    named: tuple[Named, ...]


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
    return count_results(read_rows(consultation, reader, only))


def read_rows(consultation: Consultation, reader: Reader, only: str | None = None) -> ResultsRows:
    """The rows of the sheets that `reader` may read, and all that was said of them.

    A sheet hidden, as the duplicate of another, counts nowhere: only who asks for it by its code sees what it was told.
    """
    sheets = models.ActionSheet.objects.filter(readable_sheets(reader), consultation=consultation)
    sheets = sheets.filter(hidden_at=None) if only is None else sheets.filter(code=only)
    return _rows(consultation, list(_with_themes(sheets)), only)


def _with_themes(sheets: QuerySet[models.ActionSheet]) -> QuerySet[models.ActionSheet]:
    return sheets.prefetch_related("themes").order_by("number", "pk")


def read_ready_rows(consultation: Consultation) -> ResultsRows:
    """The same of every sheet that is shown to partners, whoever may read it."""
    ready = models.ActionSheet.objects.filter(consultation=consultation, state=SheetState.READY, hidden_at=None)
    return _rows(consultation, list(_with_themes(ready)), None)


def counted_sheet(sheet: models.ActionSheet) -> CountedSheet:
    """What figures are told with. The themes are best loaded before."""
    return CountedSheet(
        code=sheet.code,
        number=sheet.number,
        title=sheet.title,
        themes=tuple(theme.name for theme in sheet.themes.all()),
        lead=sheet.lead_name,
    )


def count_results(rows: ResultsRows) -> Results:
    """The figures, from the rows alone."""
    figures = count_opinions(rows.asked, rows.answers, rows.positions, rows.tallies, rows.named)
    counted = tuple(
        SheetResults(
            code=sheet.code,
            number=sheet.number,
            title=sheet.title,
            theme=sheet.theme,
            lead=sheet.lead,
            figures=figures.get(sheet.code) or no_figures(sheet.code),
        )
        for sheet in rows.sheets
    )
    by_code = {sheet.code: sheet for sheet in counted}
    return Results(
        sheets=counted,
        to_make_known=tuple(by_code[figure.sheet] for figure in little_known([sheet.figures for sheet in counted])),
        asked_people=rows.asked_people,
        asked_organisations=rows.asked_organisations,
    )


def _rows(consultation: Consultation, sheets: list[models.ActionSheet], only: str | None) -> ResultsRows:
    people = _asked_people(consultation)
    within = Q(sheet__consultation=consultation) & (Q(sheet__code=only) if only is not None else NOT_HIDDEN)
    fields = ("participant__organisation_id", "sheet__code", "value", "relation")
    said = models.Opinion.objects.filter(within, counted("participant__")).exclude(value="")
    opinions = said.order_by(*fields).values_list(*fields)
    positions = models.Position.objects.filter(within).order_by("pk")
    tallies = models.Tally.objects.filter(within).order_by("pk")
    return ResultsRows(
        sheets=tuple(counted_sheet(sheet) for sheet in sheets),
        asked_people=sum(count for _, count in people.values()),
        asked_organisations=len(people),
        asked=tuple(
            Asked(str(organisation), people[organisation][0], sheet, people[organisation][1])
            for organisation, shown in perimeters(consultation).items()
            if organisation in people
            for sheet in sorted(shown if only is None else shown & {only})
        ),
        answers=tuple(
            Answer(str(organisation), sheet, value, relation, count)
            for organisation, sheet, value, relation, count in opinions.annotate(people=Count("pk"))
        ),
        positions=tuple(
            Position(str(organisation), sheet, value)
            for organisation, sheet, value in positions.values_list("organisation_id", "sheet__code", "value")
        ),
        tallies=tuple(Tally(*row) for row in tallies.values_list("sheet__code", "college", "value", "count")),
        named=tuple(_named(consultation, sheets)),
    )


def _named(consultation: Consultation, sheets: list[models.ActionSheet]) -> Iterator[Named]:
    """The partners that a sheet names: its lead, and its funders where they bear the name of one."""
    partners = Organisation.objects.filter(partnerships__consultation=consultation).order_by("pk")
    known = by_name(partners.only("sort_key", "other_names"))
    for sheet in sheets:
        named = (known.get(fold(str(source))) for source, *_ in sheet.funding)
        funders = (funder.pk for funder in named if funder is not None)
        for organisation in sorted({pk for pk in (sheet.lead_id, *funders) if pk is not None}):
            yield Named(str(organisation), sheet.code)


def _asked_people(consultation: Consultation) -> dict[int, tuple[str, int]]:
    """Those asked: invited by name, or come in otherwise and counted. Row of the organisation → (college, people)."""
    organisation_of: dict[str, int] = {}
    invited = Invitation.objects.filter(
        Q(forwarded_by=None) | counted("forwarded_by__"),
        consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None, contact__erased_at=None,
    )  # fmt: skip
    for contact, organisation in invited.values_list("contact_id", "contact__organisation_id"):
        organisation_of[f"c{contact}"] = organisation
    present = Participant.objects.filter(
        Q(revoked_at=None) | Q(opinions__isnull=False), counted(), consultation=consultation
    )
    for pk, contact, organisation in present.distinct().values_list("pk", "contact_id", "organisation_id"):
        organisation_of[f"c{contact}" if contact is not None else f"p{pk}"] = organisation
    people = Counter(organisation_of.values())
    partners = Organisation.objects.filter(partnerships__consultation=consultation).order_by("pk")
    return {
        pk: (str(COLLEGE_OF[OrganisationType(kind)]), people[pk])
        for pk, kind in partners.values_list("pk", "type")
        if people[pk]
    }
