"""What is being prepared for publication, and the validation steps it passed."""

from __future__ import annotations

from django.db import models

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation
from parvis.people.models import User
from parvis.publishing.enums import PublishingState


class Draft(models.Model):
    """The base of a row that prepares editions: minutes, the release of results, later a synthesis or a contract.

    `subject` names its editions and its steps (`<kind>:<code>`), `<kind>` being registered in `publishing.registry`.
    Operations of `publishing` alone change `state`.
    """

    consultation: Consultation | models.ForeignKey[Consultation]
    state = models.CharField("état", max_length=12, choices=PublishingState, default=PublishingState.DRAFT)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        raise NotImplementedError

    @property
    def journal_name(self) -> str:
        return self.subject

    @property
    def journal_place(self) -> str:
        return self.consultation.code


class StepDue(models.Model):
    """A validation step that an edition waits for since it was sent to it, whatever its consultation chose since.

    Taken out of the consultation, it still holds what was sent before: who publishes does not spare herself a step.
    """

    subject = models.CharField("objet", max_length=40, help_text="That of the editions: `minutes:…`, `results:…`.")
    kind = models.CharField("étape", max_length=20, choices=StepKind)
    edition_number = models.PositiveSmallIntegerField("édition préparée")
    position = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "étape due"
        verbose_name_plural = "étapes dues"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["subject", "edition_number", "kind"], name="step_due_once")]

    def __str__(self) -> str:
        return f"{self.subject} : {self.get_kind_display()}"


class StepPassed(models.Model):
    """Who passed which validation step of a draft, when, with what remark and what had changed."""

    subject = models.CharField("objet", max_length=40, help_text="That of the editions: `minutes:…`, `results:…`.")
    kind = models.CharField("étape", max_length=20, choices=StepKind)
    edition_number = models.PositiveSmallIntegerField("édition préparée", help_text="A correction starts again.")
    passed_at = models.DateTimeField("validée le")
    passed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    note = models.TextField("remarque", blank=True, max_length=2000)
    changed_lines = models.PositiveIntegerField("lignes changées depuis l'étape précédente", default=0)

    class Meta:
        verbose_name = "étape validée"
        verbose_name_plural = "étapes validées"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["subject", "edition_number", "kind"], name="step_passed_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject}"
