"""What each person reads and does with each kind of sheet, at each step of the cycle, compared with a small oracle.

The oracle is written from the design and calls no rule of Parvis; the answers are those of the real addresses.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from parvis.consultations.enums import Audience, ContributionState, PhaseControl, PhaseKind
from parvis.consultations.models import Consultation, Contribution, Participant, Partner, Phase, TeamMember, Theme
from parvis.consultations.operations.devices import add_device
from parvis.core import clock
from parvis.people.enums import OrganisationType, RoleKind
from parvis.people.models import Contact, User
from parvis.sheets.enums import FileKind, SheetState
from parvis.sheets.models import ActionSheet, Opinion, Position, ResultsRelease
from tests.meetings.scene import agent
from tests.sheets.scene import Sheets, close_review, make_sheets, organisation, published_results

pytestmark = pytest.mark.django_db

SHEETS = ("public", "partners", "restricted", "team", "embargo", "draft", "withdrawn", "hidden", "closed theme",
          "team's theme")  # fmt: skip
PARTNERS = ("in perimeter", "out of perimeter", "restricted group", "lead", "other consultation", "revoked", "nobody")
AGENTS = ("team", "administrator", "reader", "elsewhere")
INSIDE = frozenset({"in perimeter", "out of perimeter", "restricted group", "lead"})


def partner_reads(who: str, sheet: str) -> bool:
    """An invited partner reads what is for partners, embargo or not; the restricted group what is for it."""
    if who not in INSIDE:
        return False
    if sheet in ("restricted", "closed theme"):
        return who == "restricted group"
    return sheet in ("public", "partners", "embargo")


def agent_reads(who: str, sheet: str) -> bool:
    """Agents of the territory read drafts and what is hidden; what is reserved is for the project team."""
    if who == "elsewhere":
        return False
    return who == "team" or sheet not in ("restricted", "team", "closed theme", "team's theme")


def outcome(who: str, allowed: bool, kinds: tuple[PhaseKind, ...], phase: PhaseKind, state: str) -> str:
    """What the outbox answers: nothing before the step, `late` after it, and never on what she does not read."""
    if not allowed or phase not in kinds or state == "waiting":
        return "rejected"
    return "applied" if state == "open" else "late"


@dataclass
class World:
    scene: Sheets
    sheets: dict[str, ActionSheet]
    files: dict[str, str]
    themes: dict[str, Theme]
    people: dict[str, Participant]
    agents: dict[str, User]

    def key(self, who: str) -> str:
        if who not in self.people:
            return ""
        person = self.people[who]
        key = add_device(person)
        if who == "revoked":
            Participant.objects.filter(pk=person.pk).update(revoked_at=clock.now())
        return key

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.agents:
            client.force_login(self.agents[who])
        elif who in self.people:
            session = client.session
            session["participant_key"] = self.key(who)
            session.save()
        return client


@pytest.fixture
def world() -> World:
    cache.clear()
    scene = make_sheets()
    here = scene.consultation
    ActionSheet.objects.filter(consultation=here).delete()
    themes = {
        "open": scene.scene.jobs,
        "closed": Theme.objects.create(consultation=here, name="Sécurité", slug="s", audience=Audience.RESTRICTED),
        "team": Theme.objects.create(consultation=here, name="Interne", slug="i", audience=Audience.TEAM),
    }
    fields: dict[str, dict[str, object]] = {
        "public": {"audience": Audience.PUBLIC},
        "partners": {"audience": Audience.PARTNERS},
        "restricted": {"audience": Audience.RESTRICTED},
        "team": {"audience": Audience.TEAM},
        "embargo": {"audience": Audience.PUBLIC, "embargo_until": clock.now() + datetime.timedelta(days=9)},
        "draft": {"state": SheetState.DRAFT},
        "withdrawn": {"state": SheetState.WITHDRAWN},
        "hidden": {"hidden_at": clock.now()},
    }
    sheets, files = {}, {}
    for name in SHEETS:
        theme = {"closed theme": "closed", "team's theme": "team"}.get(name, "open")
        title, more = f"Fiche {SHEETS.index(name)}", fields.get(name, {})
        sheets[name] = scene.sheet(title, themes[theme], lead=scene.ddets, **more)
        files[name] = (
            sheets[name]
            .files.create(kind=FileKind.ATTACHMENT, name="a.pdf", data=b"?", size=1, content_type="application/pdf")
            .code
        )
    beside = organisation(scene.scene, "Un bailleur", OrganisationType.LANDLORD)
    Partner.objects.get(organisation=beside).themes.set([scene.scene.health])
    Partner.objects.filter(organisation=scene.asso).update(reads_restricted=True)
    another = Consultation.objects.create(
        slug="autre",
        title="Autre",
        territory=here.territory,
        authority="Vallières",
        audience=Audience.PUBLIC,
        opened_at=here.opened_at,
    )
    Partner.objects.create(consultation=another, organisation=scene.caf)
    Phase.objects.create(consultation=another, kind=PhaseKind.REVIEW, control=PhaseControl.OPEN)
    stranger = Contact.objects.create(organisation=scene.caf, name="Ailleurs", email="x@organisme.example")
    people = {
        "in perimeter": scene.participant(scene.caf, "Claire"),
        "out of perimeter": scene.participant(beside, "Karim"),
        "restricted group": scene.participant(scene.asso, "Jeanne"),
        "lead": scene.participant(scene.ddets, "Rémi"),
        "other consultation": Participant.objects.create(
            consultation=another, organisation=scene.caf, contact=stranger
        ),
        "revoked": scene.participant(scene.caf, "Partie"),
    }
    territory = here.territory
    agents = {
        "team": scene.scene.alice,
        "administrator": agent("Irene", (RoleKind.ADMINISTRATOR, territory)),
        "reader": agent("Luc", (RoleKind.READER, territory)),
        "elsewhere": scene.scene.dan,
    }
    return World(scene, sheets, files, themes, people, agents)


def test_which_sheets_each_partner_reads(world: World) -> None:
    found, wanted = {}, {}
    for who in PARTNERS:
        client = world.client(who)
        listed = client.get("/partenaires/fiches/").content.decode()
        for name, sheet in world.sheets.items():
            address = f"/partenaires/fiches/{sheet.code}/"
            found[who, name] = (
                sheet.title in listed,
                client.get(address).status_code == 200,
                client.get(f"{address}fichiers/{world.files[name]}/").status_code == 200,
            )
            wanted[who, name] = (partner_reads(who, name),) * 3
    assert found == wanted


def test_which_sheets_each_agent_reads(world: World) -> None:
    found, wanted = {}, {}
    for who in AGENTS:
        client = world.client(who)
        start = f"/gestion/concertations/{world.scene.consultation.code}/fiches/"
        listed = client.get(start).content.decode()
        for name, sheet in world.sheets.items():
            file = client.get(f"{start}{sheet.code}/fichiers/{world.files[name]}/")
            found[who, name] = (sheet.title in listed, file.status_code == 200)
            wanted[who, name] = (agent_reads(who, name),) * 2
    assert found == wanted


def _only(consultation: Consultation, kind: PhaseKind, state: str) -> None:
    """A cycle of one step, that waits, is open, or is over."""
    Phase.objects.filter(consultation=consultation).delete()
    today, day = clock.today(), datetime.timedelta(days=1)
    opens, closes = {
        "waiting": (today + day, today + 9 * day), "open": (today - day, today + day),
        "over": (today - 9 * day, today - day),
    }[state]  # fmt: skip
    Phase.objects.create(consultation=consultation, kind=kind, opens_on=opens, closes_on=closes)


REVIEW, WRITING = (PhaseKind.REVIEW,), (PhaseKind.REVIEW, PhaseKind.WORKSHOPS)


def test_what_each_partner_does_at_each_step(world: World) -> None:
    """An opinion on each sheet, a contribution on each theme, all sent at once, at each step of the cycle."""
    found, wanted = {}, {}
    keys = {who: world.key(who) for who in PARTNERS}
    for kind in PhaseKind:
        for state in ("waiting", "open", "over"):
            for who in PARTNERS:
                cell = (kind.value, state, who)
                with transaction.atomic():
                    _only(world.scene.consultation, kind, state)
                    found[cell] = _send_all(world, keys[who])
                    transaction.set_rollback(True)
                if who in ("revoked", "nobody"):
                    wanted[cell] = ["401"]
                    continue
                opinions = [outcome(who, partner_reads(who, name), REVIEW, kind, state) for name in SHEETS]
                open_themes = ["open", *(["closed"] if who == "restricted group" else [])] if who in INSIDE else []
                notes = [outcome(who, theme in open_themes, WRITING, kind, state) for theme in world.themes]
                wanted[cell] = opinions + notes
    assert found == wanted


def _send_all(world: World, key: str) -> list[str]:
    bodies = [{"kind": "opinion", "sheet": sheet.code, "value": "continue"} for sheet in world.sheets.values()]
    bodies += [
        {"kind": "note", "contribution_kind": "challenge", "theme": theme.code, "text": "Un mot"}
        for theme in world.themes.values()
    ]
    ops = [{"op_id": str(uuid.uuid4()), "seq": seq, **body} for seq, body in enumerate(bodies, start=1)]
    answer = Client().post(
        "/api/v1/outbox", {"device": "d", "ops": ops}, content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {key}",
    )  # fmt: skip
    if answer.status_code != 200:
        return [str(answer.status_code)]
    return [result["status"] for result in answer.json()["results"]]


def test_who_gives_the_position_of_an_organisation_and_when(world: World) -> None:
    """Its référent, while opinions are open, on a sheet she reads."""
    found, wanted = {}, {}
    referent = world.people["in perimeter"].contact
    assert referent is not None
    Contact.objects.filter(pk=referent.pk).update(is_referent=True)
    clients = {who: world.client(who) for who in PARTNERS}
    for kind in PhaseKind:
        for state in ("waiting", "open", "over"):
            for who in ("in perimeter", "lead", "nobody"):
                for name in ("public", "team"):
                    with transaction.atomic():
                        _only(world.scene.consultation, kind, state)
                        clients[who].post("/partenaires/position/", {f"v-{world.sheets[name].code}": "continue"})
                        found[kind.value, state, who, name] = Position.objects.exists()
                        transaction.set_rollback(True)
                    wanted[kind.value, state, who, name] = (
                        kind == PhaseKind.REVIEW and state == "open" and who == "in perimeter" and name == "public"
                    )
    assert found == wanted


SECRETS = ("canari-commentaire", "canari-nom")


def test_who_reads_what_partners_think_and_who_said_it(world: World) -> None:
    """Before anything is shared, once shared with the leads, once published. Names and comments: the team alone."""
    someone = world.people["in perimeter"]
    assert someone.contact is not None
    someone.contact.name = SECRETS[1]
    someone.contact.save()
    world.scene.opine(someone, world.sheets["public"], "adapt", comment=SECRETS[0])
    bob, chloe = world.scene.scene.bob, world.scene.scene.chloe
    TeamMember.objects.create(consultation=world.scene.consultation, user=bob)
    agents = {**world.agents, "facilitator of the team": bob, "moderator": chloe}
    world.agents = agents
    everyone = [*PARTNERS, *agents]
    desk = f"/gestion/concertations/{world.scene.consultation.code}/avis/"
    of_sheet = f"{desk}{world.sheets['public'].code}/"
    public = f"/concertations/{world.scene.consultation.slug}/avis/"

    def picture() -> dict[str, tuple[bool, ...]]:
        found = {}
        for who in everyone:
            client = world.client(who)
            voices = client.get(of_sheet).content.decode()
            found[who] = (
                all(secret in voices for secret in SECRETS),
                any(secret in client.get(desk).content.decode() for secret in SECRETS[:1]),
                client.get(f"{desk}avis-des-partenaires.csv").status_code == 200,
                world.sheets["public"].title in client.get("/partenaires/mes-actions/").content.decode(),
                client.get(public).status_code == 200,
            )
        return found

    def oracle(*, shared: bool, published: bool) -> dict[str, tuple[bool, ...]]:
        team = ("team", "facilitator of the team")
        return {who: (who in team, False, who in team, shared and who == "lead", published) for who in everyone}

    assert picture() == oracle(shared=False, published=False)
    with transaction.atomic():
        published_results(world.scene)
        ResultsRelease.objects.update(published_at=None, edition=None)
        cache.clear()
        assert picture() == oracle(shared=True, published=False)
        transaction.set_rollback(True)
    published_results(world.scene)
    cache.clear()
    assert picture() == oracle(shared=True, published=True)
    said = Client().get(public).content.decode()
    assert [secret for secret in SECRETS if secret in said] == []


def test_who_opens_the_results_and_when(world: World) -> None:
    """The project team, among those who prepare, once the opinions are over."""
    bob = world.scene.scene.bob
    TeamMember.objects.create(consultation=world.scene.consultation, user=bob)
    world.agents["facilitator of the team"] = bob
    clients = {who: world.client(who) for who in [*world.agents, "lead", "nobody"]}
    address = f"/gestion/concertations/{world.scene.consultation.code}/avis/diffusion/"
    until = (clock.today() + datetime.timedelta(days=9)).isoformat()
    found, wanted = {}, {}
    for kind in PhaseKind:
        for state in ("waiting", "open", "over"):
            for who, client in clients.items():
                with transaction.atomic():
                    _only(world.scene.consultation, kind, state)
                    client.post(address, {"share": "1", "reply_until": until})
                    found[kind.value, state, who] = ResultsRelease.objects.exists()
                    transaction.set_rollback(True)
                wanted[kind.value, state, who] = kind == PhaseKind.REVIEW and state == "over" and who == "team"
    assert found == wanted


def test_who_hides_a_comment(world: World) -> None:
    """Who moderates, among the project team: the others do not even read it."""
    world.scene.opine(world.people["in perimeter"], world.sheets["public"], "adapt", comment="Un mot")
    opinion = Opinion.objects.get()
    bob, chloe = world.scene.scene.bob, world.scene.scene.chloe
    for member in (bob, chloe):
        TeamMember.objects.create(consultation=world.scene.consultation, user=member)
    world.agents |= {"facilitator of the team": bob, "moderator of the team": chloe}
    found = {}
    for who in [*world.agents, *PARTNERS]:
        with transaction.atomic():
            world.client(who).post(
                f"/gestion/concertations/{world.scene.consultation.code}/avis/{world.sheets['public'].code}"
                f"/commentaires/{opinion.code}/",
                {"geste": "masquer"},
            )
            found[who] = Opinion.objects.filter(comment_hidden_at__isnull=False).exists()
            transaction.set_rollback(True)
    assert found == {who: who in ("team", "moderator of the team") for who in [*world.agents, *PARTNERS]}


def test_who_reads_a_contribution_in_each_of_its_states(world: World) -> None:
    """Anyone: what was published, visible, on an open theme. Before that, its author alone."""
    close_review(world.scene)
    minutes = world.scene.scene.published()
    said = minutes.contributions.order_by("id")[0]
    found, wanted = {}, {}
    for state in ContributionState:
        for theme in world.themes:
            Contribution.objects.filter(pk=said.pk).update(state=state, theme=world.themes[theme])
            cache.clear()
            for who in (*PARTNERS, *AGENTS):
                page = world.client(who).get(f"/contributions/{said.code}/")
                found[state.value, theme, who] = page.status_code == 200 and said.text in page.content.decode()
                wanted[state.value, theme, who] = state == ContributionState.VISIBLE and theme == "open"
    assert found == wanted
