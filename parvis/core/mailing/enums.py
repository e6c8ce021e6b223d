"""Where a mail is, and which thread sends it."""

from __future__ import annotations

from django.db.models import TextChoices


class Lane(TextChoices):
    """Mails of one lane leave in turn, by threads and connections of their own: one lane never waits for the other."""

    URGENT = "urgent", "Tout de suite"
    BULK = "bulk", "À son tour"


class MailState(TextChoices):
    """From `waiting` to one of the others. Only a person takes a mail out of `refused` or `cut`."""

    WAITING = "waiting", "En attente"
    SENDING = "sending", "En cours d'envoi"
    SENT = "sent", "Parti"
    REFUSED = "refused", "Refusé"
    CUT = "cut", "Coupé pendant l'envoi"
    SET_ASIDE = "set_aside", "Mis de côté"


UNDER_WAY = (MailState.WAITING, MailState.SENDING)
TO_DECIDE = (MailState.REFUSED, MailState.CUT)
