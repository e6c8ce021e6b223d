"""The logo of the authority that consults. In the database: one backup holds everything."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models.consultation import Consultation


class Logo(models.Model):
    """One a consultation, always a PNG that was drawn again from what was sent."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="logo")
    png = models.BinaryField()
    updated_at = models.DateTimeField("changé le")

    class Meta:
        verbose_name = "logo"
        verbose_name_plural = "logos"

    def __str__(self) -> str:
        return f"logo de {self.consultation_id}"
