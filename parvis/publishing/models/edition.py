"""What was published, frozen.

The method: each line has a salt; its hash is SHA-256(salt ‖ canonical JSON of its content); the edition's hash is
SHA-256 over its header and the hashes of its lines, in order. Hiding a line withholds its content, erasing a person
also drops its salt: the line's hash stays, so the edition's hash still verifies and tells nothing of what is gone.
"""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Consultation
from parvis.core.codes import new_code
from parvis.people.models import User


class Edition(models.Model):
    """One published state of a subject (`minutes:…`, `results:…`), built by the app that publishes."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="editions")
    subject = models.CharField("objet", max_length=40, help_text="`<kind>:<code>`, for example `minutes:…`.")
    number = models.PositiveSmallIntegerField("numéro")
    header = models.JSONField("en-tête", help_text="What the hash covers beside the lines: title, date, place…")
    note = models.TextField("ce qui a changé", blank=True)
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "édition"
        verbose_name_plural = "éditions"
        ordering = ["subject", "number"]
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.subject} n° {self.number}"

    @property
    def journal_name(self) -> str:
        return f"edition:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code


class EditionLine(models.Model):
    """One line, with its salted hash. `reference` is the same from edition to edition (`contribution:<code>`, …)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField("ordre")
    role = models.CharField("rôle", max_length=12, help_text="Given by the app that publishes: `item`, `figures`…")
    reference = models.CharField("référence", max_length=40, db_index=True)
    content = models.JSONField("contenu", null=True, help_text="None once erased.")
    salt = models.CharField("sel", max_length=32, null=True, help_text="None once erased.")
    digest = models.CharField("empreinte", max_length=64)
    hidden_at = models.DateTimeField("masquée le", null=True, blank=True)

    class Meta:
        verbose_name = "ligne d'édition"
        verbose_name_plural = "lignes d'édition"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="edition_line_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.position}"

    @property
    def is_contribution(self) -> bool:
        return self.reference.startswith("contribution:")
