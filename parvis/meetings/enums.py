"""The codes of a meeting and of its minutes."""

from django.db.models import TextChoices


class MeetingKind(TextChoices):
    WORKSHOP = "workshop", "Atelier partenaires"
    PLENARY = "plenary", "Plénière"
    BILATERAL = "bilateral", "Rencontre bilatérale"
    TECHNICAL_COMMITTEE = "technical_committee", "Comité technique"
    STEERING_COMMITTEE = "steering_committee", "Comité de pilotage"
    PUBLIC_MEETING = "public_meeting", "Réunion publique"
    WALK = "walk", "Marche exploratoire"
    DOORSTEP = "doorstep", "Pied d'immeuble"
    PARENTS_CAFE = "parents_cafe", "Café des parents"


class MinutesRole(TextChoices):
    """What a line of an edition of minutes is."""

    INTRODUCTION = "introduction", "Introduction"
    ITEM = "item", "Contribution"


class LinePlace(TextChoices):
    """Where a line of working text goes."""

    ITEM = "item", "Contribution"
    INTRODUCTION = "introduction", "Introduction"
    ASIDE = "aside", "Mis de côté"


class WordState(TextChoices):
    """Proposed by a correction; known only once an agent accepts."""

    PROPOSED = "proposed", "Proposé"
    ACCEPTED = "accepted", "Reconnu"
    REFUSED = "refused", "Écarté"


class BoardState(TextChoices):
    """A room is prepared, lives, then is closed for good."""

    PREPARED = "prepared", "En préparation"
    OPEN = "open", "En cours"
    CLOSED = "closed", "Terminé"


class RoomStep(TextChoices):
    """What a room does at a moment of its agenda."""

    OPINIONS = "opinions", "Tour des avis"
    STRENGTHS = "strengths", "Atouts"
    CHALLENGES = "challenges", "Défis"
    PROPOSALS = "proposals", "Propositions"
    PRIORITIES = "priorities", "Priorités"
    OTHER = "other", "Autre temps"


class SeatRole(TextChoices):
    FACILITATOR = "facilitator", "Animation"
    SECRETARY = "secretary", "Secrétaire de table"
    PHONE = "phone", "Téléphone"


class Admission(TextChoices):
    """Whether someone is in the room: beyond those it expects, phones wait for the facilitator."""

    WAITING = "waiting", "En attente"
    ADMITTED = "admitted", "Dans la salle"
    SET_ASIDE = "set_aside", "Mise de côté"


class MarkField(TextChoices):
    """What may be said of a note or of a family, the last intention winning."""

    FAMILY = "family", "Rangée dans la famille"
    DUPLICATE_OF = "duplicate_of", "Dit la même chose que"
    HIDDEN = "hidden", "Masquée à l'écran"
    PROMOTED = "promoted", "Mise en avant"
    WITHDRAWN = "withdrawn", "Retirée"


class Presence(TextChoices):
    """Where someone invited to a meeting stands."""

    INVITED = "invited", "Sans réponse"
    REGISTERED = "registered", "Inscrit·e"
    EXCUSED = "excused", "Excusé·e"
    PRESENT = "present", "Présent·e"
    ABSENT = "absent", "Absent·e"
