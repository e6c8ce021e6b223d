"""Every address that a consultation had: the former ones lead to the present one, and are given to no other."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models.consultation import Consultation


class ConsultationAddress(models.Model):
    """An address of a consultation, present or former: unique among all, and gone with it."""

    slug = models.SlugField(max_length=80, unique=True)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="addresses")

    class Meta:
        verbose_name = "adresse d'une concertation"
        verbose_name_plural = "adresses d'une concertation"

    def __str__(self) -> str:
        return self.slug
