"""Territories, glossary, agents, and the first page."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.enums import FlagReason, FlagTarget
from parvis.consultations.models import Consultation, GlossaryEntry
from parvis.consultations.operations.flag_content import flag_content
from parvis.core import clock
from parvis.meetings.enums import MinutesState, WordState
from parvis.meetings.models import HeadingWord, Meeting, Minutes
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories
from tests.places import Places, make_agent
from tests.reading_spreadsheets.books import rows_of, xlsx
from tests.web.desk.conftest import signed_in

HOME, TERRITORIES, IMPORT = "/gestion/", "/gestion/territoires/", "/gestion/territoires/import/"
WORDS = "/gestion/intertitres/"
GLOSSARY, AGENTS = "/gestion/glossaire/", "/gestion/agents/"
HEADER = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"
NEW_QPV = HEADER + "QN00103M,Le Pont,00101,Vallières,200000001,Val de Lune\n"


@pytest.mark.parametrize("path", [HOME, TERRITORIES, IMPORT, GLOSSARY, AGENTS, "/gestion/rencontres/"])
def test_desk_is_closed_to_anyone_and_kept_by_no_cache(path: str, client: Client, desk: Client) -> None:
    assert client.get(path)["Location"] == f"/gestion/connexion/?next={path}"
    assert desk.get(path)["Cache-Control"] == "private, no-store"


def test_import_shows_what_it_would_do_before_doing_it(desk: Client) -> None:
    answer = desk.post(IMPORT, {"text": NEW_QPV})
    assert answer.context["summary"] == "ajout de 1 quartier"
    assert not Territory.objects.filter(official_code="QN00103M").exists()
    assert desk.post(IMPORT, {"text": NEW_QPV, "confirm": "1"})["Location"] == TERRITORIES
    assert Territory.objects.get(official_code="QN00103M").name == "Le Pont"


def test_import_of_a_file_brings_its_text_back(desk: Client) -> None:
    file = SimpleUploadedFile("qpv.csv", NEW_QPV.replace(",", ";").encode("cp1252"))
    page = desk.post(IMPORT, {"file": file}).content.decode()
    assert "QN00103M;Le Pont;00101;Vallières" in page


def test_import_of_a_workbook_brings_its_rows_back_as_text_to_confirm(desk: Client) -> None:
    titles, line = (tuple(row.split(",")) for row in NEW_QPV.strip().split("\n"))
    answer = desk.post(IMPORT, {"file": SimpleUploadedFile("qpv.xlsx", xlsx(rows_of(titles, line)))})
    assert answer.context["summary"] == "ajout de 1 quartier"
    text = answer.context["form"]["text"].value()
    assert desk.post(IMPORT, {"text": text, "confirm": "1"})["Location"] == TERRITORIES
    assert Territory.objects.get(official_code="QN00103M").name == "Le Pont"


def test_import_refused_names_the_lines_and_keeps_the_text(desk: Client) -> None:
    answer = desk.post(IMPORT, {"text": NEW_QPV.replace("QN00103M", "<b>PASBON</b>")})
    assert answer.status_code == 422
    assert answer.context["faults"] == (
        "Ligne 2 : « <b>PASBON</b> » n'est pas un code de quartier, par exemple QN09106M.",
    )
    page = answer.content.decode()
    assert "&lt;b&gt;PASBON" in page
    assert "<b>PASBON" not in page
    assert desk.post(IMPORT, {}).context["form"].errors == {
        "text": ["Choisissez un fichier, ou collez les lignes du tableau."]
    }


@pytest.mark.parametrize("role", [role for role in RoleKind if role != RoleKind.ADMINISTRATOR])
def test_import_and_agents_are_for_administrators(role: RoleKind, places: Places) -> None:
    client = signed_in(make_agent(places.lune, role))
    assert [client.get(path).status_code for path in (IMPORT, AGENTS)] == [403, 403]
    assert client.post(IMPORT, {"text": NEW_QPV, "confirm": "1"}).status_code == 403
    assert not Territory.objects.filter(official_code="QN00103M").exists()


def test_import_cannot_take_what_another_territory_administers(desk: Client, places: Places) -> None:
    make_agent(places.large)
    taken = HEADER + "QN00201M,Le Port,00101,Vallières,200000001,Val de Lune\n"
    assert desk.post(IMPORT, {"text": taken, "confirm": "1"}).status_code == 422
    assert str(Territory.objects.get(official_code="QN00201M").parent) == "Rochebelle"


def test_territories_ask_as_much_for_eight_as_for_hundreds(desk: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(TERRITORIES)
    rows = "".join(
        f"QN{20000 + n}M,Quartier {n},{20000 + n // 4},Ville {n // 4},200000001,Val de Lune\n" for n in range(400)
    )
    import_territories(None, HEADER + rows)
    with CaptureQueriesContext(connection) as many:
        assert "Quartier 399" in desk.get(TERRITORIES).content.decode()
    assert len(many) == len(few)


def test_glossary_adds_changes_pastes_and_removes(desk: Client, places: Places) -> None:
    form = {"acronym": "PRE", "expansion": "Réussite éducative", "territory": places.lune.code}
    assert desk.post(GLOSSARY, form).status_code == 302
    assert desk.post(GLOSSARY, form).status_code == 422
    entry = GlossaryEntry.objects.get()
    desk.post(f"{GLOSSARY}{entry.code}/", form | {"explanation": "Pour les enfants"})
    entry.refresh_from_db()
    assert entry.explanation == "Pour les enfants"
    pasted = {"text": "CAF;Caisse\nPRE;Programme", "territory": places.lune.code}
    assert desk.post(f"{GLOSSARY}coller/", pasted).status_code == 302
    assert [each.acronym for each in GlossaryEntry.objects.all()] == ["CAF", "PRE"]
    bad = desk.post(f"{GLOSSARY}coller/", pasted | {"text": "CAF\n"})
    assert (bad.status_code, "Ligne 1" in bad.content.decode()) == (422, True)
    desk.post(f"{GLOSSARY}{entry.code}/retirer/")
    assert [each.acronym for each in GlossaryEntry.objects.all()] == ["CAF"]


def test_glossary_of_another_agglomeration_is_out_of_reach(desk: Client, places: Places) -> None:
    entry = GlossaryEntry.objects.create(territory=places.large, acronym="X", expansion="Ailleurs")
    assert desk.get(f"{GLOSSARY}{entry.code}/").status_code == 404
    assert desk.post(f"{GLOSSARY}{entry.code}/retirer/").status_code == 404
    form = {"acronym": "Y", "expansion": "y", "territory": places.large.code}
    assert desk.post(GLOSSARY, form).status_code == 422
    reader = signed_in(make_agent(places.large, RoleKind.READER))
    assert reader.post(f"{GLOSSARY}{entry.code}/retirer/").status_code == 404


def test_headings_are_taught_kept_and_left(desk: Client, places: Places) -> None:
    form = {"phrase": "Ce qui nous pèse", "kind": "challenge", "territory": places.lune.code}
    assert desk.post(WORDS, form).status_code == 302
    assert desk.post(WORDS, form).status_code == 422
    word = HeadingWord.objects.get()
    assert "Oublier" in desk.get(WORDS).content.decode()
    assert desk.post(f"{WORDS}{word.code}/decider/", {"keep": "0"}).status_code == 302
    word.refresh_from_db()
    assert word.state == WordState.REFUSED
    assert "Oublier" not in desk.get(WORDS).content.decode()


def test_headings_of_another_agglomeration_are_out_of_reach(desk: Client, places: Places) -> None:
    word = HeadingWord.objects.create(territory=places.large, phrase="Ailleurs", key="ailleurs", kind="challenge")
    assert desk.post(f"{WORDS}{word.code}/decider/", {"keep": "1"}).status_code == 404
    form = {"phrase": "Chez eux", "kind": "challenge", "territory": places.large.code}
    assert desk.post(WORDS, form).status_code == 422


def test_agents_gives_and_takes_roles_on_ones_territories_only(desk: Client, places: Places, admin: User) -> None:
    form = {"email": "zoe@exemple.fr", "name": "Zoé", "role": "facilitator", "territory": places.vallieres.code}
    assert desk.post(AGENTS, form | {"territory": places.large.code}).status_code == 422
    assert desk.post(AGENTS, form).status_code == 302
    assert desk.post(AGENTS, form).status_code == 422
    zoe = User.objects.get(email="zoe@exemple.fr")
    assert desk.post(f"{AGENTS}{zoe.code}/{places.vallieres.code}/facilitator/retirer/").status_code == 302
    assert Role.objects.filter(user=zoe).count() == 0
    stranger = make_agent(places.large)
    address = f"{AGENTS}{stranger.code}/{places.large.code}/administrator/retirer/"
    assert desk.post(address).status_code == 404
    desk.post(f"{AGENTS}{admin.code}/{places.lune.code}/administrator/retirer/")
    assert Role.objects.filter(user=admin).count() == 1


def test_agents_ask_as_much_for_one_as_for_forty(desk: Client, places: Places) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(AGENTS)
    for _ in range(40):
        make_agent(places.lune, RoleKind.READER)
    with CaptureQueriesContext(connection) as many:
        desk.get(AGENTS)
    assert len(many) == len(few)


def test_home_without_a_role_says_whom_to_ask(places: Places) -> None:
    page = signed_in(make_agent(None)).get(HOME).content.decode()
    assert "pas encore de rôle" in page


def test_home_leads_through_the_first_steps(desk: Client, admin: User, places: Places) -> None:
    first = desk.get(HOME).context["content"].first_steps
    assert (first.territories, first.consultation, first.meeting, first.report) == (True, False, False, False)


def _minutes(meeting: Meeting, state: MinutesState) -> Minutes:
    made = Minutes.objects.create(consultation=meeting.consultation, title=f"Compte-rendu {state}", state=state)
    made.meetings.add(meeting)
    return made


def test_home_tells_what_waits_for_whom(admin: User, consultation: Consultation, places: Places) -> None:
    soon = clock.now() + datetime.timedelta(days=2)
    meeting = create_meeting(admin, consultation, MeetingDetails("Atelier", soon, places.lune))
    for state in (MinutesState.DRAFT, MinutesState.VALIDATION, MinutesState.READY, MinutesState.PUBLISHED):
        _minutes(meeting, state)
    flag_content(consultation, FlagTarget.MEETING, meeting.code, reason=FlagReason.OTHER, comment="")

    def waiting(role: RoleKind) -> tuple[list[tuple[str, bool]], int]:
        content = signed_in(make_agent(places.lune, role)).get(HOME).context["content"]
        return sorted((row.gesture, row.mine) for row in content.minutes), content.open_flags

    step = "Étape « Relecture des participants »"
    assert waiting(RoleKind.COORDINATOR) == ([("À publier", True), ("À relire", True), (step, True)], 1)
    assert waiting(RoleKind.FACILITATOR) == ([("À publier", False), ("À relire", True), (step, True)], 0)
    assert waiting(RoleKind.READER) == ([("À publier", False), ("À relire", False), (step, False)], 0)
    assert waiting(RoleKind.MODERATOR)[1] == 1


def test_home_asks_as_much_for_one_as_for_fifteen_minutes(
    desk: Client, admin: User, consultation: Consultation, places: Places
) -> None:
    meeting = create_meeting(admin, consultation, MeetingDetails("Atelier", clock.now(), places.lune))
    _minutes(meeting, MinutesState.VALIDATION)
    with CaptureQueriesContext(connection) as few:
        desk.get(HOME)
    for _ in range(14):
        _minutes(meeting, MinutesState.VALIDATION)
    with CaptureQueriesContext(connection) as many:
        desk.get(HOME)
    assert len(many) == len(few)
