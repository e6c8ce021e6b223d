"""Invented territories and agents, as few as a test needs."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import Consultation
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.lifecycle import open_consultation
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories

TABLE = """code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci
QN00101M,Les Tilleuls,00101,Vallières,200000001,Val de Lune
QN00102M,La Gare,00102,Montreuillon,200000001,Val de Lune
QN00201M,Le Port,00201,Rochebelle,200000002,Grand Large
"""


@dataclass(frozen=True)
class Places:
    """Two agglomérations that have nothing to do with each other."""

    lune: Territory
    vallieres: Territory
    tilleuls: Territory
    large: Territory


def make_places() -> Places:
    import_territories(None, TABLE)
    return Places(
        lune=Territory.objects.get(official_code="200000001"),
        vallieres=Territory.objects.get(official_code="00101"),
        tilleuls=Territory.objects.get(official_code="QN00101M"),
        large=Territory.objects.get(official_code="200000002"),
    )


def make_agent(territory: Territory | None, role: RoleKind = RoleKind.ADMINISTRATOR, name: str = "") -> User:
    """An agent who holds `role` on `territory` (no role when None)."""
    name = name or f"Agent {User.objects.count() + 1}"
    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@exemple.fr", name=name)
    if territory is not None:
        Role.objects.create(user=user, territory=territory, kind=role)
    return user


def make_consultation(actor: User, territory: Territory, slug: str = "contrat-de-ville") -> Consultation:
    """Open, as most tests need it."""
    details = ConsultationDetails(title="Contrat de ville", slug=slug, authority=territory.name)
    consultation = create_consultation(actor, territory, details)
    open_consultation(actor, consultation)
    return consultation
