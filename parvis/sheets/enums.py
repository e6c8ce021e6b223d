"""The codes of opinions. Labels are French, codes never change."""

from django.db.models import TextChoices


class OpinionValue(TextChoices):
    """The seven answers, in the order of the keys 1 to 7."""

    STRENGTHEN = "strengthen", "À renforcer"
    CONTINUE = "continue", "À poursuivre"
    ADAPT = "adapt", "À faire évoluer"
    RECONSIDER = "reconsider", "À réinterroger"
    UNKNOWN = "unknown", "Je ne connais pas cette action"
    NO_VIEW = "no_view", "Sans avis"
    OUT_OF_SCOPE = "out_of_scope", "Hors de mon périmètre"


COMMENT_EXPECTED = frozenset({OpinionValue.ADAPT, OpinionValue.RECONSIDER})
"""Where a comment is asked for, and never required."""


class Relation(TextChoices):
    """What ties the one who answers to the action."""

    NONE = "none", "Aucun lien"
    LEAD = "lead", "Nous la portons"
    FUNDER = "funder", "Nous la finançons"
    REFERRER = "referrer", "Nous y orientons des personnes"


class SheetState(TextChoices):
    DRAFT = "draft", "Brouillon"
    READY = "ready", "Montrée aux partenaires"
    WITHDRAWN = "withdrawn", "Retirée"


class FileKind(TextChoices):
    PICTURE = "picture", "Image"
    ATTACHMENT = "attachment", "Pièce jointe"
    SOURCE = "source", "Fichier d'origine"


class WaitingState(TextChoices):
    """What became of a sheet read in a Word file."""

    WAITING = "waiting", "À relire"
    STORED = "stored", "Enregistrée"
    DROPPED = "dropped", "Écartée"


class ResultsRole(TextChoices):
    """What a line of an edition of results is."""

    FIGURES = "figures", "Chiffres d'une fiche"
    REPLY = "reply", "Réponse du porteur"
    THEME = "theme", "Chiffres d'une thématique"


class PublicDetail(TextChoices):
    """What anyone reads of the opinions, once they are published."""

    AWARENESS = "awareness", "Qui connaît chaque action, rien de plus"
    BY_THEME = "by_theme", "Qui connaît chaque action ; ce qu'on en pense, par thématique"
    BY_ACTION = "by_action", "Qui connaît chaque action, et ce qu'on en pense, action par action"


class LeadsDetail(TextChoices):
    """What the lead of an action reads of the opinions on it, before anyone outside the project team."""

    AWARENESS = "awareness", "Qui connaît leurs actions"
    BOTH = "both", "Qui connaît leurs actions, et ce qu'on en pense"


class CommitteesDetail(TextChoices):
    """What the technical and steering committees read, workshops included."""

    AWARENESS = "awareness", "Qui connaît chaque action"
    BOTH = "both", "Qui connaît chaque action, et ce qu'on en pense"
    FULL = "full", "Le détail : les quatre valeurs, par lien et par collège quand c'est possible, le quadrant"
