"""The codes of what is published. Labels are French, codes never change."""

from django.db.models import TextChoices


class PublishingState(TextChoices):
    """Draft until an agent sends it to validation; published by an edition; reopened by a correction."""

    DRAFT = "draft", "Brouillon"
    VALIDATION = "validation", "En validation"
    READY = "ready", "Prêt à publier"
    PUBLISHED = "published", "Publié"


ALLOWED_MOVES: dict[PublishingState, frozenset[PublishingState]] = {
    PublishingState.DRAFT: frozenset({PublishingState.VALIDATION, PublishingState.READY}),
    PublishingState.VALIDATION: frozenset({PublishingState.READY, PublishingState.DRAFT}),
    PublishingState.READY: frozenset({PublishingState.PUBLISHED, PublishingState.DRAFT}),
    PublishingState.PUBLISHED: frozenset({PublishingState.DRAFT}),
}


class FlagReason(TextChoices):
    PERSON = "person", "Une personne est nommée ou reconnaissable"
    OFFENSIVE = "offensive", "Propos injurieux ou discriminatoire"
    FALSE = "false", "Information fausse"
    ILLEGAL = "illegal", "Contenu illicite"
    OTHER = "other", "Autre raison"


class FlagState(TextChoices):
    OPEN = "open", "À traiter"
    UPHELD = "upheld", "Contenu masqué"
    DISMISSED = "dismissed", "Contenu maintenu"
