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


class MinutesState(TextChoices):
    """Draft until the agent sends them to validation; published by an edition; reopened by a correction."""

    DRAFT = "draft", "Brouillon"
    VALIDATION = "validation", "En validation"
    READY = "ready", "Prêt à publier"
    PUBLISHED = "published", "Publié"


ALLOWED_MOVES: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.DRAFT: frozenset({MinutesState.VALIDATION, MinutesState.READY}),
    MinutesState.VALIDATION: frozenset({MinutesState.READY, MinutesState.DRAFT}),
    MinutesState.READY: frozenset({MinutesState.PUBLISHED, MinutesState.DRAFT}),
    MinutesState.PUBLISHED: frozenset({MinutesState.DRAFT}),
}


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
