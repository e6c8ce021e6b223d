"""Who speaks in a consultation, and the invitations by which she came in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from parvis.consultations.enums import Channel, InvitationKind, Origin, Standing
from parvis.consultations.models.consultation import Consultation, Theme
from parvis.core.codes import new_code
from parvis.core.models import OutgoingMail
from parvis.people.models import Contact, Organisation, User
from parvis.territories.models import Territory


class Partner(models.Model):
    """An organisation taking part, and its perimeter: themes × territories. An empty side leaves nothing out."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerships")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thématiques")
    territories = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name="territoires")
    reads_restricted = models.BooleanField("lit ce qui est réservé au groupe restreint", default=False)

    class Meta:
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
        ordering = ["organisation__sort_key", "id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "organisation"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.consultation_id}"


class Participant(models.Model):
    """Someone in one consultation. Holds no e-mail address: a partner's is her contact's.

    `clock` is the greatest Lamport clock received from her devices. `standing` says whether what she says counts, and
    `decided_at`, `decided_by` who last said so; those that nobody decided about keep what they came in with.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="participants")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="participants")
    origin = models.CharField("venue par", max_length=12, choices=Origin, default=Origin.INVITED)
    came_by = models.ForeignKey(
        "Invitation", models.SET_NULL, null=True, blank=True, related_name="participants", verbose_name="entrée par"
    )
    standing = models.CharField("compte", max_length=12, choices=Standing, default=Standing.COUNTED)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    clock = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField("accès retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "participant"
        verbose_name_plural = "participants"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "contact"], condition=~Q(contact=None), name="participant_contact_once"
            )
        ]
        indexes = [models.Index(fields=["consultation", "standing"], name="participant_by_standing")]

    def __str__(self) -> str:
        return f"participant {self.code}"

    @property
    def journal_name(self) -> str:
        return f"participant:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code


class DeviceKey(models.Model):
    """What one device of a participant shows to send operations to the outbox. Only its hash is kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="keys")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "clé d'appareil"
        verbose_name_plural = "clés d'appareils"

    def __str__(self) -> str:
        return f"clé de {self.participant_id}"


class Invitation(models.Model):
    """Opens one consultation, and nothing else: revocable, counted. Its token is made again when a letter is.

    To a contact it opens one participant, whatever the device. To an organisation, or open (a QR on a wall), each
    opening makes a participant.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="invitations")
    kind = models.CharField("nature", max_length=12, choices=InvitationKind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="invitations")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="invitations")
    forwarded_by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="forwarded")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    mail = models.OneToOneField(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="invitation", verbose_name="dernier courriel"
    )
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    channel = models.CharField("envoyée par", max_length=8, choices=Channel, blank=True)
    reminded_at = models.DateTimeField("relancée le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    openings = models.PositiveIntegerField("ouvertures", default=0)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "contact"],
                condition=Q(kind="contact", revoked_at=None),
                name="invitation_contact_once",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.code}"

    @property
    def journal_name(self) -> str:
        return f"invitation:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.consultation.code
