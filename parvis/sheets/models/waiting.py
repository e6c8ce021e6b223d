"""Sheets read in Word files, waiting for someone to look them over. Nothing of them is shown to partners."""

from __future__ import annotations

from django.db import models

from parvis.consultations.models import Consultation
from parvis.core.codes import new_code
from parvis.core.one_line import OneLineField
from parvis.people.models import User
from parvis.sheets.enums import WaitingState
from parvis.sheets.models.sheet import ActionSheet


class SheetSource(models.Model):
    """A file that was brought. Its words and bytes are kept as long as a sheet of it waits, or may be taken back."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="sheet_sources")
    name = models.CharField("nom du fichier", max_length=120)
    format = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    lines = models.JSONField("lignes", default=list, help_text="Source lines, verbatim.")
    picture = models.BinaryField("image", null=True, blank=True, help_text="Drawn again, None when it shows none.")
    picture_type = models.CharField(max_length=100, blank=True)
    picture_alt = models.CharField("texte de remplacement lu", max_length=300, blank=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField("déposé le")

    class Meta:
        verbose_name = "fichier de fiches"
        verbose_name_plural = "fichiers de fiches"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "sha256"], name="sheet_source_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_name(self) -> str:
        return f"sheet_source:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code


class WaitingSheet(models.Model):
    """One sheet of a file. `read` is what the reading gave, names as written; `typed` what an agent left unfinished.

    `doubts` holds [field, text, line], `places` {field: [lines]}; `sheet` is what it became.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    source = models.ForeignKey(SheetSource, models.CASCADE, related_name="sheets")
    rank = models.PositiveSmallIntegerField("rang dans le fichier")
    state = models.CharField("état", max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    title = OneLineField("intitulé lu", max_length=200, blank=True)
    read = models.JSONField("lu", default=dict)
    typed = models.JSONField("saisi", null=True, blank=True, help_text="Values of the form by field, not checked.")
    typed_at = models.DateTimeField("gardé le", null=True, blank=True)
    doubts = models.JSONField("doutes", default=list)
    places = models.JSONField("lignes de chaque champ", default=dict)
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    sheet = models.ForeignKey(ActionSheet, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "fiche à relire"
        verbose_name_plural = "fiches à relire"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["source", "rank"], name="waiting_sheet_rank_once")]

    def __str__(self) -> str:
        return self.title or f"fiche {self.rank}"

    @property
    def journal_name(self) -> str:
        return f"waiting_sheet:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.source.consultation.code
