from parvis.consultations.models.address import ConsultationAddress
from parvis.consultations.models.consultation import (
    Consultation,
    Phase,
    TeamMember,
    Theme,
    ThemeAlias,
    ValidationStep,
)
from parvis.consultations.models.contribution import Contribution
from parvis.consultations.models.glossary import GlossaryEntry
from parvis.consultations.models.logo import Logo
from parvis.consultations.models.mail_text import MailText
from parvis.consultations.models.outbox_op import OutboxOp
from parvis.consultations.models.participant import DeviceKey, Invitation, Participant, Partner

__all__ = [
    "Consultation",
    "ConsultationAddress",
    "Contribution",
    "DeviceKey",
    "GlossaryEntry",
    "Invitation",
    "Logo",
    "MailText",
    "OutboxOp",
    "Participant",
    "Partner",
    "Phase",
    "TeamMember",
    "Theme",
    "ThemeAlias",
    "ValidationStep",
]
