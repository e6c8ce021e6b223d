"""Which of those who came in are shown, and decided about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from parvis.consultations.enums import Standing
from parvis.consultations.operations.decide_arrivals import ArrivalChoice
from parvis.web.desk.form_fields import Moment


class ArrivalFilterForm(forms.Form):
    """A standing, a link, a period. The same fields come back with the gesture, so that it is about what was shown."""

    etat = forms.ChoiceField(choices=Standing, required=False, widget=forms.HiddenInput)
    lien = forms.ChoiceField(label="Entrées par", required=False)
    depuis = Moment(label="Depuis", required=False)
    avant = Moment(label="Avant", required=False)

    def __init__(self, *args: Any, links: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lien"].choices = [("", "Tous les liens"), *links]  # type: ignore[attr-defined]

    def choice(self) -> ArrivalChoice:
        """What valid fields say. Without a standing, those to be checked."""
        cleaned = self.cleaned_data
        return ArrivalChoice(
            standing=cleaned["etat"] or Standing.TO_CHECK,
            link=cleaned["lien"],
            since=cleaned["depuis"],
            before=cleaned["avant"],
        )
