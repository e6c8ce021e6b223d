"""What the journal is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from parvis.gathering.journal.entries import KINDS, Wanted
from parvis.web.desk.form_fields import Day


class JournalFilterForm(forms.Form):
    """Who, what, when: all of it may stay empty."""

    qui = forms.ChoiceField(label="Qui", required=False)
    quoi = forms.ChoiceField(label="Quoi", required=False)
    du = Day(label="À partir du", required=False)
    au = Day(label="Jusqu'au (inclus)", required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qui"].choices = [("", "Tout le monde"), *people]  # type: ignore[attr-defined]
        kinds = [(name, label) for name, (label, _) in KINDS.items()]
        self.fields["quoi"].choices = [("", "Tout"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and until < since:
            self.add_error("au", "Ce jour vient avant le premier : corrigez l'un des deux.")
        return cleaned

    def wanted(self) -> Wanted:
        """What was asked; what cannot be read asks nothing, and the form says so."""
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(asked.get("qui", ""), asked.get("quoi", ""), asked.get("du"), asked.get("au"))
