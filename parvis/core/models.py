"""The journal: who did what, to what, when; and the version of what anyone may read."""

from __future__ import annotations

from django.db import models

from parvis.core.mailing.models import MailContent, OutgoingMail

__all__ = ["JournalEntry", "MailContent", "OutgoingMail", "PublicVersion"]


class JournalEntry(models.Model):
    """One fact that happened: codes and values only, never a text that may have to be erased.

    Written by operations only, in their own transaction; never changed.
    """

    at = models.DateTimeField("date", db_index=True)
    actor = models.CharField("auteur", max_length=40, help_text="`user:<code>`, `participant:<code>`, `system`.")
    verb = models.CharField("verbe", max_length=60)
    subject = models.CharField("objet", max_length=80, help_text="`<kind>:<code>`.", db_index=True)
    values = models.JSONField("valeurs", default=dict)

    class Meta:
        verbose_name = "écriture du journal"
        verbose_name_plural = "journal"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject}"


class PublicVersion(models.Model):
    """Written by triggers alone (`public_triggers`); all of its rows together are the version (`public_version`)."""

    token = models.CharField(max_length=36)

    class Meta:
        verbose_name = "version de ce qui est public"
        verbose_name_plural = "versions de ce qui est public"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.token
