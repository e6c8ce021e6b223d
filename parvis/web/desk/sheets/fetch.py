"""Fetching is checking."""

from __future__ import annotations

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.fetching import get_or_refuse
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.sheets.rules import editable_sheets, readable_sheets


def editable_or_refuse(actor: User, code: str, sheet: str) -> tuple[Consultation, ActionSheet]:
    """A sheet that `actor` may write, with its consultation."""
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    rows = ActionSheet.objects.filter(consultation=consultation)
    return consultation, get_or_refuse(rows, readable_sheets(actor), editable_sheets(actor), sheet, "Fiche inconnue.")
