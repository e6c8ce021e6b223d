"""What an agent chooses of a former consultation."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.text import slugify

from parvis.consultations.models import Consultation
from parvis.consultations.operations.create_consultation import SLUG_TAKEN, ConsultationDetails, is_taken
from parvis.core.text import fold
from parvis.french.dates import day
from parvis.meetings.operations.copy_consultation import CopiedPart, CopyPlan
from parvis.web.desk.form_fields import Day, OneLine

_DATED = frozenset({CopiedPart.PHASES, CopiedPart.AGENDA})


class CopyForm(forms.Form):
    """The name of the new one, its first day, and what it takes over. `began`: the first day of the former one."""

    title = OneLine(label="Titre de la nouvelle concertation", max_length=160)
    begins_on = Day(label="Premier jour", required=False)
    parts = forms.MultipleChoiceField(
        label="Ce que vous reprenez",
        choices=CopiedPart,
        required=False,
        initial=CopiedPart.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, *args: Any, source: Consultation, began: datetime.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.began = source, began
        if began is None:
            del self.fields["begins_on"]
        else:
            self.fields[
                "begins_on"
            ].help_text = f"La précédente a commencé le {day(began)} : les dates reprises sont décalées d'autant."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        dated = _DATED & set(cleaned.get("parts") or ())
        if dated and self.began is not None and not cleaned.get("begins_on") and "begins_on" not in self.errors:
            self.add_error("begins_on", "Donnez le premier jour : les dates reprises en dépendent.")
        slug = slugify(fold(cleaned.get("title") or ""))[:80].strip("-")
        if not slug and "title" in cleaned:
            self.add_error("title", "Donnez un titre avec des lettres : l'adresse de la page en vient.")
        elif slug and is_taken(slug):
            self.add_error("title", f"Ce titre donnerait une adresse déjà prise. {SLUG_TAKEN}")
        cleaned["slug"] = slug
        return cleaned

    def plan(self) -> CopyPlan:
        source, chosen = self.source, self.cleaned_data
        details = ConsultationDetails(
            title=chosen["title"], slug=chosen["slug"], authority=source.authority, introduction=source.introduction,
            next_steps=source.next_steps, contact_email=source.contact_email, audience=source.audience,
        )  # fmt: skip
        return CopyPlan(details, chosen.get("begins_on"), chosen["parts"])
