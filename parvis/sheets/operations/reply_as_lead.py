"""The right of reply of the lead of an action, before anyone outside the project team sees the results."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import Participant
from parvis.core import clock, journal
from parvis.core.errors import NotAllowed, RefusedInput
from parvis.publishing.enums import PublishingState
from parvis.sheets.models import ActionSheet, LeadReply, ResultsRelease
from parvis.sheets.results_rules import led_sheets

MAX_REPLY = 4_000


@transaction.atomic
def reply_as_lead(participant: Participant, sheet: ActionSheet, text: str) -> None:
    """Write, change or (empty) take back the reply of her organisation on a sheet it leads, until validation begins."""
    if not ActionSheet.objects.filter(led_sheets(participant), pk=sheet.pk).exists():
        raise NotAllowed("Votre organisme ne porte pas cette action, ou ses résultats ne vous sont pas encore ouverts.")
    release = ResultsRelease.objects.select_for_update().get(consultation=sheet.consultation_id)
    if release.state != PublishingState.DRAFT:
        raise NotAllowed("Les réponses sont closes : écrivez à l'équipe projet pour compléter la vôtre.")
    words = text.strip()
    if len(words) > MAX_REPLY:
        raise RefusedInput(f"Votre réponse dépasse {MAX_REPLY} caractères : raccourcissez-la.")
    if not words:
        LeadReply.objects.filter(sheet=sheet).delete()
    else:
        LeadReply.objects.update_or_create(
            sheet=sheet, defaults={"text": words, "participant": participant, "updated_at": clock.now()}
        )
    journal.record(participant, "reply_as_lead", sheet, length=len(words))
