"""What a room may be shown of the opinions on the action it discusses: the table as it is, or will be, published.

Two tables masked apart at two moments would tell by difference what each hides: so the room sees the published edition
or, before it, what that edition will hold, once the opinions are closed and the leads have seen theirs.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Max

from parvis.consultations.counted import counted
from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Invitation, Participant, Phase
from parvis.core import clock
from parvis.gathering.results.published import PublishedSheet, gather_published, label_of, sheet_as_published
from parvis.sheets.content import COLUMNS, figures_reference
from parvis.sheets.models import ActionSheet, Opinion, Position, ResultsRelease, Tally
from parvis.sheets.results import results_of
from parvis.sheets.rules import readable_sheets

OPEN = "Les avis sont encore ouverts : leurs chiffres se liront après la fermeture."
HIDDEN = "La modération a masqué ces chiffres."
_KEPT_SECONDS: Final = 3600
LEADS_FIRST = "Les porteurs lisent d'abord les avis sur leurs actions : les chiffres viendront ensuite."


def room_figures(sheet: ActionSheet) -> dict[str, Any]:
    """`columns`, `rows` and `known` of the masked table; `why` says in words why there is none.

    Computed once for all readings of a room, and again when one of the rows it counts moved.
    """
    release = ResultsRelease.objects.filter(consultation=sheet.consultation_id).select_related("edition").first()
    key = f"room-figures:{sheet.code}:{hashlib.sha256(repr(_inputs(sheet, release)).encode()).hexdigest()}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        kept = _figures(sheet, release)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _inputs(sheet: ActionSheet, release: ResultsRelease | None) -> list[Any]:
    """What the figures are made of, as counts and moments: it moves with any of it."""
    consultation = sheet.consultation_id
    rows: list[Any] = [clock.today(), sheet.title, release and (release.shared_with_leads_at, release.edition_id)]
    for model in (Opinion, Position, Tally):
        rows.append(model._default_manager.filter(sheet=sheet).aggregate(count=Count("pk"), last=Max("updated_at")))
    for asked in (Invitation.objects.filter(revoked_at=None, contact__erased_at=None), Participant.objects.all()):
        rows.append(asked.filter(consultation=consultation).aggregate(count=Count("pk"), last=Max("pk")))
    decided = Participant.objects.filter(counted(), consultation=consultation)
    rows.append(decided.aggregate(count=Count("pk"), last=Max("decided_at")))
    rows.append(list(Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).values_list()))
    if release is not None and release.edition is not None:
        lines = release.edition.lines.filter(reference=figures_reference(sheet.code))
        rows.append(list(lines.order_by("pk").values_list("pk", "hidden_at")))
        rows.append(list(ActionSheet.objects.filter(readable_sheets(None), pk=sheet.pk).values_list("pk")))
    return rows


def _figures(sheet: ActionSheet, release: ResultsRelease | None) -> dict[str, Any]:
    if release is not None and release.edition is not None:
        published = gather_published(sheet.consultation)
        shown = next((row for row in published.sheets if row.code == sheet.code), None) if published else None
        if shown is not None:
            return _as_table(shown)
        if release.edition.lines.filter(reference=figures_reference(sheet.code)).exclude(hidden_at=None).exists():
            return {"why": HIDDEN}
    review = Phase.objects.filter(consultation=sheet.consultation_id, kind=PhaseKind.REVIEW).first()
    if review is None or not review.is_over(clock.today()):
        return {"why": OPEN}
    if release is None or release.shared_with_leads_at is None:
        return {"why": LEADS_FIRST}
    return _as_table(sheet_as_published(results_of(sheet)))


def _as_table(sheet: PublishedSheet) -> dict[str, Any]:
    return {
        "columns": [*(label_of(name) for name in COLUMNS), "Ensemble"],
        "rows": [asdict(row) for row in sheet.rows],
        "known": sheet.known,
    }
