"""Two people save the same thing: the second sees both versions, and what she typed is still in the form."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client

from parvis.consultations.operations.glossary import Definition, save_entry
from parvis.people.models import Contact
from parvis.web.desk.meetings import views as meeting_views
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in
from tests.web.desk.page_forms import form_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Edited:
    """A thing with a form: one field that both change, one that only the other changes."""

    address: str
    row: models.Model
    both: str
    other: str
    others_value: str = "Ce que l'autre a mis"


def edited_things(sheets: Sheets) -> dict[str, Edited]:
    consultation, meeting = sheets.consultation, sheets.scene.meeting
    root = f"/gestion/concertations/{consultation.code}"
    contact = Contact.objects.create(organisation=sheets.caf, name="Une personne", position="Directrice")
    directory = f"{root}/annuaire/{sheets.caf.code}"
    theme = sheets.scene.jobs
    save_entry(sheets.scene.alice, consultation.territory, Definition("QPV", "quartier prioritaire"))
    entry = consultation.territory.glossary.get()
    return {
        "consultation": Edited(f"{root}/modifier/", consultation, "introduction", "authority"),
        "meeting": Edited(f"/gestion/rencontres/{meeting.code}/modifier/", meeting, "introduction", "place"),
        "sheet": Edited(f"{root}/fiches/{sheets.permis.code}/", sheets.permis, "text", "budget"),
        "organisation": Edited(f"{directory}/modifier/", sheets.caf, "address", "phone"),
        "contact": Edited(f"{directory}/contacts/{contact.code}/", contact, "position", "phone"),
        "entry": Edited(f"/gestion/glossaire/{entry.code}/", entry, "explanation", "expansion"),
        "theme": Edited(f"{root}/thematiques/{theme.code}/", theme, "name", "audience", "partners"),
    }


KINDS = ("consultation", "meeting", "sheet", "organisation", "contact", "entry", "theme")


@pytest.fixture
def sheets(db: None) -> Sheets:
    return make_sheets()


def opened(client: Client, thing: Edited) -> dict[str, Any]:
    return form_of(client.get(thing.address).content.decode(), thing.both)


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_save_shows_both_versions_and_keeps_what_was_typed(kind: str, sheets: Sheets) -> None:
    thing = edited_things(sheets)[kind]
    first, second = signed_in(sheets.scene.alice), signed_in(sheets.scene.alice)
    mine, theirs = opened(first, thing), opened(second, thing)
    saved = second.post(thing.address, theirs | {thing.both: "La leur", thing.other: thing.others_value})
    assert saved.status_code == 302
    refused = first.post(thing.address, mine | {thing.both: "La mienne"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Les deux versions" in page
    shown = form_of(page, thing.both)
    assert shown[thing.both] == ["La mienne"]
    assert shown[thing.other] == [thing.others_value]
    assert "La leur" in page
    thing.row.refresh_from_db()
    assert getattr(thing.row, thing.both) == "La leur"
    assert first.post(thing.address, shown).status_code == 302
    thing.row.refresh_from_db()
    assert getattr(thing.row, thing.both) == "La mienne"
    assert getattr(thing.row, thing.other) == thing.others_value


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_saved_twice_as_it_is_conflicts_with_nobody(kind: str, sheets: Sheets) -> None:
    thing = edited_things(sheets)[kind]
    client = signed_in(sheets.scene.alice)
    form = opened(client, thing) | {thing.both: "La mienne"}
    assert [client.post(thing.address, form).status_code for _ in range(2)] == [302, 302]


def test_changes_of_other_fields_are_shown_too(sheets: Sheets) -> None:
    """What she did not touch would have taken the other's words back."""
    thing = edited_things(sheets)["meeting"]
    first, second = signed_in(sheets.scene.alice), signed_in(sheets.scene.bob)
    mine, theirs = opened(first, thing), opened(second, thing)
    second.post(
        thing.address, theirs | {"place": "Salle des fêtes", "on": "2026-04-01", "themes": [sheets.scene.jobs.code]}
    )
    page = first.post(thing.address, mine | {"introduction": "Venez nombreux."}).content.decode()
    assert "Vous n'y aviez pas touché" in page
    assert "1er avril 2026" in page
    assert "Emploi / Insertion" in page
    shown = form_of(page, "title")
    assert (shown["place"], shown["on"], shown["themes"]) == (
        ["Salle des fêtes"],
        ["2026-04-01"],
        [sheets.scene.jobs.code],
    )
    assert shown["introduction"] == ["Venez nombreux."]


def test_two_perimeters_of_a_partner_are_compared(sheets: Sheets) -> None:
    address = f"/gestion/concertations/{sheets.consultation.code}/annuaire/{sheets.caf.code}/"
    client = signed_in(sheets.scene.alice)
    mine = form_of(client.get(address).content.decode(), "reads_restricted")
    assert client.post(address, mine | {"themes": [sheets.scene.jobs.code]}).status_code == 302
    refused = client.post(address, mine | {"themes": [sheets.scene.health.code]})
    assert refused.status_code == 422
    shown = form_of(refused.content.decode(), "reads_restricted")
    assert shown["themes"] == [sheets.scene.health.code]
    assert client.post(address, shown).status_code == 302


@pytest.mark.parametrize(
    ("page", "control", "button", "theirs", "mine"),
    [
        ("etapes/", "review-control", {}, "open", "closed"),
        ("validation/", "step_0", {}, "steering_committee", "technical_committee"),
        ("courriels/invitation/", "signatory", {"save": ""}, "La Présidente", "Le Directeur"),
        ("avis/diffusion/", "public", {"circles": ""}, "awareness", "by_action"),
    ],
)
def test_what_is_set_in_one_form_for_the_whole_is_compared_too(
    page: str, control: str, button: dict[str, str], theirs: str, mine: str, sheets: Sheets
) -> None:
    address = f"/gestion/concertations/{sheets.consultation.code}/{page}"
    client = signed_in(sheets.scene.alice)

    def form() -> dict[str, list[str]]:
        return {name: value for name, value in form_of(client.get(address).content.decode(), control).items()
                if name != "form_key"}  # fmt: skip

    opened_at_once = form()
    assert client.post(address, opened_at_once | button | {control: theirs}).status_code == 302
    refused = client.post(address, opened_at_once | button | {control: mine})
    assert refused.status_code == 422
    assert "Les deux versions" in refused.content.decode()
    shown = form_of(refused.content.decode(), control)
    assert shown[control] == [mine]
    assert form()[control] == [theirs]
    shown.pop("form_key", None)
    assert client.post(address, shown | button).status_code == 302
    assert form()[control] == [mine]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_two_saves_at_once_never_overwrite_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read; the lock lets one write, and the other compares with what it wrote."""
    sheets = make_sheets()
    thing = edited_things(sheets)["meeting"]
    clients = [signed_in(sheets.scene.alice), signed_in(sheets.scene.bob)]
    forms = [opened(client, thing) | {"introduction": f"Version {number}"} for number, client in enumerate(clients)]
    start, answers = threading.Barrier(2), {}
    saved = meeting_views.saved

    def together(form: Any, operation: Callable[[], object]) -> bool:
        start.wait(timeout=30)
        return saved(form, operation)

    monkeypatch.setattr(meeting_views, "saved", together)

    def save(number: int) -> None:
        try:
            answers[number] = clients[number].post(thing.address, forms[number]).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [302, 422]
    thing.row.refresh_from_db()
    winner = next(number for number, status in answers.items() if status == 302)
    assert thing.row.introduction == f"Version {winner}"  # type: ignore[attr-defined]
