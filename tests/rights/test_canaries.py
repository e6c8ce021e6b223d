"""Another town's words, everywhere they could stand: nobody of this town meets one, on any page, feed or file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.core import clock
from parvis.people.models import Contact, User
from tests.rights.canaries import FINDABLE, MARK, fill
from tests.rights.crawl import addresses, get, variants, words_of
from tests.rights.town import Town, make_town

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({"territories.Territory", "territories.TerritoryAncestry", "consultations.GlossaryEntry"})
"""What anyone reads of any town: official names, and the words its acronyms stand for."""
ADDRESS_IS_THE_KEY = frozenset({"/atelier/<str:room>/", "/signalements/<str:code>/"})
"""Whoever holds the code of a room, or the number of a report that she made, reads what it opens."""

ALL_FORMATS = ("anyone", "coordinator", "partner")
"""Those who ask each export in each format: it is slow, and the right is asked before the format is."""


DIRECTORY = (
    "/gestion/concertations/<str:code>/annuaire/",
    "/gestion/concertations/<str:code>/invitations/",
    "/gestion/concertations/<str:code>/saisie/",
    "/gestion/courriels/",
    "/gestion/rencontres/<str:code>/salle/inscriptions/",
)
"""Where agents find the people of their directory: who they are, never what they said."""


@pytest.fixture
def towns() -> tuple[Town, Town]:
    """Ours, then the other one, filled with the mark. Its consultation is for its partners."""
    cache.clear()
    other = make_town()
    assert fill(public=PUBLIC) == []
    Consultation.objects.update(audience=Audience.PARTNERS)
    _rename_territories(other)
    ours = make_town()
    cache.clear()
    return ours, other


def _rename_territories(town: Town) -> None:
    """The two towns of a scene have official codes, which are given once."""
    from parvis.territories.models import Territory

    for place in Territory.objects.order_by("pk"):
        place.official_code = f"9{place.official_code[1:]}"
        place.save()


Look = Callable[[str, str, str], None]
"""Called with the route, the address and what was read there."""


def crawl(client: Client, pages: list[tuple[str, str]], look: Look) -> None:
    """Read each page, and what its own forms and links lead to."""
    for route, address in pages:
        said = words_of(get(client, address))
        look(route, address, said)
        for query in sorted(set(variants(said))):
            where = f"{address}?{query}"
            look(route, where, words_of(get(client, where)))


def leaks(client: Client, pages: list[tuple[str, str]], also: Look | None = None) -> list[str]:
    """Addresses whose answer holds the mark. `also` looks at the same answers for something else."""
    found = []

    def look(route: str, address: str, said: str) -> None:
        if held(said, address) and held(words_of(get(client, address)), address):
            found.append(f"{route} {address}")
        if also is not None:
            also(route, address, said)

    crawl(client, pages, look)
    return found


def held(said: str, address: str) -> bool:
    """Whether an answer holds the mark. Asked twice by `leaks`: a random token may spell it, once."""
    return MARK in without_echo(said, address.partition("?")[0])


def without_echo(told: str, address: str) -> str:
    """An answer may say again the code it was asked for: a redirection, most often."""
    for part in address.lower().split("/"):
        told = told.replace(part, "") if MARK in part else told
    return told


def pages_for(actor: str, ours: Town, other: Town) -> list[tuple[str, str]]:
    """Every page of ours, then every address of the other town, whole or below one of ours.

    The public pages do not look at who is signed in: three of us, and a phone in a room, ask them for all.
    """
    here, there, files = ours.values(), other.values(), actor in ALL_FORMATS
    home = dict.fromkeys(addresses(here, here, files=files))
    abroad = dict.fromkeys([*addresses(there, there, files=files), *addresses(here, there, files=files)])
    found = [*home, *(page for page in abroad if page not in home and page[0] not in ADDRESS_IS_THE_KEY)]
    if actor in (*ALL_FORMATS, "phone"):
        return found
    return [page for page in found if page[0].startswith(("/gestion/", "/partenaires/", "/atelier/"))]


def test_nobody_meets_a_word_of_another_town_nor_who_said_what_in_hers(towns: tuple[Town, Town]) -> None:
    """One crawl for both. What is said of a sheet, and the name behind it, are for the project team and their author.

    A name alone stands in the directory, for agents.
    """
    ours, other = towns
    someone = ours.partners["partner"]
    opinion = ours.sheets.permis.opinions.filter(participant=someone)
    opinion.update(comment="zqx8mots")
    Contact.objects.filter(pk=someone.contact_id).update(name="zqx8nom", position="", email="c@organisme.example")
    found: dict[str, list[str]] = {}
    words: set[tuple[str, str]] = set()
    names: set[tuple[str, str]] = set()
    for actor, client in ours.clients().items():

        def look(route: str, address: str, said: str, actor: str = actor) -> None:
            if "zqx8mots" in said:
                words.add((actor, route))
            if "zqx8nom" in said and not (actor in ours.agents and route.startswith(DIRECTORY)):
                names.add((actor, route))

        found[actor] = leaks(client, pages_for(actor, ours, other), look)
    assert {actor: pages for actor, pages in found.items() if pages} == {}
    desk = "/gestion/concertations/<str:code>/avis"
    workbook = ("coordinator", f"{desk}/avis-des-partenaires.<str:extension>")
    results = {("coordinator", f"{desk}/<str:sheet>/"), workbook}
    journal = "/gestion/concertations/<str:code>/journal/"
    told = {("coordinator", journal), ("coordinator", f"{journal}qui-a-fait-quoi.<str:extension>")}
    assert words == {*results, ("partner", "/partenaires/fiches/<str:code>/")}
    her_door = {(actor, "/partenaires/invitation/<str:token>/") for actor in found}
    assert names - her_door == {*results, *told, ("partner", "/partenaires/")}


def test_nobody_outside_meets_a_word_of_a_consultation_that_is_not_public(towns: tuple[Town, Town]) -> None:
    """Public and under embargo, hidden, for the team, for a restricted group: closed alike to those outside."""
    ours, other = towns
    later, before = clock.now() + datetime.timedelta(days=1), clock.now() - datetime.timedelta(days=1)
    closed: list[dict[str, Any]] = [
        {"embargo_until": later}, {"hidden_at": before}, {"audience": "team"}, {"audience": "restricted"}
    ]  # fmt: skip
    clients = {name: client for name, client in ours.clients().items() if name in ("anyone", "partner")}
    open_to_all = {"audience": "public", "embargo_until": None, "hidden_at": None}
    found = []
    for how in closed:
        Consultation.objects.filter(pk=other.sheets.consultation.pk).update(**open_to_all | how)
        cache.clear()
        for name, client in clients.items():
            pages = [page for page in pages_for("", ours, other) if not page[0].startswith(("/gestion/", "/atelier/"))]
            found += [f"{how}: {name} {page}" for page in leaks(client, pages)]
    assert found == []
    Consultation.objects.filter(pk=other.sheets.consultation.pk).update(**open_to_all)
    cache.clear()
    assert MARK in words_of(get(clients["anyone"], "/rencontres/")), "nothing was there to be met"


def test_the_mark_is_there_to_be_met(towns: tuple[Town, Town]) -> None:
    """Its own agents meet it: what the other tests do not find could be found."""
    _, other = towns
    client = other.clients()["coordinator"]
    code = other.values()["consultation"]
    for page in ("", "fiches/", "annuaire/", "invitations/"):
        assert MARK in words_of(get(client, f"/gestion/concertations/{code}/{page}")), page
    assert FINDABLE in User.objects.order_by("pk")[0].name


def test_a_page_shown_a_second_later_is_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of a room are signed with the second at which they are shown."""
    pages = []
    for second in (1_800_000_000, 1_800_000_001):
        monkeypatch.setattr("django.core.signing.time.time", lambda second=second: float(second))
        key = signing.dumps(["CODE", "table"], salt="trial", compress=False)
        pages.append(f'<meta content="{key}"> <a href="/?cle={quote(key)}">Écran</a>'.encode())
    assert pages[0] != pages[1]
    assert [_bare(page) for page in pages] == ['<meta content=""> <a href="/?cle=">Écran</a>'] * 2


