"""What a room may be shown of the opinions on the action it discusses: the table as it is, or will be, published.

Two tables masked apart at two moments would tell by difference what each hides: so the room sees the published edition
or, before it, what that edition will hold, once the opinions are closed and the leads have seen theirs.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Phase
from parvis.core import clock
from parvis.gathering.published_results import PublishedSheet, gather_published, label_of, sheet_as_published
from parvis.sheets.content import COLUMNS, figures_reference
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.results import results_of

OPEN = "Les avis sont encore ouverts : leurs chiffres se liront après la fermeture."
HIDDEN = "La modération a masqué ces chiffres."
LEADS_FIRST = "Les porteurs lisent d'abord les avis sur leurs actions : les chiffres viendront ensuite."


def room_figures(sheet: ActionSheet) -> dict[str, Any]:
    """`columns`, `rows` and `known` of the masked table; `why` says in words why there is none."""
    release = ResultsRelease.objects.filter(consultation=sheet.consultation_id).first()
    if release is not None and release.edition is not None:
        published = gather_published(sheet.consultation)
        found = next((each for each in published.sheets if each.code == sheet.code), None) if published else None
        if found is not None:
            return _told(found)
        if release.edition.lines.filter(reference=figures_reference(sheet.code)).exclude(hidden_at=None).exists():
            return {"why": HIDDEN}
    review = Phase.objects.filter(consultation=sheet.consultation_id, kind=PhaseKind.REVIEW).first()
    if review is None or not review.is_over(clock.today()):
        return {"why": OPEN}
    if release is None or release.shared_with_leads_at is None:
        return {"why": LEADS_FIRST}
    return _told(sheet_as_published(results_of(sheet)))


def _told(sheet: PublishedSheet) -> dict[str, Any]:
    return {
        "columns": [*(label_of(name) for name in COLUMNS), "Ensemble"],
        "rows": [asdict(row) for row in sheet.rows],
        "known": sheet.known,
    }
