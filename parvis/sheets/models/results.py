"""What was decided of the results: who sees them, from when, and what the leads answered."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Consultation, Participant
from parvis.people.models import User
from parvis.publishing.models import Draft, Edition
from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail
from parvis.sheets.models.sheet import ActionSheet


class ResultsRelease(Draft):
    """How the results of a consultation are made known: to the leads first; then, validated, to everyone."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="results_release")
    shared_with_leads_at = models.DateTimeField("ouvert aux porteurs le", null=True, blank=True)
    reply_until = models.DateField("réponses jusqu'au", null=True, blank=True)
    public_detail = models.CharField(
        "tout le monde lira", max_length=12, choices=PublicDetail, default=PublicDetail.BY_THEME
    )
    leads_detail = models.CharField("les porteurs liront", max_length=12, choices=LeadsDetail, default=LeadsDetail.BOTH)
    committees_detail = models.CharField(
        "les comités liront", max_length=12, choices=CommitteesDetail, default=CommitteesDetail.FULL
    )
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField("publiés le", null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "diffusion des résultats"
        verbose_name_plural = "diffusions des résultats"

    def __str__(self) -> str:
        return f"résultats de {self.consultation_id}"

    @property
    def subject(self) -> str:
        return f"results:{self.consultation.code}"


class FrozenFigures(models.Model):
    """What may be told of a sheet, counted once, when the results are opened to the leads: theirs, then everyone's.

    `shown`: `shown_data` of the whole, and under `relations` and `colleges` that of each part, or null. Those published
    before have a masked `table` instead: rows of colleges then their total, columns of answers then their total, null
    where a number is hidden.
    """

    release = models.ForeignKey(ResultsRelease, models.CASCADE, related_name="figures")
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="frozen_figures")
    shown = models.JSONField("ce qui en est dit")

    class Meta:
        verbose_name = "chiffres arrêtés"
        verbose_name_plural = "chiffres arrêtés"
        constraints = [models.UniqueConstraint(fields=["release", "sheet"], name="frozen_figures_once")]

    def __str__(self) -> str:
        return f"chiffres de {self.sheet_id}"


class LeadReply(models.Model):
    """What the lead of an action answers to the opinions, shown wherever the results of the sheet are."""

    sheet = models.OneToOneField(ActionSheet, models.CASCADE, related_name="lead_reply")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    text = models.TextField("réponse du porteur", max_length=4_000)
    updated_at = models.DateTimeField("écrite le")
    hidden_at = models.DateTimeField("masquée le", null=True, blank=True)

    class Meta:
        verbose_name = "réponse du porteur"
        verbose_name_plural = "réponses des porteurs"

    def __str__(self) -> str:
        return f"réponse sur {self.sheet_id}"
