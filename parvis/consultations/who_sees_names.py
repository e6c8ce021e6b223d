"""« Qui verra mon nom ? »: the answer, in the same words in mails, on paper and on pages."""

from __future__ import annotations

from typing import Final

from parvis.consultations.models import Consultation
from parvis.consultations.rules import reads_names
from parvis.people.models import User

NAMES_KEPT: Final = (
    "Dans cette concertation, les financeurs ne lisent pas qui a dit quoi : demandez à une autre personne de l'équipe "
    "projet."
)
_FUNDERS: Final = "Les financeurs, dont l'État et le délégué du préfet, n'y lisent pas les noms."
_OTHERS: Final = (
    "Votre direction, votre organisme, les autres partenaires et le public ne voient pas qui a dit quoi. Les "
    "résultats comptent des organismes, et un nombre d'où se devinerait une réponse n'est donné qu'encadré : « au "
    "moins 10 sur 12 »."
)
_ON_REQUEST: Final = (
    "Les documents d'une administration peuvent être communiqués à qui les demande (code des relations entre le public "
    "et l'administration) : les noms des personnes y sont alors occultés."
)


def who_sees_names(consultation: Consultation) -> tuple[str, ...]:
    """Paragraphs. Asks who reads names."""
    names = ", ".join(str(user) for user in readers_of_names(consultation))
    return (
        "L'équipe projet de cette concertation, et elle seule" + (f" : {names}." if names else "."),
        *([_FUNDERS] if consultation.names_kept_from_funders else []),
        _OTHERS,
        _ON_REQUEST,
    )


def readers_of_names(consultation: Consultation) -> list[User]:
    """The project team, without its funders where they are kept out.

    Each member is asked of the rule itself only then: whom it turns away must not be named here as a reader.
    """
    members = User.objects.filter(memberships__consultation=consultation).order_by("name", "email")
    kept_out = consultation.names_kept_from_funders
    return [user for user in members if not kept_out or reads_names(user, consultation)]
