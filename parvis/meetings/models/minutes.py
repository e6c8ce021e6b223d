"""Minutes: the working text between a report and its edition."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.consultations.enums import Kind
from parvis.consultations.models import Consultation, Contribution, Theme
from parvis.core.codes import new_code
from parvis.core.one_line import OneLineField
from parvis.meetings.enums import LinePlace
from parvis.meetings.models.meeting import Meeting
from parvis.people.models import User
from parvis.publishing.models import Draft
from parvis.territories.models import Territory


class Minutes(Draft):
    """The working text of a report; may cover several meetings. What the public reads is its last edition."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="minutes")
    meetings = models.ManyToManyField(Meeting, related_name="minutes", verbose_name="rencontres")
    title = OneLineField("titre", max_length=240)
    contributions = models.ManyToManyField(
        Contribution,
        related_name="minutes",
        blank=True,
        verbose_name="contributions publiées",
        help_text="All that an edition of these minutes ever published, whatever their lines became since.",
    )
    version = models.PositiveIntegerField(default=0, help_text="Grows at each change: two agents cannot overwrite.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "compte-rendu"
        verbose_name_plural = "comptes-rendus"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"minutes:{self.code}"


class MinutesSource(models.Model):
    """A file or a pasted text that came in, kept whole so that the review can show it beside its reading."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="sources")
    name = models.CharField("nom du fichier", max_length=240)
    format = models.CharField("format", max_length=12)
    lines = models.JSONField("lignes")
    warnings = models.JSONField("remarques de lecture", default=list)
    sha256 = models.CharField("empreinte", max_length=64)
    added_at = models.DateTimeField("déposé le", auto_now_add=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "source d'un compte-rendu"
        verbose_name_plural = "sources"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "sha256"],
                name="minutes_source_once",
                violation_error_message="Ce fichier est déjà dans ce compte-rendu.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MinutesLine(models.Model):
    """One line of working text: a contribution, a paragraph of introduction, or something set aside (never lost)."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField("ordre")
    place = models.CharField("place", max_length=12, choices=LinePlace)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, verbose_name="thématique")
    territory = models.ForeignKey(
        Territory,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lieu",
        help_text="The commune or the neighbourhood it speaks of; that of the meeting when empty.",
    )
    heading = models.CharField("titre lu dans la source", max_length=240, blank=True)
    kind = models.CharField("nature", max_length=12, choices=Kind, blank=True)
    number = models.CharField("numéro imprimé", max_length=12, blank=True)
    text = models.TextField("texte")
    details = models.JSONField("sous-points", default=list, help_text="Texts of the sub-items, in order.")
    conclusion = models.BooleanField("conclut les précédentes", default=False)
    family = models.CharField("famille d'idées", max_length=200, blank=True)
    family_dots = models.PositiveIntegerField("gommettes de la famille", default=0)
    dots = models.PositiveIntegerField("gommettes", default=0, help_text="Those of the note, not of its family.")
    role = models.CharField("rôle lu dans la source", max_length=12, blank=True)
    confidence = models.FloatField("confiance", default=1.0)
    doubt = models.CharField("doute", max_length=240, blank=True)
    checked = models.BooleanField("vérifiée", default=False)
    source = models.ForeignKey(MinutesSource, models.SET_NULL, null=True, blank=True, related_name="minutes_lines")
    source_line = models.PositiveIntegerField("ligne de la source", null=True, blank=True)
    source_last_line = models.PositiveIntegerField("dernière ligne", null=True, blank=True)
    origins = models.JSONField(
        "autres provenances",
        default=list,
        help_text="Passages (source, first, last) and contributions whose words this line took in by a gesture.",
    )
    contribution = models.ForeignKey(
        Contribution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="minutes_lines",
        verbose_name="contribution",
    )

    class Meta:
        verbose_name = "ligne de compte-rendu"
        verbose_name_plural = "lignes de compte-rendu"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="minutes_item_has_a_kind",
                condition=~Q(place="item") | ~Q(kind=""),
                violation_error_message="Choisissez défi, atout ou proposition.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}.{self.position}"


class MinutesChange(models.Model):
    """One gesture of the review, with what the lines it touched were before: what « Annuler » puts back. Taken back, it
    stays until the next gesture, for « Rétablir ».

    Holds text, so it is dropped when the minutes are published or a line is erased.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="changes")
    verb = models.CharField("geste", max_length=40)
    label = models.CharField("libellé", max_length=160)
    before = models.JSONField(help_text="Touched lines by code: their fields, or None when the gesture made them.")
    after = models.JSONField(null=True, help_text="Once taken back: what « Rétablir » puts back. None while it stands.")
    sources = models.JSONField(default=list, help_text="Once taken back: the sources that went with an import.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "geste de relecture"
        verbose_name_plural = "gestes de relecture"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label