HIDDEN_COLUMNS = (
    "ordre=participant__contact__name&tri=-internal_note&order_by=comment&sort=email&internal_note__icontains=a"
    "&participant__contact__name__startswith=C&opinions__comment__contains=r&contact__email__gt=m&state=draft"
)


def test_a_column_that_is_not_shown_neither_filters_nor_orders() -> None:
    """Asking by hidden columns changes nothing: their words cannot be guessed letter by letter."""
    cache.clear()
    ours = make_town()
    here, clients = ours.values(), ours.clients()
    changed = []
    for actor in ("anyone", "partner", "coordinator"):
        for route, address in addresses(here, here, files=False):
            if route == "/gestion/composants/":  # samples that hold no row; their links say the question again
                continue
            answer = get(clients[actor], address)
            if answer.status_code != 200:
                continue
            plain = _bare(answer.content)
            if _bare(get(clients[actor], f"{address}?{HIDDEN_COLUMNS}").content) != plain:
                changed.append(f"{actor} {route}")
    assert changed == []


def _bare(page: bytes) -> str:
    """A page without what differs at each answer: csrf tokens, keys of forms or signed now, the question again."""
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", unescape(page.decode("utf-8", "replace")))
    text = re.sub(r'name="(?:form_key|op_id)" value="[\w-]+"', "", text)
    text = re.sub(r"[\w-]+(:|%3A)\w{6}\1[\w-]{43}(?![\w-])", "", text)
    for said in (HIDDEN_COLUMNS, quote(HIDDEN_COLUMNS), quote(HIDDEN_COLUMNS, safe="")):
        text = text.replace(f"?{said}", "").replace(f"%3F{said}", "").replace(said, "")
    return text
