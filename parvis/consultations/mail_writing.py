"""A mail written for one person: the text of the consultation, else the one proposed, with its fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from parvis.consultations.enums import PhaseKind
from parvis.consultations.mail_kinds import MailKind
from parvis.consultations.models import Consultation, MailText
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core.mailing.fields import field_faults, fill_fields
from parvis.core.mailing.purposes import Letter
from parvis.core.one_line import one_line
from parvis.french.articles import capital, opening
from parvis.french.dates import day
from parvis.french.salutations import TO_ANYONE, salutation
from parvis.french.typography import no_break
from parvis.people.models import Contact, Organisation


@dataclass(frozen=True, slots=True)
class MailDetails:
    """What an agent writes of a mail. Empty `sender_name` and `reply_to` are those of the site."""

    subject: str
    body: str
    sender_name: str = ""
    reply_to: str = ""
    signatory: str = ""
    cosignatory: str = ""


def mail_details(consultation: Consultation, kind: MailKind) -> MailDetails:
    """As the agents wrote it, else as it is proposed; a text whose fields this version no longer knows is not sent."""
    kept = MailText.objects.filter(consultation=consultation, purpose=kind.purpose).first()
    if kept is None:
        return proposed_details(consultation, kind)
    written = MailDetails(
        kept.subject, kept.body, kept.sender_name, kept.reply_to, kept.signatory, kept.cosignatory
    )  # fmt: skip
    if not text_faults(kind, written):
        return written
    proposed = proposed_details(consultation, kind)
    return dataclasses.replace(written, subject=proposed.subject, body=proposed.body)


def proposed_details(consultation: Consultation, kind: MailKind) -> MailDetails:
    """The text proposed, from whoever organises."""
    return MailDetails(kind.subject, kind.body, capital(consultation.authority), consultation.contact_email)


def text_faults(kind: MailKind, details: MailDetails) -> dict[str, list[str]]:
    """What is wrong with `subject` and `body`, a sentence each; only what has a fault is there."""
    faults = {
        "subject": field_faults(details.subject, kind.subject_names),
        "body": field_faults(details.body, kind.names, kind.mandatory),
    }
    return {name: sentences for name, sentences in faults.items() if sentences}


def reader_values(contact: Contact | None, organisation: Organisation | None = None) -> dict[str, str]:
    """The fields that depend on who reads: `contact`, else whoever of `organisation` does."""
    if contact is not None:
        return {
            "salutation": salutation(contact.name, contact.position),
            "organisme": (organisation or contact.organisation).name,
        }
    return {"salutation": TO_ANYONE, "organisme": organisation.name if organisation is not None else ""}


def example_values(kind: MailKind) -> dict[str, str]:
    """What a preview shows: nobody's name, nobody's link."""
    return {field.name: field.example for field in kind.fields if field.example}


def write_mail(
    consultation: Consultation, kind: MailKind, to: str, values: Mapping[str, str], details: MailDetails | None = None
) -> Letter:
    """The mail to the address `to`. `values`: the fields that the consultation alone does not tell.

    `details`: a text being written, in place of the one kept.
    """
    text = details or mail_details(consultation, kind)
    phase = consultation.phases.filter(kind=PhaseKind.REVIEW).first()
    closes_on = phase.closes_on if phase is not None else None
    filled = {
        "concertation": consultation.title,
        "collectivite": consultation.authority,
        "La_collectivite": opening(consultation.authority),
        "date_limite": f"jusqu'au {day(closes_on)}" if closes_on else "dès maintenant",
        "qui_voit_mon_nom": "\n\n".join(who_sees_names(consultation)),
        "signature": _signature(consultation, text),
    } | dict(values)
    return Letter(
        to=to,
        subject=no_break(one_line(fill_fields(text.subject, filled))[:200]),
        body=no_break(fill_fields(text.body, filled).strip()) + "\n",
        sender_name=text.sender_name,
        reply_to=text.reply_to,
    )


def _signature(consultation: Consultation, details: MailDetails) -> str:
    lines = (details.signatory, details.cosignatory, capital(consultation.authority), consultation.contact_email)
    return "\n".join(line for line in lines if line)
