"""What moderators decide."""

from __future__ import annotations

from django import forms

from parvis.publishing.enums import FlagReason

_KEEP, _HIDE = "keep", "hide"


class DecisionForm(forms.Form):
    """The answer to a flag."""

    decision = forms.ChoiceField(
        label="Votre décision",
        choices=[(_HIDE, "Masquer ce contenu"), (_KEEP, "Le laisser en ligne")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez de masquer ou de laisser en ligne."},
    )
    answer = forms.CharField(
        label="Réponse à la personne",
        max_length=2000,
        help_text="Elle la lira avec son numéro de suivi. Dites ce que vous avez décidé, et pourquoi.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "La réponse est vide : dites en une phrase ce que vous avez décidé, et pourquoi."},
    )

    @property
    def hides(self) -> bool:
        return bool(self.cleaned_data["decision"] == _HIDE)


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label="Raison",
        choices=FlagReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison : l'auteur doit pouvoir la connaître."},
    )


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label="J'ai compris que ce texte disparaîtra de toutes les éditions et ne pourra pas revenir.",
        error_messages={"required": "Cochez la case pour confirmer : ce qui est effacé ne revient pas."},
    )
