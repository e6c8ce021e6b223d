"""What an administrator types about an agent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.people.enums import RoleKind
from parvis.territories.models import Territory


class AgentForm(forms.Form):
    """An agent and the role given."""

    email = forms.EmailField(
        label="Adresse professionnelle",
        help_text="C'est là que la personne recevra son code. Elle est prévenue par courriel.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label="Prénom et nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label="Rôle", choices=RoleKind, initial=RoleKind.COORDINATOR)
    territory = forms.ModelChoiceField(
        label="Territoire",
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=None,
        help_text="Le rôle vaut aussi pour les communes et les quartiers qui s'y trouvent.",
        error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
    )

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories  # type: ignore[attr-defined]
