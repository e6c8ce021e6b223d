"""What the technical and steering committees read: both questions for each action, in detail, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import Consultation
from parvis.gathering.results.circles import as_committee_reads
from parvis.gathering.results.in_words import part_rows
from parvis.gathering.results.published import PublishedSheet
from parvis.sheets.enums import CommitteesDetail, SheetState
from parvis.sheets.frozen_figures import frozen_figures
from parvis.sheets.models import ActionSheet, LeadReply, ResultsRelease
from parvis.sheets.shown_data import read_parts


@dataclass(frozen=True, slots=True)
class CommitteeSheet:
    """An action: its figures, the same by relation or by college where that may be told, the reply of its lead.

    `parts`: (relation or college, who knows it, who of those is for « à conforter »), in words.
    """

    results: PublishedSheet
    parts: tuple[tuple[str, str, str], ...]
    reply: str


@dataclass(frozen=True, slots=True)
class CommitteeResults:
    """`detailed`: the consultation chose to tell committees the detail, so the quadrant too."""

    sheets: tuple[CommitteeSheet, ...]
    detailed: bool


def gather_for_committees(consultation: Consultation) -> CommitteeResults | None:
    """From the figures frozen for the leads; None before they are. Three queries and those of the themes."""
    release = ResultsRelease.objects.filter(consultation=consultation, shared_with_leads_at__isnull=False).first()
    if release is None:
        return None
    ready = ActionSheet.objects.filter(consultation=consultation, state=SheetState.READY, hidden_at=None)
    replies = dict(
        LeadReply.objects.filter(sheet__consultation=consultation, hidden_at=None).values_list("sheet__code", "text")
    )
    detailed = release.committees_detail == CommitteesDetail.FULL
    return CommitteeResults(
        tuple(
            CommitteeSheet(
                as_committee_reads(sheet, frozen, release.committees_detail),
                part_rows(read_parts(frozen.get("relations")), read_parts(frozen.get("colleges"))) if detailed else (),
                replies.get(sheet.code, ""),
            )
            for sheet, frozen in frozen_figures(ready)
        ),
        detailed,
    )
