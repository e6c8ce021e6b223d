"""The doors of the results: to the leads first, with time to answer; then to everyone, once, frozen and masked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Consultation, Edition, Phase
from parvis.consultations.operations.editions import FrozenLine, freeze_edition
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.sheets.models import ResultsRelease


def subject_of(consultation: Consultation) -> str:
    """The subject of the edition that holds the published results."""
    return f"results:{consultation.code}"


def figures_reference(sheet_code: str) -> str:
    """The name of the figures of a sheet among the lines of that edition."""
    return f"results:{sheet_code}"


@transaction.atomic
def share_with_leads(actor: User, consultation: Consultation, reply_until: datetime.date) -> ResultsRelease:
    """Let each lead read the figures of its sheets, and answer until `reply_until`, included."""
    if reply_until < clock.today():
        raise RefusedInput("La date limite est passée : choisissez un jour à venir, pour laisser le temps de répondre.")
    _require_over(consultation)
    release, _ = ResultsRelease.objects.select_for_update().get_or_create(consultation=consultation)
    if release.published_at is not None:
        raise ForbiddenMove("Les résultats sont déjà publiés.")
    release.shared_with_leads_at = release.shared_with_leads_at or clock.now()
    release.reply_until = reply_until
    release.save()
    journal.record(actor, "share_results_with_leads", consultation, until=reply_until.isoformat())
    return release


@transaction.atomic
def publish_results(
    actor: User, consultation: Consultation, header: dict[str, object], lines: Sequence[FrozenLine]
) -> Edition:
    """Freeze the masked tables, once. `lines` come from `gathering.results.published`, built from the same rows.

    Once only: two tables of almost the same people, masked apart, would tell by their difference what each hides.
    """
    _require_over(consultation)
    release = ResultsRelease.objects.select_for_update().filter(consultation=consultation).first()
    if release is None or release.shared_with_leads_at is None:
        raise ForbiddenMove("Ouvrez d'abord les résultats aux porteurs : ils ont un droit de réponse.")
    if release.published_at is not None:
        raise ForbiddenMove("Les résultats sont déjà publiés : ils ne le sont qu'une fois.")
    if release.reply_until is not None and clock.today() <= release.reply_until:
        raise ForbiddenMove(
            f"Les porteurs peuvent répondre jusqu'au {release.reply_until:%d/%m/%Y} : publiez après cette date."
        )
    if not lines:
        raise RefusedInput("Aucune fiche n'est lisible par tous : changez « Qui peut lire » sur celles à publier.")
    edition = freeze_edition(actor, consultation, subject_of(consultation), header, lines, "")
    release.edition, release.published_at, release.published_by = edition, clock.now(), actor
    release.save()
    journal.record(actor, "publish_results", consultation, edition=edition.code)
    return edition


def _require_over(consultation: Consultation) -> None:
    """Figures that still move are shown to nobody outside the team."""
    phase = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    if phase is None or not phase.is_over(clock.today()):
        raise ForbiddenMove("L'étape des avis est encore ouverte : fermez-la d'abord, les chiffres ne bougeront plus.")
