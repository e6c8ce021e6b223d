"""What an agent types about a consultation."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify

from parvis.consultations.electoral_period import check_electoral_period
from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.consultations.operations.create_consultation import SLUG_TAKEN, ConsultationDetails, is_taken
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.territories.models import Territory
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import Day, Moment, OneLine, TerritoryField, long_text


class DetailsForm(ComparedForm):
    """What is said of a consultation. The address is proposed from the title when it is left empty."""

    title = OneLine(label="Titre", max_length=160, help_text="Tel que chacun le lira.")
    slug = forms.CharField(
        label="Adresse de la page",
        required=False,
        max_length=80,
        help_text="Des lettres sans accent, des chiffres et des tirets. Vide : proposée d'après le titre.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    authority = OneLine(label="Qui organise", max_length=160, help_text="La collectivité, en toutes lettres.")
    introduction = long_text("Présentation", help_text="Ce dont il s'agit, pour quelqu'un qui n'en sait rien.")
    next_steps = long_text("Et ensuite", rows=3, help_text="Ce que deviendront les contributions.")
    contact_email = forms.EmailField(label="Adresse de contact", required=False)
    audience = forms.ChoiceField(label="Qui peut lire", choices=Audience, initial=Audience.PUBLIC)
    embargo_until = Moment(label="Rien de public avant le", required=False, help_text="Vide : public dès maintenant.")
    electoral_from = Day(
        label="Période électorale : du", required=False, help_text="Vous êtes prévenu avant de tenir ou de publier."
    )
    electoral_until = Day(label="au (inclus)", required=False)

    def __init__(self, *args: Any, consultation: Consultation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        slug = slugify(fold(cleaned.get("slug") or cleaned.get("title") or ""))[:80].strip("-")
        if not slug and "title" in cleaned:
            self.add_error("slug", "Donnez une adresse en lettres, par exemple « contrat-de-ville ».")
        if slug and is_taken(slug, self.consultation):
            self.add_error("slug", SLUG_TAKEN)
        cleaned["slug"] = slug
        if not self.errors.keys() & {"electoral_from", "electoral_until"}:
            try:
                check_electoral_period(cleaned.get("electoral_from"), cleaned.get("electoral_until"))
            except RefusedInput as refusal:
                self.add_error("electoral_until", refusal.message)
        return cleaned

    def details(self) -> ConsultationDetails:
        return ConsultationDetails(**{name: self.cleaned_data[name] for name in _DETAILS})

    @staticmethod
    def values(consultation: Consultation, /) -> dict[str, Any]:
        return {name: getattr(consultation, name) for name in _DETAILS}


_DETAILS: Final = tuple(name for name in DetailsForm.base_fields if name != "seen")


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
