"""A consultation: its cycle of phases, its themes, its team, the steps its minutes pass."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from parvis.consultations.enums import Audience, PhaseControl, PhaseKind, StepKind
from parvis.consultations.models.audience import Published
from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.core.one_line import OneLineField
from parvis.people.models import User
from parvis.territories.models import Territory


class Consultation(DerivedModel, Published):
    """The whole cycle, on one territory. May have a parent (agglomération → villes)."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = OneLineField("titre", max_length=160)
    introduction = models.TextField("présentation", blank=True)
    next_steps = models.TextField("et ensuite ?", blank=True, help_text="Ce qui vient après, en quelques phrases.")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="consultations", verbose_name="territoire")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="fait partie de"
    )
    authority = models.CharField("collectivité qui organise", max_length=160)
    contact_email = models.EmailField("adresse de contact", blank=True)
    team = models.ManyToManyField(User, through="TeamMember", related_name="consultations")
    funders = models.ManyToManyField(User, related_name="+", blank=True, verbose_name="agents d'un financeur")
    names_kept_from_funders = models.BooleanField(
        "les financeurs ne lisent pas qui a dit quoi", default=False, help_text="Même dans l'équipe projet."
    )
    one_person_validates = models.BooleanField(
        "une même personne peut valider plusieurs étapes", default=False, help_text="Là où l'équipe est une personne."
    )
    electoral_from = models.DateField("période électorale : du", null=True, blank=True)
    electoral_until = models.DateField("au (inclus)", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True, editable=False)
    archived_at = models.DateTimeField("archivée le", null=True, blank=True, editable=False)
    sort_key = DerivedCharField(max_length=160, sources=["title"])

    class Meta:
        verbose_name = "concertation"
        verbose_name_plural = "concertations"
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="electoral_period_has_two_ends",
                condition=Q(electoral_from=None, electoral_until=None) | Q(electoral_until__gte=F("electoral_from")),
                violation_error_message="La période électorale a un premier et un dernier jour, dans cet ordre.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_name(self) -> str:
        return f"consultation:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.code


class TeamMember(models.Model):
    """An agent named in the project team: the only ones who see who said what."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = "membre de l'équipe projet"
        verbose_name_plural = "équipe projet"
        constraints = [models.UniqueConstraint(fields=["consultation", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.consultation_id}"


class Phase(models.Model):
    """A stretch of the cycle. Phases may overlap; dates open and close them, or an agent by hand."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="phases")
    kind = models.CharField("étape", max_length=12, choices=PhaseKind)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    opens_on = models.DateField("ouvre le", null=True, blank=True)
    closes_on = models.DateField("ferme le (inclus)", null=True, blank=True)
    control = models.CharField("ouverture", max_length=8, choices=PhaseControl, default=PhaseControl.DATES)

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "kind"], name="phase_kind_once"),
            models.CheckConstraint(
                name="phase_closes_after_it_opens",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                violation_error_message=(
                    "La date de fermeture vient avant la date d'ouverture : corrigez l'une des deux."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_open(self, day: datetime.date) -> bool:
        """Whether what this phase allows may be done on `day`. Without an opening date, it waits."""
        if self.control != PhaseControl.DATES:
            return self.control == PhaseControl.OPEN
        if self.opens_on is None or day < self.opens_on:
            return False
        return self.closes_on is None or day <= self.closes_on

    def is_over(self, day: datetime.date) -> bool:
        """Whether it was open once and is no more."""
        if self.control == PhaseControl.DATES:
            return self.closes_on is not None and day > self.closes_on
        return self.control == PhaseControl.CLOSED and self.opens_on is not None and day >= self.opens_on


class Theme(models.Model):
    """A theme of a consultation (Emploi / Insertion…). Born with its consultation, editable."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="themes")
    name = OneLineField("nom", max_length=120)
    slug = models.SlugField(max_length=120, editable=False)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    audience = models.CharField("qui peut lire", max_length=12, choices=Audience, default=Audience.PUBLIC)

    class Meta:
        verbose_name = "thématique"
        verbose_name_plural = "thématiques"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "slug"], name="theme_slug_once")]

    def __str__(self) -> str:
        return self.name


class ThemeAlias(DerivedModel):
    """Another heading under which reports name the theme. `key` is folded."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="aliases")
    label = models.CharField("autre nom", max_length=120)
    key = DerivedCharField(max_length=120, sources=["label"])

    class Meta:
        verbose_name = "autre nom d'une thématique"
        verbose_name_plural = "autres noms"
        constraints = [models.UniqueConstraint(fields=["theme", "key"], name="theme_alias_once")]

    def __str__(self) -> str:
        return self.label


class ValidationStep(models.Model):
    """A step that minutes of this consultation pass before publication, in order of `position`."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="steps")
    kind = models.CharField("étape de validation", max_length=20, choices=StepKind)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "étape de validation"
        verbose_name_plural = "étapes de validation"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "kind"], name="validation_step_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
