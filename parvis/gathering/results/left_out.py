"""What will not appear once the results are published, and why: told to who validates them."""

from __future__ import annotations

from parvis.french.counts import enumeration
from parvis.gathering.results.published import PublishedResults
from parvis.sheets.enums import PublicDetail, SheetState
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.rules import readable_sheets


def left_out(release: ResultsRelease, published: PublishedResults) -> tuple[str, ...]:
    """One sentence for each reason that leaves something out."""
    ready = ActionSheet.objects.filter(consultation=release.consultation_id, state=SheetState.READY, hidden_at=None)
    closed = [sheet.title for sheet in ready.exclude(readable_sheets(None)).order_by("number")]
    few = [sheet.title for sheet in published.sheets if sheet.shown.awareness is None]
    little_known = [
        sheet.title
        for sheet in published.sheets
        if sheet.shown.awareness is not None and sheet.shown.appreciation is None
    ]
    reasons = [("n'est pas lisible par tous", "ne sont pas lisibles par tous", closed)]
    reasons.append(("a reçu la réponse de moins de cinq organismes", "ont reçu moins de cinq réponses", few))
    if release.public_detail == PublicDetail.BY_ACTION:
        why = "trop peu d'organismes pour dire ce qu'ils en pensent"
        reasons.append((f"est connue de {why}", f"sont connues de {why}", little_known))
    return tuple(_sentence(one, many, titles) for one, many, titles in reasons if titles)


def _sentence(one: str, many: str, titles: list[str]) -> str:
    quoted = [f"« {title} »" for title in titles]
    return f"{enumeration(quoted)} {one if len(quoted) == 1 else many}."
