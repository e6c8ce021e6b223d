"""The mails whose text the agents of a consultation may write: what each is for, its fields, the text proposed.

Each app registers its own in `ready()`, under the name of their purpose in the queue of mails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MailField:
    """What may stand between braces. `example`: what a preview shows for it, unless the consultation tells better.

    One of several lines, or that is somebody's own, has no place in a subject.
    """

    name: str
    meaning: str
    example: str = ""
    in_subject: bool = True

    @property
    def code(self) -> str:
        """As it is typed."""
        return f"{{{self.name}}}"


CONSULTATION: Final = MailField("concertation", "le titre de la concertation")
AUTHORITY: Final = MailField("collectivite", "qui organise")
THE_AUTHORITY: Final = MailField("La_collectivite", "qui organise, avec son article, en tête d'une phrase")
SALUTATION: Final = MailField("salutation", "« Madame la Maire », « Monsieur Exemple »…", "Madame la Maire")
ORGANISATION: Final = MailField("organisme", "l'organisme de la personne", "Ville d'Exemple")
UNTIL: Final = MailField("date_limite", "jusqu'à quand répondre")
WHO_SEES: Final = MailField("qui_voit_mon_nom", "qui verra son nom", in_subject=False)
SIGNATURE: Final = MailField("signature", "signataires, collectivité, adresse de contact", in_subject=False)
IN_ALL: Final = (SALUTATION, ORGANISATION, CONSULTATION, AUTHORITY, THE_AUTHORITY, SIGNATURE)


def link_field(meaning: str, example: str) -> MailField:
    """The personal link of whoever reads the mail; `example` is its page."""
    return MailField("lien", meaning, example, in_subject=False)


@dataclass(frozen=True, slots=True)
class MailKind:
    """`when`: to whom it goes, in a sentence. `mandatory`: fields without which the mail would miss its purpose."""

    purpose: str
    label: str
    when: str
    subject: str
    body: str
    fields: tuple[MailField, ...]
    mandatory: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def subject_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.in_subject)


_kinds: Final[dict[str, MailKind]] = {}


def register(kind: MailKind) -> None:
    """Make `kind` known. Raises `ValueError` when its purpose already is."""
    if kind.purpose in _kinds:
        raise ValueError(f"the text of {kind.purpose} is registered twice")
    _kinds[kind.purpose] = kind


def mail_kinds() -> tuple[MailKind, ...]:
    """All of them, in the order in which apps registered them."""
    return tuple(_kinds.values())


def mail_kind(purpose: str) -> MailKind | None:
    """The one of this purpose, None when its text is not for agents to write."""
    return _kinds.get(purpose)
