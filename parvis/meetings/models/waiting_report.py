"""A long report, from the moment it came to the moment it is laid in its minutes."""

from __future__ import annotations

from django.db import models

from parvis.core.codes import new_code
from parvis.meetings.models.meeting import Meeting
from parvis.meetings.models.minutes import MinutesSource
from parvis.people.models import User


class WaitingReport(models.Model):
    """A file that a thread reads beside the requests. The row goes once its last line is laid.

    Its lines are laid some hundreds at a time: `source` is where they are, `laid` how many. A worker that dies leaves a
    claim that runs out, and the next goes on from there.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="waiting_reports")
    name = models.CharField("nom du fichier", max_length=240)
    data = models.BinaryField("fichier")
    added_at = models.DateTimeField("déposé le", auto_now_add=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    source = models.OneToOneField(MinutesSource, models.SET_NULL, null=True, related_name="waiting_report")
    laid = models.PositiveIntegerField("lignes déjà rangées", default=0)
    attempts = models.PositiveSmallIntegerField("lectures commencées", default=0)
    refusal = models.TextField("refus", blank=True, help_text="Why it cannot be read: a person then takes it away.")
    claim = models.CharField(max_length=12, blank=True, db_index=True, help_text="Qui le lit en ce moment.")
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "compte-rendu en lecture"
        verbose_name_plural = "comptes-rendus en lecture"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_name(self) -> str:
        return f"waiting_report:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.meeting.consultation.code
