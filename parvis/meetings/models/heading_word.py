"""Words that name a kind in the reports of a house, beyond those every report uses."""

from __future__ import annotations

from django.db import models

from parvis.consultations.enums import Kind
from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.meetings.enums import WordState
from parvis.meetings.models.minutes import Minutes
from parvis.people.models import User
from parvis.reading import heading_key
from parvis.territories.models import Territory


class HeadingWord(DerivedModel):
    """A heading that corrections revealed, offered to be known from now on. Nothing is learned until one accepts."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="heading_words")
    phrase = models.CharField("intertitre", max_length=60)
    key = DerivedCharField(max_length=60, sources=["phrase"], derive=heading_key)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    state = models.CharField("état", max_length=12, choices=WordState, default=WordState.PROPOSED)
    lines = models.PositiveIntegerField("contributions rangées dessous", default=0)
    minutes = models.ForeignKey(Minutes, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    class Meta:
        verbose_name = "intertitre appris"
        verbose_name_plural = "intertitres appris"
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "key"],
                name="heading_word_once",
                violation_error_message="Cet intertitre est déjà dans la liste.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase
