"""A funder of the project team meets the name behind no opinion, on any page or file, where they are kept out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.contacts import may_change_address
from parvis.consultations.operations.invitations import invitation_path, invite_contact
from parvis.consultations.operations.names_of_funders import PROMISED, keep_names_from_funders, mark_funder
from parvis.consultations.operations.team import add_member, remove_member
from parvis.consultations.rules import reads_names
from parvis.consultations.who_sees_names import NAMES_KEPT, readers_of_names, who_sees_names
from parvis.core.errors import RefusedInput
from parvis.gathering.desk.late import late_rows
from parvis.meetings.models import MinutesCheck
from parvis.people.enums import RoleKind
from parvis.people.models import Contact, User
from tests.meetings.scene import agent
from tests.rights.crawl import addresses, get, words_of
from tests.rights.test_canaries import DIRECTORY
from tests.rights.town import Town, make_town
from tests.sheets.scene import Sheets, close_review, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db
NAME, SAID = "zqx8nom", "zqx8mots"
SHEET = "/gestion/concertations/<str:code>/avis/<str:sheet>/"
CHECKING = "/gestion/comptes-rendus/<str:code>/participants/"
JOURNAL = tuple(f"/gestion/concertations/<str:code>/journal/{end}" for end in ("", "qui-a-fait-quoi.<str:extension>"))


def kept_from(world: Sheets, *funders: User) -> None:
    for user in funders:
        mark_funder(world.scene.alice, world.consultation, user, funds=True)
    keep_names_from_funders(world.scene.alice, world.consultation, kept=True)
    world.consultation.refresh_from_db()


def met(client: Client, town: Town) -> tuple[set[str], set[str]]:
    """Routes of the desk where one reads what someone said of a sheet, and who said something."""
    said, names = set(), set()
    here = town.values()
    checked = MinutesCheck.objects.get(code=here["check"]).minutes.code
    pages = [*addresses(here, here, files=False), (CHECKING, CHECKING.replace("<str:code>", checked))]
    for route, address in pages:
        if not route.startswith("/gestion/"):
            continue
        words = words_of(get(client, address))
        if SAID in words:
            said.add(route)
        if NAME in words and not route.startswith(DIRECTORY):
            names.add(route)
    return said, names


def test_no_page_or_file_of_the_desk_names_who_said_what_to_a_funder() -> None:
    cache.clear()
    town = make_town()
    someone, alice = town.partners["partner"], town.sheets.scene.alice
    town.sheets.permis.opinions.filter(participant=someone).update(comment=SAID)
    Contact.objects.filter(pk=someone.contact_id).update(name=NAME, position="", email="c@organisme.example")
    assert met(signed_in(alice), town) == ({SHEET}, {SHEET, CHECKING, *JOURNAL}), "nothing was there to be met"
    kept_from(town.sheets, alice)
    cache.clear()
    assert met(signed_in(alice), town) == (set(), set())


@pytest.fixture
def world(db: None) -> Sheets:
    return make_sheets()


def test_a_refusal_gives_its_reason_and_an_unknown_code_is_none(world: Sheets) -> None:
    kept_from(world, world.scene.alice)
    desk = signed_in(world.scene.alice)
    base = f"/gestion/concertations/{world.consultation.code}"
    invitation = Invitation.objects.get(contact=made(world).contact)
    for address in (f"{base}/invitations/liens.csv", f"{base}/imprimer/lettres/",
                    f"{base}/imprimer/lettres/{invitation.code}/"):  # fmt: skip
        answer = desk.post(address, {"who": "tous", "support": "pdf"})
        assert (answer.status_code, NAMES_KEPT in unescaped(answer)) == (403, True), address
        assert desk.post(address.replace(world.consultation.code, "inconnu")).status_code == 404
    sheet = desk.get(f"{base}/avis/{world.permis.code}/")
    assert (sheet.status_code, NAMES_KEPT in unescaped(sheet)) == (403, True)
    assert desk.get(f"{base}/avis/inconnu/").status_code in (403, 404)
    shown = desk.post(f"{base}/invitations/{invitation.code}/", {"show": "1"}, follow=True)
    assert invitation_path(invitation) not in unescaped(shown)
    opened = desk.post(invitation_path(invitation))
    assert NAMES_KEPT in unescaped(opened)
    assert invitation.contact is not None
    assert not may_change_address(world.scene.alice, invitation.contact)


def made(world: Sheets) -> Participant:
    """Someone invited, who came in."""
    someone = world.participant(world.caf)
    assert someone.contact is not None
    invite_contact(None, world.consultation, someone.contact)
    return someone


def unescaped(answer: object) -> str:
    return answer.content.decode().replace("&#x27;", "'").replace("\xa0", " ")  # type: ignore[attr-defined]


def test_what_came_late_does_not_say_from_whom(world: Sheets) -> None:
    someone = world.participant(world.caf)
    close_review(world)
    world.opine(someone, world.permis, "adapt", comment="Tard")
    assert [row.who for row in late_rows(world.scene.alice, world.consultation)] == ["CAF"]
    kept_from(world, world.scene.alice)
    assert [row.who for row in late_rows(world.scene.alice, world.consultation)] == [""]


def test_the_address_of_a_state_partner_makes_a_funder(world: Sheets) -> None:
    """The délégué du préfet is one even if nobody marked her."""
    here = world.consultation.territory
    delegate = agent("Déléguée", (RoleKind.READER, here))
    add_member(world.scene.alice, world.consultation, delegate)
    kept_from(world)
    assert reads_names(delegate, world.consultation)
    Contact.objects.create(organisation=world.ddets, name="Déléguée", email=delegate.email)
    assert not reads_names(delegate, world.consultation)
    assert delegate not in readers_of_names(world.consultation)
    assert reads_names(world.scene.alice, world.consultation)
    assert "dont l'État" in who_sees_names(world.consultation)[1]


def test_who_lost_her_role_is_not_named_as_a_reader(world: Sheets) -> None:
    """The team keeps her, the rule no longer lets her read: she is not announced to partners."""
    kept_from(world)
    assert world.scene.alice in readers_of_names(world.consultation)
    world.scene.alice.roles.all().delete()
    assert readers_of_names(world.consultation) == []


def test_a_funder_does_not_undo_it(world: Sheets) -> None:
    alice, consultation = world.scene.alice, world.consultation
    other = agent("Autre", (RoleKind.COORDINATOR, consultation.territory))
    add_member(alice, consultation, other)
    kept_from(world, alice)
    with pytest.raises(RefusedInput):
        mark_funder(alice, consultation, alice, funds=False)
    remove_member(alice, consultation, alice)
    add_member(alice, consultation, alice)
    assert not reads_names(alice, consultation)
    mark_funder(other, consultation, alice, funds=False)
    assert reads_names(alice, consultation)


def test_the_promise_made_by_an_invitation_is_kept(world: Sheets) -> None:
    kept_from(world)
    keep_names_from_funders(world.scene.alice, world.consultation, kept=False)
    keep_names_from_funders(world.scene.alice, world.consultation, kept=True)
    made(world)
    with pytest.raises(RefusedInput, match=PROMISED[:30]):
        keep_names_from_funders(world.scene.alice, world.consultation, kept=False)
    assert Consultation.objects.get(pk=world.consultation.pk).names_kept_from_funders


def test_the_team_page_marks_funders_and_says_what_partners_read(world: Sheets) -> None:
    desk = signed_in(world.scene.alice)
    base = f"/gestion/concertations/{world.consultation.code}/equipe/"
    desk.post(f"{base}{world.scene.alice.code}/financeur/", {"funds": "1"})
    desk.post(f"{base}financeurs/", {"kept": "1"})
    page = unescaped(desk.get(base))
    assert "Financeur</span>" in page
    assert "Les financeurs, dont l'État et le délégué du préfet, n'y lisent pas les noms." in page
    assert "y sont alors occultés" in page
    assert desk.post(f"{base}inconnu/financeur/", {"funds": "1"}).status_code == 404
