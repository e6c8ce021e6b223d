"""What an administrator types about an agent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.people.enums import RoleKind
from parvis.territories.models import Territory
from parvis.web.desk.form_fields import OneLine, TerritoryField


class AgentForm(forms.Form):
    """An agent and the role given."""

    email = forms.EmailField(
        label="Adresse professionnelle",
        help_text="C'est là que la personne recevra son code. Elle sera prévenue par courriel.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = OneLine(label="Prénom et nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label="Rôle", choices=RoleKind, initial=RoleKind.COORDINATOR)
    territory = TerritoryField(
        label="Territoire",
        help_text="Le rôle vaut aussi pour les communes et les quartiers qui s'y trouvent.",
    )

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].offer(territories)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role in place of one that an agent holds."""

    role = forms.ChoiceField(label="Nouveau rôle", choices=RoleKind)
