"""What the lead of an action reads of it: figures, never a name or a comment; and who asked to know it."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.counted import counted
from parvis.consultations.enums import Standing
from parvis.consultations.models import Participant
from parvis.gathering.results.circles import as_lead_reads
from parvis.gathering.results.published import PublishedSheet
from parvis.people.models import FollowUpConsent
from parvis.publishing.enums import PublishingState
from parvis.sheets.frozen_figures import frozen_figures
from parvis.sheets.models import ActionSheet, LeadReply, ResultsRelease
from parvis.sheets.operations.ask_presentation import PURPOSE
from parvis.sheets.results_rules import led_sheets
from parvis.sheets.rules import readable_sheets


@dataclass(frozen=True, slots=True)
class LedSheet:
    """An action that the organisation leads. `open` tells whether its reply may still change."""

    results: PublishedSheet
    reply: str
    open: bool


@dataclass(frozen=True, slots=True)
class Presentation:
    """Someone who asked to be told of an action, and agreed to give her name for that."""

    title: str
    name: str
    email: str


def gather_led(participant: Participant) -> tuple[LedSheet, ...]:
    """Her organisation's actions, once the results are opened to the leads; empty before."""
    led = ActionSheet.objects.filter(led_sheets(participant) & readable_sheets(participant))
    frozen = frozen_figures(led)
    if not frozen:
        return ()
    release = ResultsRelease.objects.get(consultation=participant.consultation_id)
    replies = dict(LeadReply.objects.filter(sheet__in=led.order_by()).order_by().values_list("sheet__code", "text"))
    return tuple(
        LedSheet(
            as_lead_reads(sheet, shown, release.leads_detail),
            replies.get(sheet.code, ""),
            release.state == PublishingState.DRAFT,
        )
        for sheet, shown in frozen
    )


def gather_presentations(participant: Participant) -> tuple[Presentation, ...]:
    """Names and addresses given, by people who count, for the actions that her organisation leads."""
    if participant.standing != Standing.COUNTED:
        return ()
    titles = {
        sheet.journal_name: sheet.title
        for sheet in ActionSheet.objects.filter(
            consultation=participant.consultation_id, lead=participant.organisation_id, lead__isnull=False
        )
    }
    asked = list(FollowUpConsent.objects.filter(purpose=PURPOSE, subject__in=titles))
    codes = [row.owner.partition(":")[2] for row in asked]
    known = set(Participant.objects.filter(counted(), code__in=codes).order_by().values_list("code", flat=True))
    return tuple(
        Presentation(titles[row.subject], row.name, row.email)
        for row, code in zip(asked, codes, strict=True)
        if code in known
    )
