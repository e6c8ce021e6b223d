"""« Ce contenu est-il inapproprié ? »"""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Consultation
from parvis.core.codes import new_code
from parvis.people.models import User
from parvis.publishing.enums import FlagReason, FlagState


class Flag(models.Model):
    """A report made by anyone on something published. Nothing is hidden by the mere number of flags."""

    code = models.CharField("numéro de suivi", max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="flags")
    target_kind = models.CharField("nature", max_length=14, help_text="The name of a kind in `publishing.registry`.")
    target_code = models.CharField("contenu signalé", max_length=40)
    reason = models.CharField("raison", max_length=12, choices=FlagReason)
    comment = models.TextField("précisions", blank=True, max_length=2000)
    state = models.CharField("état", max_length=12, choices=FlagState, default=FlagState.OPEN)
    created_at = models.DateTimeField("reçu le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.TextField("réponse", blank=True, help_text="Lue par qui a signalé, avec son numéro de suivi.")

    class Meta:
        verbose_name = "signalement"
        verbose_name_plural = "signalements"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.code})"

    @property
    def journal_name(self) -> str:
        return f"flag:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code
