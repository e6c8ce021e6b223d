"""The results opened to the leads, with time to answer, before anyone outside the project team reads them."""

from __future__ import annotations

import datetime

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.sheets.models import ResultsRelease
from parvis.sheets.operations.finish_results import require_review_over


@transaction.atomic
def share_with_leads(actor: User, consultation: Consultation, reply_until: datetime.date) -> ResultsRelease:
    """Let each lead read the figures of its sheets, and answer until `reply_until`, included."""
    if reply_until < clock.today():
        raise RefusedInput("La date limite est passée : choisissez un jour à venir, pour laisser le temps de répondre.")
    require_review_over(consultation)
    release, _ = ResultsRelease.objects.select_for_update().get_or_create(consultation=consultation)
    if release.state != PublishingState.DRAFT:
        raise ForbiddenMove("Les résultats sont publiés, ou en validation : les porteurs ne peuvent plus répondre.")
    release.shared_with_leads_at = release.shared_with_leads_at or clock.now()
    release.reply_until = reply_until
    release.save()
    journal.record(actor, "share_results_with_leads", consultation, until=reply_until.isoformat())
    return release
