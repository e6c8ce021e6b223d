"""Opinions of people who came by a shared link and whom nobody checked yet: beside the figures, in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from parvis.consultations.enums import Standing
from parvis.consultations.models import Consultation, Participant
from parvis.people.enums import COLLEGE_OF, OrganisationType
from parvis.sheets.models import Opinion
from parvis.sheets.rules import NOT_HIDDEN


@dataclass(frozen=True, slots=True)
class Unchecked:
    """`people`: those to be checked, whether they said something or not. `opinions`: (sheet, college) → opinions."""

    people: int
    opinions: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.opinions.values())

    @property
    def by_sheet(self) -> dict[str, int]:
        """Code of the sheet → opinions."""
        counts: Counter[str] = Counter()
        for (sheet, _), count in self.opinions.items():
            counts[sheet] += count
        return dict(counts)


def gather_unchecked(consultation: Consultation) -> Unchecked:
    """Two queries. For the project team."""
    given = Opinion.objects.filter(
        NOT_HIDDEN, participant__consultation=consultation, participant__standing=Standing.TO_CHECK
    ).exclude(value="")
    fields = ("sheet__code", "participant__organisation__type")
    counts: Counter[tuple[str, str]] = Counter()
    for sheet, kind, count in given.order_by().values_list(*fields).annotate(count=Count("pk")):
        counts[sheet, str(COLLEGE_OF[OrganisationType(kind)])] += count
    people = Participant.objects.filter(consultation=consultation, standing=Standing.TO_CHECK).count()
    return Unchecked(people, dict(counts))
