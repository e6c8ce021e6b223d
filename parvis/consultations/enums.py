"""The codes of a consultation. Labels are French, codes never change."""

from django.db.models import TextChoices

from parvis.french.kinds import KINDS


class Audience(TextChoices):
    PUBLIC = "public", "Tout le monde"
    PARTNERS = "partners", "Les partenaires"
    RESTRICTED = "restricted", "Un groupe restreint"
    TEAM = "team", "L'équipe projet"


class PhaseKind(TextChoices):
    PREPARATION = "preparation", "Préparation"
    REVIEW = "review", "Avis des partenaires"
    WORKSHOPS = "workshops", "Ateliers"
    RESIDENTS = "residents", "Concertation des habitants"
    ARBITRATION = "arbitration", "Arbitrages"
    DRAFTING = "drafting", "Rédaction du contrat"
    SIGNATURE = "signature", "Signature"
    FOLLOW_UP = "follow_up", "Suivi"


class PhaseControl(TextChoices):
    """Dates decide, unless an agent opened or closed the phase by hand."""

    DATES = "dates", "Selon les dates"
    OPEN = "open", "Ouverte à la main"
    CLOSED = "closed", "Fermée à la main"


class StepKind(TextChoices):
    """What minutes pass before they may be published, in the order a consultation chooses."""

    PARTICIPANTS = "participants", "Relecture des participants"
    PROJECT_TEAM = "project_team", "Équipe projet"
    TECHNICAL_COMMITTEE = "technical_committee", "Comité technique"
    STEERING_COMMITTEE = "steering_committee", "Comité de pilotage"


DEFAULT_STEPS = (StepKind.PARTICIPANTS, StepKind.PROJECT_TEAM)


class Kind(TextChoices):
    """What a contribution is: what is written of each is in `french.kinds`."""

    CHALLENGE = "challenge", KINDS["challenge"].one
    STRENGTH = "strength", KINDS["strength"].one
    PROPOSAL = "proposal", KINDS["proposal"].one
    UNSORTED = "unsorted", KINDS["unsorted"].one


class Origin(TextChoices):
    WORKSHOP = "workshop", "Atelier"
    INVITED = "invited", "Partenaire invité"
    ONLINE = "online", "En ligne"
    PAPER = "paper", "Papier"
    MEDIATOR = "mediator", "Avec un médiateur"
    IMPORTED = "imported", "Compte-rendu importé"


class ContributionState(TextChoices):
    DRAFT = "draft", "Brouillon"
    PENDING = "pending", "En attente"
    QUARANTINED = "quarantined", "À vérifier"
    VISIBLE = "visible", "Visible"
    HIDDEN = "hidden", "Masquée"
    WITHDRAWN = "withdrawn", "Retirée"


class InvitationKind(TextChoices):
    CONTACT = "contact", "À une personne"
    ORGANISATION = "organisation", "À un organisme"
    OPEN = "open", "Ouverte (QR code affiché)"


class Standing(TextChoices):
    """Whether what someone says counts: who came by a link that anyone may hand on is checked first."""

    TO_CHECK = "to_check", "À vérifier"
    COUNTED = "counted", "Comptée"
    SET_ASIDE = "set_aside", "Mise de côté"


class Channel(TextChoices):
    MAIL = "mail", "Courriel"
    LETTER = "letter", "Courrier"
    LINK = "link", "Lien copié"


class OpStatus(TextChoices):
    """What became of an operation sent by a device."""

    APPLIED = "applied", "Prise en compte"
    LATE = "late", "Arrivée après la fermeture"
    REJECTED = "rejected", "Refusée"
