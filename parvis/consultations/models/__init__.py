from parvis.consultations.models.consultation import (
    Consultation,
    Phase,
    TeamMember,
    Theme,
    ThemeAlias,
    ValidationStep,
)
from parvis.consultations.models.contribution import Contribution
from parvis.consultations.models.edition import Edition, EditionLine
from parvis.consultations.models.flag import Flag
from parvis.consultations.models.glossary import GlossaryEntry

__all__ = [
    "Consultation",
    "Contribution",
    "Edition",
    "EditionLine",
    "Flag",
    "GlossaryEntry",
    "Phase",
    "TeamMember",
    "Theme",
    "ThemeAlias",
    "ValidationStep",
]
