"""What the list of sheets shows, and what is chosen there."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.core.text import fold
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet

_HIDDEN: Final = "masquees"


class SheetFilterForm(forms.Form):
    """Each part may stay empty."""

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *SheetState.choices, (_HIDDEN, "Masquées")]
    )
    lecteurs = forms.ChoiceField(label="Qui lit", required=False, choices=[("", "Tous"), *Audience.choices])
    thematique: Any = forms.ModelChoiceField(
        None, label="Thématique", required=False, to_field_name="code", empty_label="Toutes"
    )
    texte = forms.CharField(label="Chercher", required=False, max_length=100)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["thematique"].queryset = consultation.themes.all()

    @property
    def filters(self) -> bool:
        """Whether anything is asked."""
        return self.is_valid() and any(self.cleaned_data.values())

    def matching(self, sheets: QuerySet[ActionSheet]) -> QuerySet[ActionSheet]:
        """Those asked for; all of them when what was asked cannot be read."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("etat") == _HIDDEN:
            sheets = sheets.exclude(hidden_at=None)
        elif asked.get("etat"):
            sheets = sheets.filter(state=asked["etat"])
        if asked.get("lecteurs"):
            sheets = sheets.filter(audience=asked["lecteurs"])
        if asked.get("thematique"):
            sheets = sheets.filter(themes=asked["thematique"])
        for word in fold(asked.get("texte", "")).split():
            sheets = sheets.filter(sort_key__contains=word)
        return sheets


class SheetChoiceForm(forms.Form):
    """To whom, or to which theme, the sheets chosen go."""

    audience = forms.ChoiceField(label="Qui peut lire", required=False, choices=Audience.choices)
    theme: Any = forms.ModelChoiceField(
        None, label="Thématique", required=False, to_field_name="code", empty_label="Choisissez…",
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].queryset = consultation.themes.all()
        fields["audience"].initial = Audience.PUBLIC
