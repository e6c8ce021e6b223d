"""An agent, as the identity provider knows her."""

from __future__ import annotations

from django.db import models

from parvis.people.models.user import User


class ProviderIdentity(models.Model):
    """Once matched by address, an agent is known by `subject`: another address there opens the same account here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="provider_identities")
    issuer = models.CharField("fournisseur", max_length=255)
    subject = models.CharField("identifiant chez lui", max_length=255)
    linked_at = models.DateTimeField("lié le")

    class Meta:
        verbose_name = "identité chez un fournisseur"
        verbose_name_plural = "identités chez un fournisseur"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="provider_subject_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="provider_user_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} chez {self.issuer}"
