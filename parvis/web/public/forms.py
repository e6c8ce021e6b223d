"""« Signaler un contenu inapproprié »."""

from __future__ import annotations

from django import forms

from parvis.publishing.enums import FlagReason


class FlagForm(forms.Form):
    """The reason of a report, and a comment. `site` is a trap for robots: people do not see it."""

    reason = forms.ChoiceField(
        label="Pourquoi ce contenu pose-t-il problème ?",
        choices=FlagReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison.", "invalid_choice": "Choisissez une raison de la liste."},
    )
    comment = forms.CharField(
        label="Précisions",
        required=False,
        max_length=2000,
        help_text="Dites ce qui doit être regardé. N'écrivez ni votre nom, ni votre adresse : ils ne sont pas utiles.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Ce texte est trop long : 2 000 caractères au plus."},
    )
    site = forms.CharField(label="Laissez ce champ vide", required=False)

    def clean_comment(self) -> str:
        return str(self.cleaned_data["comment"]).replace("\x00", "").strip()

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError("Laissez vide le champ caché, puis envoyez de nouveau.")
        return ""
