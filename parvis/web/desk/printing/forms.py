"""Which letters, on what."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.consultations.models import Consultation
from parvis.consultations.operations.print_invitations import (
    Addressees,
    contacts_to_write,
    organisations_to_write,
)
from parvis.documents.labels import SHEETS
from parvis.people.models import Organisation

SUPPORTS = (
    ("pdf", "Lettres, une page chacune (PDF)"),
    ("docx", "Lettres à retoucher (Word)"),
    *((name, f"Planche de {sheet.name} (PDF)") for name, sheet in SHEETS.items()),
)
_WHO = {
    Addressees.NEW: "Ceux à qui rien n'est parti",
    Addressees.SILENT: "Les invités silencieux",
    Addressees.ALL: "Tout le monde",
}


class LettersForm(forms.Form):
    """To whom, and in what form."""

    who = forms.ChoiceField(label="À qui", widget=forms.RadioSelect, initial=Addressees.NEW)
    organisation: Any = forms.ModelChoiceField(
        None, label="Un seul organisme", required=False, to_field_name="code", empty_label="Tous"
    )
    support = forms.ChoiceField(label="Sur quoi", choices=SUPPORTS, initial="pdf")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = Organisation.objects.filter(partnerships__consultation=consultation)
        fields["who"].choices = [(str(who), f"{label} ({_count(consultation, who)})") for who, label in _WHO.items()]


def _count(consultation: Consultation, who: Addressees) -> int:
    return contacts_to_write(consultation, who).count() + organisations_to_write(consultation, who).count()
