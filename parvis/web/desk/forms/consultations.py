"""What an agent types about a consultation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import slugify

from parvis.consultations.enums import DEFAULT_STEPS, Audience, PhaseControl, StepKind
from parvis.consultations.models import Consultation, Phase, Theme
from parvis.consultations.operations.create_consultation import SLUG_TAKEN, ConsultationDetails
from parvis.consultations.operations.phases import PhasePlan
from parvis.consultations.operations.themes import NewTheme
from parvis.core.text import fold
from parvis.people.models import User
from parvis.territories.models import Territory
from parvis.web.desk.forms.base import TerritoryField, day, long_text, moment


class DetailsForm(forms.Form):
    """What is said of a consultation. The address is proposed from the title when it is left empty."""

    title = forms.CharField(label="Titre", max_length=160, help_text="Tel que chacun le lira.")
    slug = forms.CharField(
        label="Adresse de la page",
        required=False,
        max_length=80,
        help_text="Des lettres sans accent, des chiffres et des tirets. Vide : proposée d'après le titre.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    authority = forms.CharField(label="Qui organise", max_length=160, help_text="La collectivité, en toutes lettres.")
    introduction = long_text("Présentation", help_text="Ce dont il s'agit, pour quelqu'un qui n'en sait rien.")
    next_steps = long_text("Et ensuite", rows=3, help_text="Ce que deviendront les contributions.")
    contact_email = forms.EmailField(label="Adresse de contact", required=False)
    audience = forms.ChoiceField(label="Qui peut lire", choices=Audience, initial=Audience.PUBLIC)
    embargo_until = moment("Rien de public avant le", help_text="Vide : public dès maintenant.")

    def __init__(self, *args: Any, consultation: Consultation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        slug = slugify(fold(cleaned.get("slug") or cleaned.get("title") or ""))[:80].strip("-")
        if not slug and "title" in cleaned:
            self.add_error("slug", "Donnez une adresse en lettres, par exemple « contrat-de-ville ».")
        others = Consultation.objects.filter(slug=slug).exclude(pk=self.consultation.pk if self.consultation else 0)
        if slug and others.exists():
            self.add_error("slug", SLUG_TAKEN)
        cleaned["slug"] = slug
        return cleaned

    def details(self) -> ConsultationDetails:
        names = ("title", "slug", "authority", "introduction", "next_steps", "contact_email", "audience")
        return ConsultationDetails(
            **{name: self.cleaned_data[name] for name in names}, embargo_until=self.cleaned_data["embargo_until"]
        )

    @staticmethod
    def values(consultation: Consultation) -> dict[str, Any]:
        """What the form shows of a consultation that exists."""
        return {name: getattr(consultation, name) for name in DetailsForm.base_fields}


class NewConsultationForm(DetailsForm):
    """The same, with its territory, chosen once."""

    territory = TerritoryField(
        label="Territoire",
        empty_label="Choisir…",
        help_text="L'agglomération, le plus souvent. Il ne change plus ensuite.",
    )
    parent = forms.ModelChoiceField(
        label="Fait partie de",
        queryset=Consultation.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Aucune autre concertation",
        help_text="La concertation de l'agglomération, si celle-ci est menée dans une ville.",
        error_messages={"invalid_choice": "Choisissez une concertation de la liste."},
    )
    field_order = ("territory", "title", "slug", "authority", "introduction", "next_steps", "contact_email")

    def __init__(
        self, *args: Any, territories: QuerySet[Territory], parents: QuerySet[Consultation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].offer(territories)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    """A theme, and the other names that reports give it."""

    name = forms.CharField(label="Nom", max_length=120)
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
    def values(theme: Theme) -> dict[str, Any]:
        labels = theme.aliases.order_by("pk").values_list("label", flat=True)
        return {"name": theme.name, "audience": theme.audience, "aliases": "\n".join(labels)}


class PhaseForm(forms.Form):
    """One phase: its dates, and the hand."""

    opens_on = day("Ouvre le")
    closes_on = day("Ferme le (inclus)")
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

    def __init__(self, *args: Any, steps: Sequence[str] = DEFAULT_STEPS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rank, label in enumerate(self._RANKS):
            self.fields[f"step_{rank}"] = forms.ChoiceField(
                label=label,
                choices=[("", "Aucune"), *StepKind.choices],
                required=False,
                initial=steps[rank] if rank < len(steps) else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for name, kind in list(cleaned.items()):
            if kind and kind in seen:
                self.add_error(name, "Cette étape est déjà choisie plus haut.")
            seen.add(kind)
        return cleaned

    def kinds(self) -> list[StepKind]:
        return [StepKind(kind) for kind in self.cleaned_data.values() if kind]


class MemberForm(forms.Form):
    """An agent to name in the project team."""

    user = forms.ModelChoiceField(
        label="Agent",
        queryset=User.objects.none(),
        to_field_name="code",
        empty_label="Choisir…",
        error_messages={"invalid_choice": "Choisissez une personne de la liste."},
    )

    def __init__(self, *args: Any, candidates: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = candidates  # type: ignore[attr-defined]
