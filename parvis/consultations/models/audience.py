"""What everything published carries: an audience, an embargo, and whether moderation hid it."""

from __future__ import annotations

from django.db import models

from parvis.consultations.enums import Audience


class Published(models.Model):
    """Audience, embargo and moderation, decided by `consultations.rules.readable`."""

    audience = models.CharField("qui peut lire", max_length=12, choices=Audience, default=Audience.PUBLIC)
    embargo_until = models.DateTimeField(
        "rien de public avant le", null=True, blank=True, help_text="Vide : pas d'embargo."
    )
    hidden_at = models.DateTimeField("masqué le", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
