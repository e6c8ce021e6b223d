"""The acronyms that everybody uses and few can spell out."""

from __future__ import annotations

from django.db import models

from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.territories.models import Territory


class GlossaryEntry(DerivedModel):
    """An acronym of an agglomération, edited by its agents, one tap away wherever it is met."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="glossary")
    acronym = models.CharField("sigle", max_length=30)
    expansion = models.CharField("en toutes lettres", max_length=200)
    explanation = models.TextField("à quoi ça sert", blank=True, max_length=600)
    sort_key = DerivedCharField(max_length=30, sources=["acronym"])

    class Meta:
        verbose_name = "sigle"
        verbose_name_plural = "glossaire"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "acronym"],
                name="acronym_once",
                violation_error_message="Ce sigle est déjà dans le glossaire : modifiez-le plutôt.",
            )
        ]

    def __str__(self) -> str:
        return self.acronym
