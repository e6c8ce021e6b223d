"""A form of the desk that came."""

from __future__ import annotations

from django.db import models

from parvis.people.models.user import User


class SentForm(models.Model):
    """That a form came, by the random key of its page, and where its answer led: never what was written in it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sent_forms")
    key = models.CharField("clé du formulaire", max_length=40)
    content_hash = models.CharField("empreinte du contenu", max_length=64)
    address = models.CharField("où sa réponse a mené", max_length=400, blank=True)
    """Empty while it is being answered, and for ever when the server stopped meanwhile."""
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "formulaire envoyé"
        verbose_name_plural = "formulaires envoyés"
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="form_sent_once"),)

    def __str__(self) -> str:
        return f"formulaire {self.key[:6]}… de {self.user_id}"
