"""When each phase opens, and which steps minutes pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from parvis.consultations.enums import DEFAULT_STEPS, PhaseControl, StepKind
from parvis.consultations.models import Phase
from parvis.consultations.operations.phases import PhasePlan
from parvis.web.desk.form_fields import Day


class PhaseForm(forms.Form):
    """One phase: its dates, and whether they decide or an agent does."""

    opens_on = Day(label="Ouvre le", required=False)
    closes_on = Day(label="Ferme le (inclus)", required=False)
    control = forms.ChoiceField(label="Ouverture", choices=PhaseControl, initial=PhaseControl.DATES)

    def __init__(self, data: QueryDict | None, phase: Phase) -> None:
        values = {name: getattr(phase, name) for name in ("opens_on", "closes_on", "control")}
        super().__init__(data, prefix=phase.kind, initial=values)
        self.phase = phase

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "Elle ferme avant d'ouvrir : corrigez l'une des deux dates.")
        return cleaned

    def plan(self) -> PhasePlan:
        cleaned = self.cleaned_data
        return PhasePlan(self.phase.kind, cleaned["opens_on"], cleaned["closes_on"], cleaned["control"])


class StepsForm(forms.Form):
    """The validation steps, each at its rank."""

    _RANKS = ("Première étape", "Deuxième étape", "Troisième étape", "Quatrième étape")

    def __init__(
        self, *args: Any, steps: Sequence[str] = DEFAULT_STEPS, one_person: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for rank, label in enumerate(self._RANKS):
            self.fields[f"step_{rank}"] = forms.ChoiceField(
                label=label,
                choices=[("", "Aucune"), *StepKind.choices],
                required=False,
                initial=steps[rank] if rank < len(steps) else "",
            )
        self.fields["one_person"] = forms.BooleanField(
            label="Une même personne peut valider plusieurs étapes",
            required=False,
            initial=one_person,
            help_text="Là où l'équipe est une seule personne. Les pages publiées le disent.",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for name, kind in self._chosen():
            if kind and kind in seen:
                self.add_error(name, "Cette étape est déjà choisie plus haut.")
            seen.add(kind)
        return cleaned

    def kinds(self) -> list[StepKind]:
        return [StepKind(kind) for _, kind in self._chosen() if kind]

    def _chosen(self) -> list[tuple[str, str]]:
        """Field → step, in their order."""
        return [(name, kind) for name, kind in self.cleaned_data.items() if name.startswith("step_")]
