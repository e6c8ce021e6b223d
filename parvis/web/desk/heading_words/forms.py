"""A heading taught by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from parvis.consultations.enums import Kind
from parvis.territories.models import Territory
from parvis.web.desk.form_fields import OneLine, TerritoryField


class WordForm(forms.Form):
    """The words of a heading, and the kind of what stands under it."""

    phrase = OneLine(label="Intertitre", max_length=60, help_text="« Ce qui nous pèse », « On rêve de »…")
    kind = forms.ChoiceField(
        label="Ce qu'on lit dessous",
        choices=[(kind.value, kind.label) for kind in (Kind.CHALLENGE, Kind.STRENGTH, Kind.PROPOSAL)],
    )
    territory = TerritoryField(label="Pour qui")

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].offer(territories)  # type: ignore[attr-defined]
