"""What each circle of readers will be told of the opinions: the public, the leads, the committees."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail
from parvis.sheets.models import ResultsRelease


@transaction.atomic
def choose_circles(
    actor: User, consultation: Consultation, public: PublicDetail, leads: LeadsDetail, committees: CommitteesDetail
) -> ResultsRelease:
    """Raises `ForbiddenMove` on what a circle already reads, or others already validate: it changes no more."""
    ResultsRelease.objects.get_or_create(consultation=consultation)
    release = ResultsRelease.objects.select_for_update().get(consultation=consultation)
    if release.state != PublishingState.DRAFT:
        raise ForbiddenMove("Les résultats sont en validation, ou publiés : ce que chacun lit ne change plus.")
    if release.shared_with_leads_at is not None and leads != release.leads_detail:
        raise ForbiddenMove("Les porteurs lisent déjà leurs résultats : ce qu'ils en lisent ne change plus.")
    release.public_detail, release.leads_detail, release.committees_detail = public, leads, committees
    release.save()
    journal.record(
        actor, "choose_results_circles", consultation, public=str(public), leads=str(leads), committees=str(committees)
    )
    return release
