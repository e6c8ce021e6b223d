"""A rencontre."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from parvis.consultations.models import Consultation, Theme
from parvis.consultations.models.audience import Published
from parvis.core.codes import new_code
from parvis.core.derived import DerivedModel, DerivedTextField
from parvis.core.one_line import OneLineField
from parvis.meetings.enums import MeetingKind
from parvis.territories.models import Territory


class Meeting(DerivedModel, Published):
    """A meeting of a consultation: when, where, about which themes, who came (in figures)."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="meetings")
    kind = models.CharField("nature", max_length=20, choices=MeetingKind, default=MeetingKind.WORKSHOP)
    title = OneLineField("titre", max_length=160)
    introduction = models.TextField("présentation", blank=True)
    starts_at = models.DateTimeField("commence le", db_index=True)
    ends_at = models.DateTimeField("finit le", null=True, blank=True)
    place = models.CharField("lieu", max_length=160, blank=True)
    address = models.CharField("adresse", max_length=240, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="meetings", verbose_name="territoire")
    themes = models.ManyToManyField(Theme, related_name="meetings", blank=True, verbose_name="thématiques")
    people_count = models.PositiveIntegerField("personnes présentes", null=True, blank=True)
    organisation_count = models.PositiveIntegerField("organismes présents", null=True, blank=True)
    changed_at = models.DateTimeField(
        "changée le", null=True, blank=True, editable=False, help_text="Date, lieu, annulation : ce qu'on doit savoir."
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    search_key = DerivedTextField(default="", sources=["title", "introduction", "place"])

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                violation_error_message="La rencontre finit avant de commencer : corrigez l'une des deux heures.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_name(self) -> str:
        return f"meeting:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code
