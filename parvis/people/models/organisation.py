"""The partners' directory: organisations of a territory, and the people met there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.core.one_line import OneLineField
from parvis.core.text import fold
from parvis.people.enums import COLLEGE_OF, College, OrganisationType
from parvis.territories.models import Territory


class Organisation(DerivedModel):
    """A partner institution, in the directory of the territory that consults it."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="organisations", verbose_name="annuaire de")
    name = OneLineField("nom", max_length=160)
    type = models.CharField("type", max_length=24, choices=OrganisationType, default=OrganisationType.OTHER)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    address = models.TextField("adresse postale", blank=True, max_length=400)
    other_names = models.JSONField(
        "autres noms", default=list, blank=True, editable=False, help_text="Those of the organisations it absorbed."
    )
    sort_key = DerivedCharField(max_length=160, sources=["name"])

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "sort_key"],
                name="organisation_once",
                violation_error_message="Un organisme porte déjà ce nom : modifiez-le plutôt.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def college(self) -> College:
        """The grain of published figures."""
        return COLLEGE_OF[OrganisationType(self.type)]

    @property
    def journal_name(self) -> str:
        return f"organisation:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.territory.code


def _shown(name: str, position: str, email: str) -> str:
    return name or position or email or "Contact effacé"


def _order_of(*known: str) -> str:
    return fold(_shown(*known))


class Contact(DerivedModel):
    """Someone of an organisation. One of them at most, its référent, speaks for it."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts", verbose_name="organisme")
    name = OneLineField("nom", max_length=120, blank=True)
    position = models.CharField("fonction", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    is_referent = models.BooleanField("référent de l'organisme", default=False)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True, editable=False)
    sort_key = DerivedCharField(max_length=120, sources=["name", "position", "email"], derive=_order_of)

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=~Q(email=""), name="contact_address_once",
                violation_error_message="Cette adresse est déjà dans l'annuaire de cet organisme.",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_referent=True), name="referent_once",
                violation_error_message="Cet organisme a déjà un référent : enlevez-le d'abord.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _shown(self.name, self.position, self.email)

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def journal_name(self) -> str:
        return f"contact:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.organisation.territory.code


class FollowUpConsent(models.Model):
    """A name and an address given for one purpose, withdrawable, stored apart from what was said."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    purpose = models.CharField("pour", max_length=20, choices=[("presentation", "Être présentée une action")])
    subject = models.CharField("objet", max_length=40, db_index=True, help_text="`sheet:<code>`.")
    owner = models.CharField("donné par", max_length=40, db_index=True, help_text="`participant:<code>`.")
    name = OneLineField("nom", max_length=120)
    email = models.EmailField("adresse électronique")
    given_at = models.DateTimeField("donné le")

    class Meta:
        verbose_name = "consentement"
        verbose_name_plural = "consentements"
        ordering = ["given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["purpose", "subject", "owner"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"
