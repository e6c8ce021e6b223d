"""What an agent types in the glossary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.consultations.models import GlossaryEntry
from parvis.consultations.operations.glossary import Definition
from parvis.territories.models import Territory
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import OneLine, TerritoryField, long_text


class _OnTerritoryForm(forms.Form):
    territory = TerritoryField(label="Pour qui")

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].offer(territories)  # type: ignore[attr-defined]


class EntryForm(_OnTerritoryForm, ComparedForm):
    """One acronym."""

    acronym = OneLine(label="Sigle", max_length=30, widget=forms.TextInput(attrs={"class": "input--short"}))
    expansion = OneLine(label="En toutes lettres", max_length=200)
    explanation = long_text("À quoi ça sert", rows=2, most=600)
    field_order = ("acronym", "expansion", "explanation", "territory")

    @staticmethod
    def values(entry: GlossaryEntry, /) -> dict[str, Any]:
        words = {name: getattr(entry, name) for name in ("acronym", "expansion", "explanation")}
        return words | {"territory": entry.territory.code}

    def definition(self) -> Definition:
        return Definition(*(self.cleaned_data[name] for name in ("acronym", "expansion", "explanation")))


class PasteForm(_OnTerritoryForm):
    """Many acronyms at once."""

    text = forms.CharField(
        label="Une ligne par sigle",
        strip=False,
        max_length=1_000_000,
        help_text="« CAF ; Caisse d'allocations familiales ; verse les aides aux familles ». "
        "L'explication est facultative.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    field_order = ("text", "territory")
