"""Partners that may stand twice in the directory, proposed to whoever may make them one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.db.models import Count, QuerySet

from parvis.consultations.models import Consultation
from parvis.insight.alike_names import alike_names
from parvis.people.models import Organisation

MOST_SHOWN: Final = 10
_SAME_SIRET: Final = "même SIRET"
_ALIKE: Final = "noms proches"


@dataclass(frozen=True, slots=True)
class LikelyDouble:
    """Two organisations; the first is the better known one, that would be kept. `reason`: why they are proposed."""

    kept: Organisation
    other: Organisation
    reason: str


def likely_doubles(consultation: Consultation) -> list[LikelyDouble]:
    """Those of one SIRET, then those of names that are close. Their cost grows with the square of their number."""
    rows = list(_best_known_first(consultation))
    of_siret: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.siret:
            of_siret[row.siret].append(place)
    reasons = {pair: _SAME_SIRET for places in of_siret.values() for pair in combinations(places, 2)}
    for first, second in alike_names([row.name for row in rows]):
        if not (rows[first].siret and rows[second].siret):  # two numbers that differ: two establishments
            reasons.setdefault((first, second), _ALIKE)
    return [LikelyDouble(rows[first], rows[second], reason) for (first, second), reason in reasons.items()]


def _best_known_first(consultation: Consultation) -> QuerySet[Organisation]:
    partners = Organisation.objects.filter(partnerships__consultation=consultation)
    known = partners.annotate(came=Count("participants", distinct=True), people=Count("contacts", distinct=True))
    return known.order_by("-came", "-people", "pk")
