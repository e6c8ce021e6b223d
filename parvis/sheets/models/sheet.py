"""A flagship action run in the priority neighbourhoods, as partners are shown it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.consultations.models import Consultation, Theme
from parvis.consultations.models.audience import Published
from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.core.one_line import OneLineField
from parvis.people.models import Organisation
from parvis.sheets.enums import FileKind, SheetState
from parvis.territories.models import Territory


class ActionSheet(DerivedModel, Published):
    """A sheet. `number` is short: it is what one types from a paper booklet. Without territory: everywhere."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField("numéro")
    state = models.CharField("état", max_length=10, choices=SheetState, default=SheetState.DRAFT)
    title = OneLineField("intitulé", max_length=200)
    summary = models.TextField("en bref", blank=True, max_length=1_000)
    themes = models.ManyToManyField(Theme, related_name="sheets", verbose_name="thématiques")
    territories = models.ManyToManyField(Territory, blank=True, related_name="sheets", verbose_name="territoires")
    lead = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_sheets",
        verbose_name="porteur (annuaire)",
    )
    lead_name = OneLineField("porteur", max_length=200, blank=True)
    partners = models.JSONField("partenaires associés", default=list)
    public = models.CharField("public visé", max_length=300, blank=True)
    since = models.CharField("depuis", max_length=200, blank=True)
    budget = models.CharField("budget", max_length=200, blank=True)
    funding = models.JSONField("financements", default=list, help_text="[[source, amount], …]")
    indicators = models.JSONField("indicateurs", default=list)
    text = models.TextField("description", blank=True, max_length=20_000)
    internal_note = models.TextField(
        "note de l'équipe", blank=True, max_length=20_000, help_text="Contact, doutes : jamais montrée aux partenaires."
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name="reprise de", editable=False
    )
    sort_key = DerivedCharField(max_length=200, sources=["title"])

    class Meta:
        verbose_name = "fiche action"
        verbose_name_plural = "fiches actions"
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="sheet_number_once"),
            models.UniqueConstraint(fields=["consultation", "sort_key"], name="sheet_title_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_name(self) -> str:
        return f"sheet:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code


class SheetFile(models.Model):
    """A picture, an attachment or the Word file a sheet came from. In the database: one backup holds everything."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="files")
    kind = models.CharField("nature", max_length=10, choices=FileKind)
    name = models.CharField("nom du fichier", max_length=120)
    content_type = models.CharField(max_length=100)
    alt = models.CharField("texte de remplacement", max_length=300, blank=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField("taille (octets)")

    class Meta:
        verbose_name = "fichier d'une fiche"
        verbose_name_plural = "fichiers des fiches"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(kind="picture"), name="sheet_picture_once")
        ]

    def __str__(self) -> str:
        return self.name
