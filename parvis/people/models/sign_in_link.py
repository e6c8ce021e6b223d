"""A link that signs an agent in."""

from __future__ import annotations

from django.db import models

from parvis.people.models.user import User


class SignInLink(models.Model):
    """Only the hash of the token is kept. GET shows a button, POST consumes: mail scanners open links."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    reusable = models.BooleanField("réutilisable", default=False, help_text="Démonstration et essais seulement.")

    class Meta:
        verbose_name = "lien de connexion"
        verbose_name_plural = "liens de connexion"

    def __str__(self) -> str:
        return f"lien de {self.user_id}"
