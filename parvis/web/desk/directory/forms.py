"""What an agent writes about a partner and its people."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.contacts import ContactDetails
from parvis.consultations.operations.organisations import OrganisationDetails
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.territories.queries import offered_below
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import OneLine, long_text

_OFF = {"autocomplete": "off"}
"""It is someone else's name and address that is typed."""


class PerimeterForm(ComparedForm):
    """Themes × territories of a partner; an empty side leaves nothing out."""

    themes: Any = forms.ModelMultipleChoiceField(
        None, label="Thématiques", required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée : toutes.",
    )  # fmt: skip
    territories: Any = forms.ModelMultipleChoiceField(
        None, label="Territoires", required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : tous.",
    )  # fmt: skip
    reads_restricted = forms.BooleanField(label="Lit aussi ce qui est réservé au groupe restreint", required=False)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = kwargs.get("standing")
        kept = standing.territories.all() if isinstance(standing, Partner) else ()
        offered = offered_below(consultation.territory_id, kept=kept)
        self.fields["themes"].queryset = consultation.themes.all()  # type: ignore[attr-defined]
        self.fields["territories"].queryset = offered.exclude(pk=consultation.territory_id)  # type: ignore[attr-defined]

    @staticmethod
    def values(partner: Partner, /) -> dict[str, Any]:
        return {
            "themes": partner.themes.all(),
            "territories": partner.territories.all(),
            "reads_restricted": partner.reads_restricted,
        }

    def perimeter(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("themes", "territories", "reads_restricted")}


class OrganisationForm(ComparedForm):
    """A partner institution."""

    name = OneLine(label="Nom", max_length=160, widget=forms.TextInput(attrs=_OFF))
    type = forms.ChoiceField(
        label="Type", choices=OrganisationType.choices, initial=OrganisationType.OTHER,
        help_text="Le collège des tableaux publiés en dépend.",
    )  # fmt: skip
    siret = forms.CharField(
        label="SIRET", max_length=30, required=False, widget=forms.TextInput(attrs=_OFF | {"inputmode": "numeric"})
    )
    phone = forms.CharField(
        label="Téléphone", max_length=40, required=False, widget=forms.TextInput(attrs=_OFF | {"inputmode": "tel"})
    )
    address = long_text("Adresse postale", rows=3, most=400)

    @staticmethod
    def values(organisation: Organisation, /) -> dict[str, Any]:
        return {field.name: getattr(organisation, field.name) for field in dataclasses.fields(OrganisationDetails)}

    def details(self) -> OrganisationDetails:
        given = {field.name: self.cleaned_data[field.name] for field in dataclasses.fields(OrganisationDetails)}
        return OrganisationDetails(**given | {"type": OrganisationType(given["type"])})


class ContactForm(ComparedForm):
    """Someone of an organisation."""

    name = OneLine(label="Prénom et nom", max_length=120, required=False, widget=forms.TextInput(attrs=_OFF))
    position = OneLine(label="Fonction", max_length=120, required=False, widget=forms.TextInput(attrs=_OFF))
    email = forms.EmailField(label="Adresse électronique", required=False, widget=forms.EmailInput(attrs=_OFF))
    phone = forms.CharField(
        label="Téléphone", max_length=40, required=False, widget=forms.TextInput(attrs=_OFF | {"inputmode": "tel"})
    )

    @staticmethod
    def values(contact: Contact, /) -> dict[str, Any]:
        return {field.name: getattr(contact, field.name) for field in dataclasses.fields(ContactDetails)}

    def details(self) -> ContactDetails:
        return ContactDetails(
            **{field.name: self.cleaned_data[field.name] for field in dataclasses.fields(ContactDetails)}
        )
