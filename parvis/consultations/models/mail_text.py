"""The text of a mail, as the agents of a consultation wrote it."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models.consultation import Consultation
from parvis.core.one_line import OneLineField
from parvis.people.models import User


class MailText(models.Model):
    """In place of the text proposed for this purpose. What stands in its headers is one line."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="mail_texts")
    purpose = models.CharField("nature", max_length=30, help_text="Un nom inscrit dans `consultations.mail_kinds`.")
    subject = OneLineField("objet", max_length=150)
    body = models.TextField("texte")
    sender_name = OneLineField("nom de l'expéditeur", max_length=120, blank=True)
    reply_to = models.EmailField("adresse de réponse", blank=True)
    signatory = OneLineField("signataire", max_length=160, blank=True)
    cosignatory = OneLineField("cosignataire", max_length=160, blank=True)
    saved_at = models.DateTimeField("enregistré le")
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "texte d'un courriel"
        verbose_name_plural = "textes des courriels"
        ordering = ["purpose", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "purpose"], name="mail_text_once")]

    def __str__(self) -> str:
        return self.subject
