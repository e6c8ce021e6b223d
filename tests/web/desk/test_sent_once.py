"""What is sent twice counts once, and every form of the desk either carries a key or is harmless sent again."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from parvis.cli.routes import all_routes
from parvis.consultations.models import Consultation
from parvis.core.errors import ForbiddenMove
from parvis.meetings.models import Meeting
from parvis.people.models import SentForm
from parvis.web.desk.requests import tells_a_refusal
from tests.meetings.scene import Scene
from tests.rights.town import make_town
from tests.web.desk.conftest import signed_in
from tests.web.desk.page_forms import desk_forms

pytestmark = pytest.mark.django_db

HARMLESS_AGAIN = {
    "agents/<str:user>/deux-etapes/": "what is erased already stays erased",
    "comptes-rendus/<str:code>/lectures/<str:report>/retirer/": "what was removed is not there any more",
    "comptes-rendus/<str:code>/participants/terminer/": "it ends the same day",
    "comptes-rendus/<str:code>/relecture/<str:line>/": "refused: the text has grown since",
    "comptes-rendus/<str:code>/relecture/ajouter/": "refused: the text has grown since",
    "comptes-rendus/<str:code>/relecture/geste/": "refused: the text has grown since",
    "comptes-rendus/<str:code>/rencontres/": "refused: the text has grown since",
    "comptes-rendus/<str:code>/titre/": "refused: the text has grown since",
    "concertations/<str:code>/annuaire/<str:organisation>/": "the same perimeter",
    "concertations/<str:code>/annuaire/<str:organisation>/contacts/<str:contact>/": "the same values",
    "concertations/<str:code>/annuaire/<str:organisation>/contacts/<str:contact>/effacer/": "erased once",
    "concertations/<str:code>/annuaire/<str:organisation>/contacts/<str:contact>/referent/": "the same référent",
    "concertations/<str:code>/annuaire/importer/a-corriger.xlsx": "a file, nothing written",
    "concertations/<str:code>/annuaire/<str:organisation>/modifier/": "the same values",
    "concertations/<str:code>/avis/<str:sheet>/commentaires/<str:opinion>/": "the same state",
    "concertations/<str:code>/courriels/<str:purpose>/": "the same text; a trial is for oneself",
    "concertations/<str:code>/entrees/": "decided once",
    "concertations/<str:code>/equipe/<str:user>/financeur/": "the same state",
    "concertations/<str:code>/equipe/financeurs/": "the same choice",
    "concertations/<str:code>/equipe/<str:user>/retirer/": "out once",
    "concertations/<str:code>/etapes/": "the same dates",
    "concertations/<str:code>/fiches/<str:sheet>/": "the same values",
    "concertations/<str:code>/fiches/<str:sheet>/fichiers/<str:file>/retirer/": "removed once",
    "concertations/<str:code>/fiches/documents/<str:waiting>/garder/": "the same words kept",
    "territoires/<str:code>/modifier/": "the same values",
    "concertations/<str:code>/imprimer/lettres/": "the same letters",
    "concertations/<str:code>/imprimer/lettres/<str:invitation>/": "the same letter",
    "concertations/<str:code>/invitations/<str:invitation>/": "taken back once",
    "concertations/<str:code>/invitations/envoyer/<str:what>/": "an invitation leaves once, a reminder once a week",
    "concertations/<str:code>/invitations/liens.csv": "the same links",
    "concertations/<str:code>/logo/": "the same logo",
    "concertations/<str:code>/modifier/": "the same values",
    "concertations/<str:code>/saisie/gommettes/": "the same count",
    "concertations/<str:code>/thematiques/<str:theme>/": "the same values",
    "concertations/<str:code>/validation/": "the same steps",
    "connexion/": "before anyone is signed in",
    "connexion/code/": "before anyone is signed in",
    "connexion/deux-etapes/": "before anyone is signed in",
    "connexion/quitter/": "out once",
    "glossaire/<str:code>/": "the same values",
    "glossaire/<str:code>/retirer/": "removed once",
    "intertitres/<str:code>/decider/": "the same decision",
    "lien/<str:token>/": "the link serves once",
    "moderation/<published:kind>/<str:code>/masquer/": "hidden once",
    "moderation/<published:kind>/<str:code>/retablir/": "shown again once",
    "moderation/contribution/<str:code>/effacer/": "erased once",
    "mon-acces/codes-de-secours/": "downloaded only",
    "mon-acces/codes-de-secours/nouveaux/": "the second codes are those shown",
    "mon-acces/compte/delier/": "unlinked once",
    "mon-acces/deux-etapes/activer/": "the code serves once",
    "mon-acces/deux-etapes/retirer/": "the code serves once",
    "mon-acces/resume-du-jour/": "the same choice",
    "rencontres/<str:code>/modifier/": "the same values",
    "rencontres/<str:code>/prevenir/": "each is told once",
    "rencontres/<str:code>/salle/": "the same preparation",
    "rencontres/<str:code>/salle/inscriptions/": "the same presences",
    "rencontres/<str:code>/salle/repetition/": "one rehearsal at a time",
}
"""Addresses below `/gestion/` whose form may come twice, and why."""


def test_every_form_of_the_desk_counts_once_or_is_harmless_again() -> None:
    posts = {route.path.removeprefix("/gestion/"): route for route in all_routes()
             if "POST" in route.methods and route.path.startswith("/gestion/")}  # fmt: skip
    counted = {path for path in posts if getattr(_view_at(path), "sent_once", False)}
    assert counted.isdisjoint(HARMLESS_AGAIN)
    assert counted | set(HARMLESS_AGAIN) == set(posts)


def _view_at(path: str) -> Any:
    parts = {"<str:": "x", "<published:": "contribution"}
    filled = re.sub(r"<(str:|published:)\w+>", lambda part: parts["<" + part[1]], path)
    return resolve(f"/gestion/{filled}").func


def test_every_form_that_counts_once_carries_a_key() -> None:
    town = make_town()
    seen: set[str] = set()
    without = []
    for path, target, inside in desk_forms(town):
        if getattr(resolve(target).func, "sent_once", False):
            seen.add(resolve(target).route)
            if 'name="form_key"' not in inside:
                without.append((path, target))
    assert without == []
    assert len(seen) > 20


def meeting_form(scene: Scene, key: str = "une-cle", **other: str) -> dict[str, str]:
    values = {"kind": "workshop", "title": "Atelier Emploi", "on": "2026-03-12", "starts": "14:00", "form_key": key,
              "territory": scene.consultation.territory.code, "introduction": "Venez."}  # fmt: skip
    return values | other


def send(client: Client, scene: Scene, **form: str) -> HttpResponse:
    address = f"/gestion/concertations/{scene.consultation.code}/rencontres/nouvelle/"
    return client.post(address, meeting_form(scene, **form))  # type: ignore[return-value]


def made() -> int:
    return Meeting.objects.filter(title__startswith="Atelier Emploi").count()


def test_a_form_sent_again_leads_where_it_led_and_makes_nothing(scene: Scene, alice: Client) -> None:
    first, again = send(alice, scene), send(alice, scene)
    assert (first.status_code, again.status_code, made()) == (302, 302, 1)
    assert again["Location"] == first["Location"]
    assert "déjà arrivé, et n&#x27;a compté qu&#x27;une fois" in alice.get(again["Location"]).content.decode()


def test_other_words_under_the_same_key_come_back_beside_what_was_made(scene: Scene, alice: Client) -> None:
    first = send(alice, scene)
    other = send(alice, scene, title="Atelier Emploi bis", introduction="Autre chose.")
    page = other.content.decode()
    assert (other.status_code, made()) == (422, 1)
    assert f'<a href="{first["Location"]}"' in page
    assert "Atelier Emploi bis" in page
    assert "Autre chose." in page
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key is not None
    assert key[1] != "une-cle"
    assert send(alice, scene, title="Atelier Emploi bis", key=key[1]).status_code == 302
    assert made() == 2


def test_a_refused_form_is_corrected_under_the_same_key(scene: Scene, alice: Client) -> None:
    assert send(alice, scene, title="").status_code == 422
    assert send(alice, scene).status_code == 302


def test_a_button_refused_by_the_next_page_may_be_pressed_again(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ForbiddenMove("Pas maintenant.")

    address = f"/gestion/rencontres/{scene.meeting.code}/annuler/"
    with monkeypatch.context() as patch:
        patch.setattr("parvis.web.desk.meetings.views.cancel_meeting", refuse)
        alice.post(address, {"form_key": "une-cle"})
    alice.post(address, {"form_key": "une-cle"})
    scene.meeting.refresh_from_db()
    assert scene.meeting.cancelled_at is not None


@pytest.mark.parametrize(("told", "refused"), [(["error"], True), (["success", "error"], False), (["success"], False)])
def test_what_is_done_in_part_is_no_refusal(told: list[str], refused: bool, rf: RequestFactory) -> None:
    """Ten files brought and one refused are not brought again by a second click."""
    request = rf.post("/gestion/")
    request.session = SessionStore()
    request._messages = SessionStorage(request)  # type: ignore[attr-defined]
    for level in told:
        getattr(messages, level)(request, level)
    assert tells_a_refusal(request) is refused
    assert [message.message for message in messages.get_messages(request)] == told


def test_two_agents_may_draw_the_same_key(scene: Scene, alice: Client) -> None:
    send(alice, scene)
    send(signed_in(scene.bob), scene)
    assert made() == 2


def test_a_server_stopped_in_between_is_told_and_nothing_is_made_twice(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(alice, scene)
    SentForm.objects.update(address="")
    monkeypatch.setattr("parvis.web.desk.sent_once.PATIENCE_SECONDS", -1)
    again = send(alice, scene)
    assert (again.status_code, made()) == (422, 1)
    assert "le site n&#x27;y a pas répondu" in again.content.decode()


def test_a_button_whose_answer_nobody_knows_is_not_pressed_again(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/gestion/concertations/{scene.consultation.code}/invitations/"
    form = {"geste": "ouverte", "form_key": "une-cle"}
    alice.post(address, form)
    SentForm.objects.update(address="")
    monkeypatch.setattr("parvis.web.desk.sent_once.PATIENCE_SECONDS", -1)
    again = alice.post(address, form)
    assert (again.status_code, scene.consultation.invitations.count()) == (409, 1)
    assert address in again.content.decode()


def test_a_button_pressed_twice_opens_one_link(scene: Scene, alice: Client) -> None:
    address = f"/gestion/concertations/{scene.consultation.code}/invitations/"
    for _ in range(2):
        alice.post(address, {"geste": "ouverte", "form_key": "une-cle"})
    assert Consultation.objects.get().invitations.count() == 1


def test_what_is_kept_of_a_form_tells_no_word_of_it(scene: Scene, alice: Client) -> None:
    send(alice, scene, title="Secret défense")
    kept = SentForm.objects.values_list("key", "content_hash", "address").get()
    assert "Secret" not in " ".join(kept)
    assert len(kept[1]) == 64


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_eight_clicks_at_once_make_one_meeting(scene: Scene) -> None:
    start, locations = threading.Barrier(8), []
    clients = [signed_in(scene.alice) for _ in range(8)]

    def click(client: Client) -> None:
        start.wait()
        try:
            locations.append(send(client, scene)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(locations)), len(locations), made()) == (1, 8, 1)
