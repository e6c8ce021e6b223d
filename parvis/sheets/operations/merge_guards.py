"""What a merge of two organisations may not do: move figures that were shown, choose between two positions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from django.db.models import Q

from parvis.consultations.merging import Check, absorb
from parvis.consultations.models import Consultation
from parvis.consultations.rules import in_use
from parvis.core.errors import RefusedInput
from parvis.people.models import Organisation
from parvis.sheets.models import Position
from parvis.sheets.results import ResultsRows, read_ready_rows

FIGURES_SHOWN: Final = (
    "Les chiffres de « {} » ont été montrés aux porteurs, ou sont archivés : ils comptent ces deux organismes à part, "
    "et les réunir les changerait sans que personne le sache. Rien n'est changé."
)
TWO_POSITIONS: Final = (
    "Sur « {} », chacun des deux organismes a donné sa position, et elles diffèrent : rien n'est changé. "
    "Demandez à l'un des référents de retirer la sienne, puis recommencez."
)


def settle_positions(standing: Position, coming: Position) -> None:
    """The same said twice is said once. Two that differ are not ours to choose from."""
    if standing.value != coming.value:
        raise RefusedInput(TWO_POSITIONS.format(coming.sheet))
    absorb(standing, coming)


def watch_figures(kept: Organisation, absorbed: Organisation) -> Check:
    """Refuse a merge after which figures that were shown, or those of an archive, would count otherwise."""
    settled = Q(results_release__shared_with_leads_at__isnull=False) | ~in_use()
    theirs = Consultation.objects.filter(settled, partners__organisation__in=[kept, absorbed])
    consultations = list(theirs.distinct().order_by("pk"))
    before = [_counted(read_ready_rows(consultation), kept, absorbed) for consultation in consultations]

    def check() -> None:
        for consultation, rows in zip(consultations, before, strict=True):
            if _counted(read_ready_rows(consultation), kept, absorbed) != rows:
                raise RefusedInput(FIGURES_SHOWN.format(consultation))

    return check


def _counted(rows: ResultsRows, kept: Organisation, absorbed: Organisation) -> tuple[Hashable, ...]:
    """What the figures are counted from, the absorbed organisation already called by the other.

    Both counted apart are there twice, and after the merge once.
    """
    new = {str(absorbed.pk): str(kept.pk)}

    def renamed(row: Hashable) -> Hashable:
        name = getattr(row, "organisation", "")
        return replace(row, organisation=new[name]) if name in new else row  # type: ignore[type-var]

    listed = (sorted(map(repr, map(renamed, some))) for some in (rows.asked, rows.answers, rows.positions))
    named = sorted({repr(renamed(row)) for row in rows.named})
    return (rows.asked_people, rows.asked_organisations, *map(tuple, listed), tuple(named))
