"""The journal (who did what, to what, when: codes and values only, never a text that may have to be erased), and what
the site writes for itself."""

from __future__ import annotations

from django.db import models

from parvis.core.mailing.models import MailContent, OutgoingMail

__all__ = ["Count", "DatabaseProbe", "JournalEntry", "MailContent", "OutgoingMail", "PublicVersion"]


class JournalEntry(models.Model):
    """One fact that happened: codes and values only, never a text that may have to be erased.

    Written by operations only, in their own transaction; never changed.
    """

    at = models.DateTimeField("date", db_index=True)
    actor = models.CharField("auteur", max_length=40, help_text="`user:<code>`, `participant:<code>`, `system`.")
    verb = models.CharField("verbe", max_length=60)
    subject = models.CharField("objet", max_length=80, help_text="`<kind>:<code>`.", db_index=True)
    values = models.JSONField("valeurs", default=dict)
    place = models.CharField(
        "lieu", max_length=12, blank=True, default="", help_text="Code de ce à quoi l'objet appartient."
    )

    class Meta:
        verbose_name = "écriture du journal"
        verbose_name_plural = "journal"
        ordering = ["id"]
        indexes = [models.Index(fields=["place", "id"], name="journal_by_place")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject}"


class DatabaseProbe(models.Model):
    """One row, written again by each probe of the database: a disk that is full says so only to a write."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = "sonde de la base"
        verbose_name_plural = "sondes de la base"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Count(models.Model):
    """How many times something limited happened within a window of time. Written by `core.limits` alone."""

    subject = models.CharField(max_length=64, help_text="A keyed hash: what is counted cannot be read here.")
    window = models.PositiveBigIntegerField(help_text="Its beginning, in seconds.")
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [models.UniqueConstraint(fields=["subject", "window"], name="count_window_once")]

    def __str__(self) -> str:
        return str(self.count)


class PublicVersion(models.Model):
    """Written by triggers alone (`public_triggers`); all of its rows together are the version (`public_version`)."""

    token = models.CharField(max_length=36)

    class Meta:
        verbose_name = "version de ce qui est public"
        verbose_name_plural = "versions de ce qui est public"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.token
