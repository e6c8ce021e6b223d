"""Forms of the partners' surface."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.consultations.models import Consultation
from parvis.consultations.operations.invitations import CHOOSE
from parvis.people.models import Organisation


class ChooseForm(forms.Form):
    """Which organisation one comes from, when the invitation does not say."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Votre organisme",
        to_field_name="code",
        empty_label="Choisissez…",
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            partnerships__consultation=consultation
        ).order_by("sort_key", "pk")


class ForwardForm(forms.Form):
    """To whom an invitation is handed on; empty gives a link."""

    email = forms.EmailField(
        label="Adresse électronique de votre collègue",
        required=False,
        help_text="Nous lui envoyons une invitation. Sans adresse, vous recevez un lien à lui donner.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
