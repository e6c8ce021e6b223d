"""The form of an action sheet."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.people.models import Organisation
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import funding_lines
from parvis.sheets.operations.save_sheet import SheetDetails
from parvis.territories.queries import offered_below
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import Moment, OneLine, long_text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class SheetForm(ComparedForm):
    """What partners read of an action."""

    title = OneLine(label="Intitulé", max_length=200)
    summary = long_text("En bref", rows=3, most=1_000, help_text="Deux phrases : c'est ce que tout le monde lit.")
    themes: Any = forms.ModelMultipleChoiceField(
        None, label="Thématiques", to_field_name="code", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une thématique."},
    )  # fmt: skip
    territories: Any = forms.ModelMultipleChoiceField(
        None, label="Territoires", required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : partout.",
    )  # fmt: skip
    lead: Any = forms.ModelChoiceField(
        None, label="Porteur, dans l'annuaire", required=False, to_field_name="code", empty_label="Pas dans l'annuaire"
    )
    lead_name = OneLine(label="Porteur, tel qu'affiché", max_length=200, required=False)
    partners = long_text("Partenaires associés", rows=3, help_text="Un par ligne.")
    public = OneLine(label="Public visé", max_length=300, required=False)
    since = OneLine(label="Depuis, calendrier", max_length=200, required=False)
    budget = OneLine(label="Budget", max_length=200, required=False)
    funding = long_text("Financements", rows=3, help_text="Un par ligne : « CAF : 3 000 € ».")
    indicators = long_text("Indicateurs", rows=3, help_text="Un par ligne.")
    text = long_text("Description", rows=8)
    internal_note = long_text("Note de l'équipe", rows=3, help_text="Jamais montrée aux partenaires.")
    audience = forms.ChoiceField(label="Qui peut lire", choices=Audience.choices, initial=Audience.PARTNERS)
    embargo_until = Moment(
        label="Rien de public avant le", required=False, help_text="Les partenaires la lisent sans attendre."
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = kwargs.get("standing")
        kept = standing.territories.all() if isinstance(standing, ActionSheet) else ()
        offered = offered_below(consultation.territory_id, kept=kept)
        fields: dict[str, Any] = self.fields
        fields["themes"].queryset = consultation.themes.all()
        fields["territories"].queryset = offered.exclude(pk=consultation.territory_id)
        fields["lead"].queryset = Organisation.objects.filter(territory=consultation.territory)

    @staticmethod
    def values(sheet: ActionSheet, /) -> dict[str, Any]:
        plain = ("title", "summary", "lead_name", "public", "since", "budget", "text", "internal_note", "audience",
                 "embargo_until")  # fmt: skip
        return {name: getattr(sheet, name) for name in plain} | {
            "themes": sheet.themes.all(),
            "territories": sheet.territories.all(),
            "lead": sheet.lead.code if sheet.lead is not None else None,
            "partners": "\n".join(sheet.partners),
            "funding": "\n".join(" : ".join(part for part in line if part) for line in sheet.funding),
            "indicators": "\n".join(sheet.indicators),
        }

    def details(self) -> SheetDetails:
        given: dict[str, Any] = dict(self.cleaned_data)
        given["partners"], given["indicators"] = _lines(given["partners"]), _lines(given["indicators"])
        given["funding"] = [line for typed in _lines(given["funding"]) for line in funding_lines(typed)]
        return SheetDetails(**{field.name: given[field.name] for field in dataclasses.fields(SheetDetails)})
