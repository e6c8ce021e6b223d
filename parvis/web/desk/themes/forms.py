"""A theme, as an agent types it."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.consultations.enums import Audience
from parvis.consultations.models import Theme
from parvis.consultations.operations.themes import NewTheme
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import OneLine, long_text


class ThemeForm(ComparedForm):
    """A theme, and the other names that reports give it."""

    name = OneLine(label="Nom", max_length=120)
    aliases = long_text(
        "Autres noms",
        rows=4,
        most=4000,
        help_text="Un par ligne : les titres sous lesquels les comptes-rendus en parlent.",
    )
    audience = forms.ChoiceField(label="Qui peut lire ses contributions", choices=Audience, initial=Audience.PUBLIC)

    def new_theme(self) -> NewTheme:
        lines = (line.strip() for line in self.cleaned_data["aliases"].splitlines())
        return NewTheme(self.cleaned_data["name"], tuple(line for line in lines if line), self.cleaned_data["audience"])

    def clean_aliases(self) -> str:
        aliases: str = self.cleaned_data["aliases"]
        if any(len(line.strip()) > 120 for line in aliases.splitlines()):
            raise forms.ValidationError("Un autre nom dépasse 120 caractères : raccourcissez-le.")
        return aliases

    @staticmethod
    def values(theme: Theme, /) -> dict[str, Any]:
        labels = theme.aliases.order_by("pk").values_list("label", flat=True)
        return {"name": theme.name, "audience": theme.audience, "aliases": "\n".join(labels)}
