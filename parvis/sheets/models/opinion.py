"""What partners say of a sheet: one by one, counted in a room, or in the name of their organisation."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Participant
from parvis.core.codes import new_code
from parvis.people.enums import College
from parvis.people.models import Contact, Organisation, User
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.models.sheet import ActionSheet


class Opinion(models.Model):
    """What a participant says of a sheet. `value` empty: withdrawn.

    Each field keeps the stamp (`outbox.Op.stamp`) of the intention that set it: whatever the order of arrival, the
    greatest wins, and a comment written on one device survives a tap on another.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="opinions")
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="opinions")
    value = models.CharField("avis", max_length=12, choices=OpinionValue, blank=True)
    value_stamp = models.CharField(max_length=130, blank=True, editable=False)
    comment = models.TextField("commentaire", blank=True, max_length=4_000)
    comment_stamp = models.CharField(max_length=130, blank=True, editable=False)
    relation = models.CharField("lien avec l'action", max_length=10, choices=Relation, default=Relation.NONE)
    relation_stamp = models.CharField(max_length=130, blank=True, editable=False)
    updated_at = models.DateTimeField("donné le")
    comment_hidden_at = models.DateTimeField("commentaire masqué le", null=True, blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["participant", "sheet"], name="opinion_once")]
        indexes = [models.Index(fields=["sheet", "value"], name="opinion_by_value")]

    def __str__(self) -> str:
        return f"avis {self.code}"

    @property
    def journal_name(self) -> str:
        return f"opinion:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.sheet.consultation.code


class Position(models.Model):
    """What an organisation says, entered by its référent. Without one, its people's opinions engage nobody."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="positions")
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="positions")
    value = models.CharField("position", max_length=12, choices=OpinionValue)
    entered_by = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField("donnée le")

    class Meta:
        verbose_name = "position de l'organisme"
        verbose_name_plural = "positions des organismes"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sheet"], name="position_once")]

    def __str__(self) -> str:
        return f"position {self.organisation_id} · {self.sheet_id}"


class Tally(models.Model):
    """Stickers counted on an A3 sheet: shown beside the spread, never in awareness."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="tallies")
    college = models.CharField("collège", max_length=24, choices=College)
    value = models.CharField("avis", max_length=12, choices=OpinionValue)
    count = models.PositiveIntegerField("gommettes")
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField("compté le")

    class Meta:
        verbose_name = "comptage"
        verbose_name_plural = "comptages"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "college", "value"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.count} × {self.value}"
