"""Adding someone by hand to those who come."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.meetings.enums import Presence
from parvis.meetings.models import Meeting
from parvis.meetings.operations.registering import Newcomer
from parvis.people.models import Contact, Organisation
from parvis.web.desk.form_fields import OneLine

CHOICES = [(presence.value, presence.label) for presence in Presence if presence != Presence.INVITED]


class AddForm(forms.Form):
    """Someone of the directory, or someone new in an organisation of it."""

    contact: Any = forms.ModelChoiceField(
        Contact.objects.none(), label="Dans l'annuaire", required=False, to_field_name="code",
        empty_label="Une personne qui n'y est pas", error_messages={"invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip
    organisation: Any = forms.ModelChoiceField(
        Organisation.objects.none(), label="Son organisme", required=False, to_field_name="code",
        empty_label="Choisir…", error_messages={"invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip
    name = OneLine(label="Son nom", max_length=120, required=False)
    position = OneLine(label="Sa fonction", max_length=120, required=False)
    email = forms.EmailField(label="Son adresse électronique", required=False)
    presence = forms.ChoiceField(label="Où elle en est", choices=CHOICES, initial=Presence.REGISTERED)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = Contact.objects.filter(
            erased_at=None, organisation__partnerships__consultation=meeting.consultation_id
        ).exclude(attendances__meeting=meeting)
        self.fields["contact"].queryset = contacts.select_related("organisation").order_by(  # type: ignore[attr-defined]
            "organisation__sort_key", "sort_key", "pk"
        )
        self.fields["contact"].label_from_instance = _of_contact  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            partnerships__consultation=meeting.consultation_id
        ).order_by("sort_key", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contact") is None and "contact" not in self.errors:
            if cleaned.get("organisation") is None and "organisation" not in self.errors:
                self.add_error("organisation", "Choisissez l'organisme de cette personne.")
            if not cleaned.get("name"):
                self.add_error("name", "Écrivez son nom, ou choisissez-la dans l'annuaire.")
        return cleaned

    def newcomer(self) -> Newcomer:
        return Newcomer(**{name: self.cleaned_data[name] for name in ("organisation", "name", "position", "email")})


def _of_contact(contact: Contact) -> str:
    return f"{contact.organisation} · {contact}"
