"""Minutes sent to those who were there: what they were shown, what they said of it."""

from __future__ import annotations

import datetime

from django.db import models

from parvis.consultations.models import Participant
from parvis.core.codes import new_code
from parvis.meetings.models.minutes import Minutes
from parvis.people.models import User


class MinutesCheck(models.Model):
    """One sending of a draft to those present, until a deadline. `shown` is the text as it was sent."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="checks")
    edition_number = models.PositiveSmallIntegerField("édition préparée")
    sent_at = models.DateTimeField("envoyé le")
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    until = models.DateField("réponses jusqu'au (inclus)")
    shown = models.JSONField("texte envoyé", default=dict, help_text="Line code → [theme name, kind, family, text].")

    class Meta:
        verbose_name = "relecture des participants"
        verbose_name_plural = "relectures des participants"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["minutes", "edition_number"], name="minutes_check_once")]

    def __str__(self) -> str:
        return f"relecture de {self.minutes_id}"

    def is_open(self, day: datetime.date) -> bool:
        """Whether one may still comment on `day`."""
        return day <= self.until


class LineComment(models.Model):
    """What someone present says of a line, or of the whole (`line` empty). Read by those who write the minutes."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    check_sent = models.ForeignKey(MinutesCheck, models.CASCADE, related_name="comments")
    line = models.CharField("ligne", max_length=12, blank=True)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    text = models.TextField("remarque", max_length=2_000)
    written_at = models.DateTimeField("écrite le")
    answer = models.TextField("suite donnée", blank=True, max_length=1_000)
    handled_at = models.DateTimeField("traitée le", null=True, blank=True)
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "remarque sur un compte-rendu"
        verbose_name_plural = "remarques sur les comptes-rendus"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"remarque {self.code}"
