"""What keeps results from being validated: opinions still open, leads who may still answer, nothing to publish."""

from __future__ import annotations

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Consultation, Phase
from parvis.core import clock
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.rules import readable_sheets


def check_finished(release: ResultsRelease) -> None:
    """Refuse results that leads may still answer, or that nobody could read."""
    require_review_over(release.consultation)
    if release.shared_with_leads_at is None:
        raise ForbiddenMove("Ouvrez d'abord les résultats aux porteurs : ils ont un droit de réponse.")
    if leads_are_alone(release) and release.reply_until is not None:
        raise ForbiddenMove(
            f"Les porteurs peuvent répondre jusqu'au {release.reply_until:%d/%m/%Y} : attendez après cette date."
        )
    if not ActionSheet.objects.filter(readable_sheets(None), frozen_figures__release=release).exists():
        raise RefusedInput("Aucune fiche n'est lisible par tous : changez « Qui peut lire » sur celles à publier.")


def require_review_over(consultation: Consultation) -> None:
    """Figures that still move are shown to nobody outside the team."""
    phase = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    if phase is None or not phase.is_over(clock.today()):
        raise ForbiddenMove("L'étape des avis est encore ouverte : fermez-la d'abord, les chiffres ne bougeront plus.")


def leads_are_alone(release: ResultsRelease) -> bool:
    """Whether the time that leads have before anyone outside the project team still runs."""
    return release.reply_until is None or clock.today() <= release.reply_until
