"""The text of a mail is written, given up for the one proposed, or tried on oneself."""

from __future__ import annotations

import dataclasses
from typing import Final

from django.db import transaction

from parvis.consultations.mail_kinds import MailKind
from parvis.consultations.mail_writing import MailDetails, example_values, text_faults, write_mail
from parvis.consultations.models import Consultation, MailText
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput, TooMany
from parvis.core.limits import Limit
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.queue import queue_mail
from parvis.people.models import User

TRIAL: Final = "mail_trial"
_TRIALS: Final = Limit("mail-trials", 20, 3600)


@transaction.atomic
def save_mail_text(actor: User, consultation: Consultation, kind: MailKind, details: MailDetails) -> MailText:
    """Keep `details` as the text of this mail. Mails that wait leave with it."""
    _refuse_faults(kind, details)
    text, _ = MailText.objects.update_or_create(
        consultation=consultation,
        purpose=kind.purpose,
        defaults={
            "subject": details.subject,
            "body": details.body,
            "sender_name": details.sender_name,
            "reply_to": details.reply_to,
            "signatory": details.signatory,
            "cosignatory": details.cosignatory,
            "saved_at": clock.now(),
            "saved_by": actor,
        },
    )
    journal.record(actor, "save_mail_text", consultation, purpose=kind.purpose)
    return text


@transaction.atomic
def forget_mail_text(actor: User, consultation: Consultation, kind: MailKind) -> None:
    """Come back to the text proposed."""
    gone, _ = MailText.objects.filter(consultation=consultation, purpose=kind.purpose).delete()
    if gone:
        journal.record(actor, "forget_mail_text", consultation, purpose=kind.purpose)


@transaction.atomic
def send_trial(actor: User, consultation: Consultation, kind: MailKind, details: MailDetails) -> None:
    """Send `actor` the mail as it stands, saved or not, with an example of each field."""
    _refuse_faults(kind, details)
    if not _TRIALS.take(actor.code):
        raise TooMany(
            "Vingt essais en une heure, c'est beaucoup : attendez un peu. Votre texte est encore dans la page."
        )
    example = write_mail(consultation, kind, actor.email, example_values(kind), details)
    trial = dataclasses.replace(example, subject=f"[Essai] {example.subject}")
    queue_mail(TRIAL, about=consultation.code, letter=trial, lane=Lane.URGENT)
    journal.record(actor, "send_mail_trial", consultation, purpose=kind.purpose)


def _refuse_faults(kind: MailKind, details: MailDetails) -> None:
    faults = [sentence for sentences in text_faults(kind, details).values() for sentence in sentences]
    if faults:
        raise RefusedInput("Ce courriel ne peut pas être écrit.", faults)
