"""What a room may be shown of the opinions on the action it discusses: the table that its lead was shown, as published.

Two tables masked apart at two moments would tell by difference what each hides: so there is one, frozen when the
results are opened to the leads.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Phase
from parvis.core import clock
from parvis.gathering.results.published import label_of, sheet_as_published
from parvis.publishing.models import EditionLine
from parvis.sheets.content import COLUMNS, figures_reference
from parvis.sheets.models import ActionSheet, FrozenFigures
from parvis.sheets.results import counted_sheet

OPEN = "Les avis sont encore ouverts : leurs chiffres se liront après la fermeture."
HIDDEN = "La modération a masqué ces chiffres."
LEADS_FIRST = "Les porteurs lisent d'abord les avis sur leurs actions : les chiffres viendront ensuite."
LATER = "Cette fiche est venue après que les chiffres ont été arrêtés : les siens viendront à la prochaine campagne."


def room_figures(sheet: ActionSheet) -> dict[str, Any]:
    """`columns`, `rows` and `known` of the masked table; `why` says in words why there is none."""
    frozen = FrozenFigures.objects.filter(sheet=sheet).first()
    if frozen is None:
        return {"why": _why_none(sheet)}
    published = EditionLine.objects.filter(reference=figures_reference(sheet.code))
    if published.exclude(hidden_at=None).exists():
        return {"why": HIDDEN}
    shown = sheet_as_published(counted_sheet(sheet), frozen.table)
    return {
        "columns": [*(label_of(name) for name in COLUMNS), "Ensemble"],
        "rows": [asdict(row) for row in shown.rows],
        "known": shown.known,
    }


def _why_none(sheet: ActionSheet) -> str:
    if FrozenFigures.objects.filter(release__consultation=sheet.consultation_id).exists():
        return LATER
    review = Phase.objects.filter(consultation=sheet.consultation_id, kind=PhaseKind.REVIEW).first()
    return LEADS_FIRST if review is not None and review.is_over(clock.today()) else OPEN
