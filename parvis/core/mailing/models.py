"""A mail and, apart from it, what it says."""

from __future__ import annotations

from django.db import models

from parvis.core.codes import new_code
from parvis.core.mailing.enums import Lane, MailState


class OutgoingMail(models.Model):
    """One mail to one person. Its address is kept only as long as someone may have to decide about it.

    A worker owns it while `claim` is its own and `claimed_until` is not past: a claim that ran out is a worker that
    died. In `waiting` the mail is then free again, since nothing of it was said; in `sending` it may have arrived.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    lane = models.CharField("file", max_length=6, choices=Lane, default=Lane.BULK)
    purpose = models.CharField("nature", max_length=30, help_text="Un nom inscrit dans `mailing.purposes`.")
    about = models.CharField(
        "concerne", max_length=12, blank=True, db_index=True,
        help_text="Code de ce par quoi une app sait qui peut voir ce courriel.",
    )  # fmt: skip
    recipient = models.EmailField("destinataire", blank=True)
    state = models.CharField("état", max_length=9, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField("prochain essai")
    expires_at = models.DateTimeField("inutile après", null=True, blank=True)
    claim = models.CharField(max_length=12, blank=True, db_index=True, help_text="Qui l'envoie en ce moment.")
    claimed_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("pourquoi", max_length=160, blank=True, help_text="En français, sans adresse.")
    created_at = models.DateTimeField("écrit le")
    sent_at = models.DateTimeField("parti le", null=True, blank=True)

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "lane", "next_attempt_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"courriel {self.code}"

    @property
    def journal_name(self) -> str:
        return f"mail:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.about


class MailContent(models.Model):
    """What a mail says, enciphered; deleted once it left or was given up, and never in a backup.

    A mail whose purpose writes it at the moment of sending has none.
    """

    mail = models.OneToOneField(OutgoingMail, models.CASCADE, related_name="content", primary_key=True)
    sealed = models.TextField("contenu chiffré")

    class Meta:
        verbose_name = "contenu d'un courriel"
        verbose_name_plural = "contenus de courriels"

    def __str__(self) -> str:
        return f"contenu de {self.mail_id}"
