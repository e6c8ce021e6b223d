"""« Qui verra mon nom ? »: the answer, in the same words in mails, on paper and on pages."""

from __future__ import annotations

from typing import Final

from parvis.consultations.models import Consultation
from parvis.people.enums import STATE_TYPES
from parvis.people.models import Contact, User

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
    """The project team, without its funders where they are kept out: as `rules.naming_consultations`."""
    members = User.objects.filter(memberships__consultation=consultation).order_by("name", "email")
    if consultation.names_kept_from_funders:
        state = Contact.objects.filter(
            organisation__partnerships__consultation=consultation, organisation__type__in=STATE_TYPES
        ).exclude(email="")
        marked = consultation.funders.order_by().values("pk")
        members = members.exclude(pk__in=marked).exclude(email__in=state.order_by().values("email"))
    return list(members)
