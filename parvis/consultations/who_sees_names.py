"""« Qui verra mon nom ? »: the answer, in the same words in mails, on paper and on pages."""

from __future__ import annotations

from typing import Final

from parvis.consultations.models import Consultation

_OTHERS: Final = (
    "Votre direction, votre organisme, les autres partenaires et le public ne voient pas qui a dit quoi. Les "
    "résultats comptent des organismes, par grand collège. Un nombre sous cinq n'est jamais publié."
)
_ON_REQUEST: Final = (
    "Les documents d'une administration peuvent être communiqués à qui les demande (code des relations entre le public "
    "et l'administration) : les noms des personnes y sont alors occultés."
)


def who_sees_names(consultation: Consultation) -> tuple[str, ...]:
    """Paragraphs. Asks for the names of the project team."""
    members = consultation.members.select_related("user").order_by("user__name", "user__email")
    names = ", ".join(str(member.user) for member in members)
    return (
        "L'équipe projet de cette concertation, et elle seule" + (f" : {names}." if names else "."),
        _OTHERS,
        _ON_REQUEST,
    )
