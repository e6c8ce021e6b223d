"""Fetching is checking."""

from __future__ import annotations

from django.http import Http404

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import editable_consultations
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.sheets.rules import editable_sheets


def editable_or_404(actor: User, code: str, sheet: str) -> tuple[Consultation, ActionSheet]:
    """A sheet that `actor` may write, with its consultation."""
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    action_sheet = ActionSheet.objects.filter(editable_sheets(actor), consultation=consultation, code=sheet).first()
    if action_sheet is None:
        raise Http404("Fiche inconnue.")
    return consultation, action_sheet
