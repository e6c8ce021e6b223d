"""The unit of speech."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.consultations.enums import ContributionState, Kind, Origin
from parvis.consultations.models.consultation import Consultation, Theme
from parvis.consultations.models.participant import Participant
from parvis.core.codes import new_code
from parvis.core.derived import DerivedModel, DerivedTextField
from parvis.insight.stems import stems
from parvis.territories.models import Territory


def stemmed(text: str, details: list[str]) -> str:
    """What a search compares: the stem of each word, once."""
    return " ".join(dict.fromkeys(stems(" ".join([text, *details]))))


class Contribution(DerivedModel):
    """A défi, an atout or a proposition. Who may read it follows from its consultation, theme and state."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="contributions")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="contributions", verbose_name="thématique")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    text = models.TextField("texte")
    details = models.JSONField("sous-points", default=list)
    conclusion = models.BooleanField("conclut les précédentes", default=False)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, verbose_name="territoire")
    origin = models.CharField("origine", max_length=12, choices=Origin)
    state = models.CharField("état", max_length=12, choices=ContributionState, default=ContributionState.DRAFT)
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name="écrite par"
    )
    reference = models.UUIDField(null=True, editable=False, help_text="The operation that brought it.")
    stamps = models.JSONField(default=dict, editable=False, help_text="Field → stamp of the intention that set it.")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    erased_at = models.DateTimeField("effacée le", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    search_key = DerivedTextField(default="", sources=["text", "details"], derive=stemmed)

    class Meta:
        verbose_name = "contribution"
        verbose_name_plural = "contributions"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "reference"], condition=~Q(reference=None), name="contribution_reference_once"
            )
        ]
        indexes = [models.Index(fields=["consultation", "state"], name="contribution_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    @property
    def journal_name(self) -> str:
        return f"contribution:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code
