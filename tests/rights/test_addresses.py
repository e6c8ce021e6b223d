"""Every address by every role, once more where the consultation lies elsewhere, above or below, or is not for all.

`routes_table.py` says what opens on one's own territory, for a public consultation. What changes when the territory or
the audience does is written here from the design, in words of its own: no rule of Parvis is called.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock
from parvis.people.models import Role
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory, TerritoryAncestry
from tests.rights.town import Town, make_town
from tests.routes_table import (
    ACTORS,
    ADMINISTER,
    COMMITTEES,
    EVERYONE,
    MODERATE,
    NOBODY,
    PREPARE,
    READ,
    TABLE,
    TEAM,
    WRITE,
)
from tests.test_routes import client_of, opens

pytestmark = pytest.mark.django_db

BY_ROLE = frozenset({READ, WRITE, PREPARE, MODERATE, ADMINISTER, TEAM, COMMITTEES})
"""The rows that a role on the territory of the consultation opens. The others open to all, or to whoever signed in."""
OF_A_CONSULTATION = frozenset({
    "slug", "consultation", "sheet", "file", "organisation", "contact", "invitation_code", "door", "opinion", "meeting",
    "minutes", "line", "contribution", "theme", "member", "waiting", "room", "flag", "mail",
})  # fmt: skip
"""Parts of an address that lead into a consultation; the others lead to a territory, or are a key by themselves."""
OF_A_TERRITORY = frozenset({"entry", "word", "user", "territory", "token", "invitation", "table_token", "screen_token"})
READ_BY_ALL = ("/concertations/", "/rencontres/", "/contributions/", "/signaler/")
"""The public pages: without session, they show what is for everyone, to agents as to anyone."""
SHUT_WITH_THE_ROOM = frozenset({"/atelier/<str:room>/cle/<str:audience>", "/atelier/<str:room>/ecran/"})
"""What follows a room: nobody does when it is hidden."""
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Cell:
    """Where the consultation lies seen from the agents' territory, for whom it is, and who tries it."""

    place: str
    audience: str
    embargo: bool = False
    hidden: bool = False
    tried_by: tuple[str, ...] = tuple(ACTORS)
    reads_only: bool = False


CELLS = (
    Cell("below", "partners"),
    Cell("elsewhere", "public", tried_by=("reader", "facilitator", "moderator", "coordinator", "administrator")),
    Cell("own", "restricted"),
    Cell("above", "public", tried_by=("reader", "coordinator", "administrator"), reads_only=True),
    Cell("own", "team", tried_by=("anyone", "coordinator", "administrator"), reads_only=True),
    Cell("own", "public", embargo=True, tried_by=("anyone", "coordinator"), reads_only=True),
    Cell("own", "public", hidden=True, tried_by=("anyone", "coordinator"), reads_only=True),
)
"""All roles try all doors where something new may happen; two or three are enough to see the same again."""


def expected(cell: Cell, name: str, template: str, who: frozenset[str]) -> frozenset[str]:
    """Who passes a door in a cell, according to the design.

    A right given on a territory holds there and below, nowhere else. `restricted` and `team` are for agents of the
    project team; embargo and moderation hold back the public, not the agents who prepare. The public reads what is
    public, neither under embargo nor hidden.
    """
    route = name.partition(" ")[2]
    parts = set(_PART.findall(template))
    inside = bool(parts & OF_A_CONSULTATION)
    if who not in BY_ROLE:
        if route.startswith(READ_BY_ALL) and inside:
            return EVERYONE if cell.audience == "public" and not (cell.embargo or cell.hidden) else NOBODY
        if "screen_token" in parts:  # made by the facilitator of the scene: it opens what she may run
            runs = cell.place in ("own", "below") and cell.audience in ("public", "partners") and not cell.hidden
            return who if runs else NOBODY
        return NOBODY if cell.hidden and "table_token" in parts else who  # a room that is hidden is shut to its tables
    if cell.hidden and route in SHUT_WITH_THE_ROOM:
        return NOBODY
    if parts == {"user"}:  # an agent whom an administrator administers, wherever both of them work
        return who
    if cell.place in ("above", "elsewhere"):
        return NOBODY
    if {"user", "territory"} <= parts and cell.place != "own":  # nobody has a role there, to be changed or taken away
        return NOBODY
    if inside and cell.audience in ("restricted", "team"):
        return who & TEAM
    return who


def place(town: Town, where: str) -> None:
    """Give the agents the same roles seen from elsewhere: the consultation stays where it is."""
    here = town.sheets.consultation.territory
    roles = Role.objects.filter(territory=here).exclude(user=town.sheets.scene.dan)
    if where == "own":
        return
    other = Territory.objects.create(kind=TerritoryKind.MUNICIPALITY, name="Ailleurs", official_code="00999")
    TerritoryAncestry.objects.create(territory=other, ancestor=other)
    if where == "below":  # the consultation is below the agents
        TerritoryAncestry.objects.create(territory=here, ancestor=other)
    elif where == "above":
        TerritoryAncestry.objects.create(territory=other, ancestor=here)
    roles.update(territory=other)


@pytest.fixture
def town() -> Town:
    cache.clear()
    return make_town()


def test_every_part_of_an_address_is_known_here() -> None:
    parts = {part for template, _ in TABLE.values() for part in _PART.findall(template)}
    assert parts <= OF_A_CONSULTATION | OF_A_TERRITORY


def test_what_opens_where_and_for_whom(town: Town) -> None:
    values, wrong = town.values(), []
    clients = {actor: client_of(actor) for actor in ACTORS}
    for cell in CELLS:
        with transaction.atomic():
            place(town, cell.place)
            cache.clear()
            Consultation.objects.filter(pk=town.sheets.consultation.pk).update(
                audience=cell.audience,
                embargo_until=clock.now() + datetime.timedelta(days=1) if cell.embargo else None,
                hidden_at=clock.now() if cell.hidden else None,
            )
            for name, (template, who) in TABLE.items():
                if not _PART.findall(template):
                    continue
                method, _, route = name.partition(" ")
                if cell.reads_only and method == "POST":
                    continue
                wanted = expected(cell, name, template, who)
                for actor in cell.tried_by:
                    client = clients[actor]
                    with transaction.atomic():
                        answer = (client.get if method == "GET" else client.post)((template or route).format(**values))
                        transaction.set_rollback(True)
                    if opens(answer) != (actor in wanted):
                        wrong.append(f"{cell}: {actor} {'opens' if opens(answer) else 'is refused'} {name}")
            transaction.set_rollback(True)
    assert wrong == []
