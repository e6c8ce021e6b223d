"""Who came: by name for the attendance sheet, in figures for the report. Kept apart from what is said."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Participant
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.core.models import OutgoingMail
from parvis.meetings.enums import Presence
from parvis.meetings.models.board import Board
from parvis.meetings.models.meeting import Meeting
from parvis.people.models import Contact


class Attendance(models.Model):
    """Someone of the directory and a meeting: registered, excused, there or not."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="attendances")
    presence = models.CharField("présence", max_length=12, choices=Presence, default=Presence.REGISTERED)
    reminded_at = models.DateTimeField("rappel envoyé le", null=True, blank=True)
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="attendances",
        verbose_name="courriel de rappel",
    )  # fmt: skip
    told_at = models.DateTimeField("prévenue d'un changement le", null=True, blank=True)
    updated_at = models.DateTimeField("dit le")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "contact"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.get_presence_display()} · {self.meeting_id}"


class Headcount(DerivedModel):
    """How many people of an organisation sit at a table, as its secretary counts them."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="headcounts")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    organisation = models.CharField("organisme", max_length=160)
    key = DerivedCharField(max_length=160, sources=["organisation"])
    people = models.PositiveSmallIntegerField("personnes")
    stamp = models.CharField(max_length=130)

    class Meta:
        verbose_name = "décompte"
        verbose_name_plural = "décomptes"
        ordering = ["key", "id"]
        constraints = [models.UniqueConstraint(fields=["board", "participant", "key"], name="headcount_once")]

    def __str__(self) -> str:
        return f"{self.organisation} : {self.people}"
