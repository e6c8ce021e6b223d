"""What an agent types of a mail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict

from parvis.consultations.mail_kinds import MailKind
from parvis.consultations.mail_writing import MailDetails, mail_details, text_faults
from parvis.consultations.models import Consultation
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import OneLine, long_text


class MailTextForm(ComparedForm):
    """A text whose fields are known here, each error beside what it is about."""

    subject = OneLine(label="Objet", max_length=150)
    body = long_text("Texte", required=True, rows=18, most=6_000)
    sender_name = OneLine(
        label="Nom de l'expéditeur", max_length=120, required=False, help_text="Ce que la personne lit avant l'objet."
    )
    reply_to = forms.EmailField(
        label="Répondre à", required=False, help_text="L'adresse à laquelle arrivent les réponses."
    )
    signatory = OneLine(
        label="Signataire", max_length=160, required=False, help_text="Par exemple : La Présidente, Anne Exemple."
    )
    cosignatory = OneLine(label="Cosignataire", max_length=160, required=False)

    def __init__(self, data: QueryDict | None, consultation: Consultation, kind: MailKind) -> None:
        self.kind = kind
        super().__init__(data, standing=consultation)

    def values(self, row: Consultation, /) -> dict[str, Any]:
        return asdict(mail_details(row, self.kind))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = MailDetails(cleaned.get("subject", ""), cleaned.get("body", ""))
        for name, sentences in text_faults(self.kind, typed).items():
            if name in cleaned:
                self.add_error(name, sentences)
        return cleaned

    def details(self) -> MailDetails:
        return MailDetails(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})
