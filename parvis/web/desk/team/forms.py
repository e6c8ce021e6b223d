"""Who joins a project team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.people.models import User


class MemberForm(forms.Form):
    """An agent to name in the project team."""

    user = forms.ModelChoiceField(
        label="Agent",
        queryset=User.objects.none(),
        to_field_name="code",
        empty_label="Choisir…",
        error_messages={"invalid_choice": "Choisissez une personne de la liste."},
    )

    def __init__(self, *args: Any, candidates: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = candidates  # type: ignore[attr-defined]
