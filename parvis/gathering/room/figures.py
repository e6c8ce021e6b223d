"""What a room may be shown of the opinions on the action it discusses: what the committees read, frozen once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Phase
from parvis.core import clock
from parvis.gathering.results.circles import as_committee_reads
from parvis.publishing.models import EditionLine
from parvis.sheets.content import figures_reference
from parvis.sheets.models import ActionSheet, FrozenFigures
from parvis.sheets.operations.finish_results import leads_are_alone
from parvis.sheets.results import counted_sheet

OPEN = "Les avis sont encore ouverts : leurs chiffres se liront après la fermeture."
HIDDEN = "La modération a masqué ces chiffres."
LEADS_FIRST = "Les porteurs lisent d'abord les avis sur leurs actions : les chiffres viendront ensuite."
LATER = "Cette fiche est venue après que les chiffres ont été arrêtés : les siens viendront à la prochaine campagne."


def room_figures(sheet: ActionSheet) -> dict[str, Any]:
    """`figures` in words, with bars, or an old table (`columns`, `rows`, `known`); `why` says why there is none."""
    frozen = FrozenFigures.objects.filter(sheet=sheet).select_related("release").first()
    if frozen is None:
        return {"why": _why_none(sheet)}
    if leads_are_alone(frozen.release):
        return {"why": LEADS_FIRST}
    published = EditionLine.objects.filter(reference=figures_reference(sheet.code))
    if published.exclude(hidden_at=None).exists():
        return {"why": HIDDEN}
    shown = as_committee_reads(counted_sheet(sheet), frozen.shown, frozen.release.committees_detail)
    return {
        "figures": asdict(shown.figures) if shown.figures is not None else None,
        "columns": list(shown.columns),
        "rows": [asdict(row) for row in shown.rows],
        "known": shown.known,
    }


def _why_none(sheet: ActionSheet) -> str:
    if FrozenFigures.objects.filter(release__consultation=sheet.consultation_id).exists():
        return LATER
    review = Phase.objects.filter(consultation=sheet.consultation_id, kind=PhaseKind.REVIEW).first()
    return LEADS_FIRST if review is not None and review.is_over(clock.today()) else OPEN
