"""When each phase opens, and which steps minutes pass."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Final

from django import forms
from django.http import QueryDict

from parvis.consultations.enums import PhaseControl, PhaseKind, StepKind
from parvis.consultations.models import Consultation
from parvis.consultations.operations.phases import PhasePlan
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import Day

_OF_A_PHASE: Final = ("opens_on", "closes_on", "control")


class PhasesForm(ComparedForm):
    """The eight phases: the dates of each, and whether they decide or an agent does."""

    def __init__(self, data: QueryDict | None, consultation: Consultation) -> None:
        super().__init__(data, standing=consultation)
        self.kinds = [PhaseKind(kind) for kind in consultation.phases.values_list("kind", flat=True)]
        for kind in self.kinds:
            self.fields[f"{kind}-opens_on"] = Day(label=f"{kind.label} : ouvre le", required=False)
            self.fields[f"{kind}-closes_on"] = Day(label=f"{kind.label} : ferme le (inclus)", required=False)
            self.fields[f"{kind}-control"] = forms.ChoiceField(label=f"{kind.label} : ouverture", choices=PhaseControl)

    def values(self, row: Consultation, /) -> dict[str, Any]:
        return {f"{phase.kind}-{name}": getattr(phase, name) for phase in row.phases.all() for name in _OF_A_PHASE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in self.kinds:
            opens, closes = cleaned.get(f"{kind}-opens_on"), cleaned.get(f"{kind}-closes_on")
            if opens and closes and closes < opens:
                self.add_error(f"{kind}-closes_on", "Elle ferme avant d'ouvrir : corrigez l'une des deux dates.")
        return cleaned

    def rows(self) -> list[dict[str, Any]]:
        """The controls of each phase."""
        return [{"phase": kind.label, **{name: self[f"{kind}-{name}"] for name in _OF_A_PHASE}} for kind in self.kinds]

    def plans(self) -> list[PhasePlan]:
        return [PhasePlan(kind, *(self.cleaned_data[f"{kind}-{name}"] for name in _OF_A_PHASE)) for kind in self.kinds]


class StepsForm(ComparedForm):
    """The validation steps, each at its rank."""

    _RANKS = ("Première étape", "Deuxième étape", "Troisième étape", "Quatrième étape")

    def __init__(self, data: QueryDict | None, consultation: Consultation) -> None:
        super().__init__(data, standing=consultation)
        for rank, label in enumerate(self._RANKS):
            self.fields[f"step_{rank}"] = forms.ChoiceField(
                label=label, choices=[("", "Aucune"), *StepKind.choices], required=False
            )
        self.fields["one_person"] = forms.BooleanField(
            label="Une même personne peut valider plusieurs étapes",
            required=False,
            help_text="Là où l'équipe est une seule personne. Les pages publiées le disent.",
        )

    def values(self, row: Consultation, /) -> dict[str, Any]:
        kinds = row.steps.values_list("kind", flat=True)
        steps = {f"step_{rank}": kind for rank, kind in zip_longest(range(len(self._RANKS)), kinds, fillvalue="")}
        return steps | {"one_person": row.one_person_validates}

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
