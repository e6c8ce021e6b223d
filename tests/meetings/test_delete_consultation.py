"""A consultation goes as long as nobody said anything in it; afterwards it is refused, with what was said."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from parvis.consultations.models import Consultation, ConsultationAddress, Partner, Theme
from parvis.consultations.operations.invitations import invite_contact
from parvis.consultations.operations.send_invitations import mark_given, queue_invitations
from parvis.core.errors import ForbiddenMove, ParvisError
from parvis.core.mailing.models import OutgoingMail
from parvis.core.models import JournalEntry
from parvis.meetings.deletion import deletion_of
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations import delete_consultation as module
from parvis.meetings.operations.delete_consultation import delete_consultation
from parvis.people.models import Contact, Organisation
from parvis.sheets.models import ActionSheet, Opinion
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def test_nothing_said_all_goes_but_the_directory(world: Sheets) -> None:
    consultation, alice = world.consultation, world.scene.alice
    ConsultationAddress.objects.create(slug="ancienne", consultation=consultation)
    world.scene.draft()
    contacts, organisations = Contact.objects.count(), Organisation.objects.count()
    goes = deletion_of(consultation).goes
    assert "1 rencontre" in goes
    assert "1 compte-rendu en cours" in goes
    assert "2 fiches actions" in goes
    delete_consultation(alice, consultation)
    for model in (Consultation, Meeting, Minutes, ActionSheet, Theme, Partner, ConsultationAddress):
        assert model._default_manager.count() == 0, model
    assert (Contact.objects.count(), Organisation.objects.count()) == (contacts, organisations)
    assert JournalEntry.objects.filter(verb="delete_consultation", subject=consultation.journal_name).count() == 1


def _opinion(world: Sheets) -> None:
    world.opine(world.participant(world.caf), world.permis, "continue")


def _note(world: Sheets) -> None:
    world.consultation.contributions.create(kind="challenge", text="Un défi", theme=world.scene.jobs, origin="invited")


def _published(world: Sheets) -> None:
    world.scene.published()


def _mail(world: Sheets) -> None:
    contact = Contact.objects.create(organisation=world.caf, email="claire@organisme.example")
    queue_invitations(world.scene.alice, [invite_contact(world.scene.alice, world.consultation, contact)])


def _letter(world: Sheets) -> None:
    contact = Contact.objects.create(organisation=world.caf, name="Claire")
    mark_given(world.scene.alice, [invite_contact(world.scene.alice, world.consultation, contact)], "letter")  # type: ignore[arg-type]


def _child(world: Sheets) -> None:
    Consultation.objects.create(
        slug="ville", title="Ville", territory=world.consultation.territory, parent=world.consultation
    )


@pytest.mark.parametrize(
    ("happen", "word"),
    [
        (_opinion, "1 avis donné"), (_note, "1 contribution"), (_published, "1 édition publiée"),
        (_mail, "1 courriel ou courrier envoyé"), (_letter, "1 courriel ou courrier envoyé"),
        (_child, "1 concertation en fait partie"),
    ],
)  # fmt: skip
def test_once_something_was_said_it_stays(world: Sheets, happen: Callable[[Sheets], None], word: str) -> None:
    happen(world)
    with pytest.raises(ForbiddenMove, match=word):
        delete_consultation(world.scene.alice, world.consultation)
    assert Consultation.objects.filter(pk=world.consultation.pk).exists()
    desk = Client()
    desk.force_login(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/supprimer/"
    page = desk.get(address).content.decode()
    assert "Archiver" in page
    assert 'class="button button--danger"' not in page
    assert desk.post(address).status_code == 422


def test_the_page_names_what_goes_then_deletes(world: Sheets) -> None:
    desk = Client()
    desk.force_login(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/supprimer/"
    assert "2 fiches actions" in desk.get(address).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert desk.post(address)["Location"] == "/gestion/concertations/"
    assert not Consultation.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_what_is_said_at_the_same_moment_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """An opinion sent while the deletion has looked, and has not deleted yet: it finds the place gone, or prevents it.
    It is never told that it counts, then deleted."""
    world = make_sheets()
    participant = world.participant(world.caf)
    told: list[str] = []

    def speak() -> str:
        try:
            return world.opine(participant, world.permis, "continue").status
        except (ParvisError, Consultation.DoesNotExist, ActionSheet.DoesNotExist) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as hand:
        seen = module.deletion_of

        def slowly(consultation: Consultation) -> Any:
            deletion = seen(consultation)
            waiting = hand.submit(speak)
            waiting.add_done_callback(lambda done: told.append(done.result()))
            with contextlib.suppress(TimeoutError):
                waiting.result(timeout=1.5)
            return deletion

        monkeypatch.setattr(module, "deletion_of", slowly)
        delete_consultation(world.scene.alice, world.consultation)
    assert "applied" not in told
    assert (len(told), Opinion.objects.count(), Consultation.objects.count()) == (1, 0, 0)
    assert OutgoingMail.objects.count() == 0
