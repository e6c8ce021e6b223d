"""The page of mails: who sees which, what it says, the two choices."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.operations.invitations import invite_contact
from parvis.consultations.operations.send_invitations import queue_invitations
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import MailContent, OutgoingMail
from parvis.people.enums import RoleKind
from parvis.people.models import Contact, Organisation, User
from tests.html import squeezed
from tests.places import Places, make_agent, make_consultation
from tests.web.desk.conftest import signed_in

PAGE = "/gestion/courriels/"


@pytest.fixture
def invited(places: Places, admin: User) -> list[OutgoingMail]:
    """Three mails of invitation of a consultation of Val de Lune."""
    consultation = make_consultation(admin, places.lune)
    house = Organisation.objects.create(territory=places.lune, name="CAF")
    people = [Contact.objects.create(organisation=house, name=f"P{n}", email=f"p{n}@caf.example") for n in range(3)]
    queue_invitations(admin, [invite_contact(admin, consultation, each) for each in people])
    return list(OutgoingMail.objects.order_by("pk"))


def text(client: Client, address: str = PAGE) -> str:
    return squeezed(client.get(address).content.decode())


def test_the_page_says_where_the_mails_are_and_asks_about_those_that_did_not_leave(
    desk: Client, invited: list[OutgoingMail]
) -> None:
    OutgoingMail.objects.filter(pk=invited[0].pk).update(state="refused", reason="adresse inconnue")
    OutgoingMail.objects.filter(pk=invited[1].pk).update(state="cut", reason="coupé")
    assert "2 courriels refusés ou coupés à décider" in text(desk, "/gestion/")
    page = text(desk)
    assert "0 parti, 1 en attente, 1 refusé\u00a0: adresse inconnue, 1 coupé pendant l'envoi." in page
    assert ("p0@caf.example" in page, "p1@caf.example" in page, "p2@caf.example" in page) == (True, True, False)
    assert "p2@caf.example" in text(desk, f"{PAGE}?etat=en-attente")


def test_a_cut_mail_is_sent_again_or_set_aside(desk: Client, invited: list[OutgoingMail]) -> None:
    OutgoingMail.objects.update(state="cut")
    assert "Il sera renvoyé." in text_of(desk, invited[0], "again")
    assert "Il est mis de côté" in text_of(desk, invited[1], "aside")
    assert "plus de décision" in text_of(desk, invited[1], "again")
    send_all_due()
    assert [letter.to for letter in mail.outbox] == [["p0@caf.example"]]


def text_of(client: Client, decided: OutgoingMail, choice: str) -> str:
    return squeezed(client.post(f"{PAGE}{decided.code}/decider/", {choice: ""}, follow=True).content.decode())


def test_a_sign_in_code_is_followed_by_those_who_administer_her_and_nobody_reads_it(
    desk: Client, admin: User, places: Places
) -> None:
    bob = make_agent(places.vallieres, RoleKind.FACILITATOR)
    queue_mail("sign_in_code", about=bob.code, letter=Letter(bob.email, "Code", "ABCD"), lane=Lane.URGENT)
    assert bob.email in text(desk)
    assert "ABCD" not in text(desk)
    coordinator = make_agent(places.lune, RoleKind.COORDINATOR)
    assert bob.email not in text(signed_in(coordinator))
    assert bob.email not in text(signed_in(make_agent(places.large)))


def test_another_territory_neither_sees_nor_decides(invited: list[OutgoingMail], places: Places) -> None:
    OutgoingMail.objects.update(state="cut")
    elsewhere = signed_in(make_agent(places.large))
    assert "caf.example" not in text(elsewhere)
    assert elsewhere.post(f"{PAGE}{invited[0].code}/decider/", {"again": ""}).status_code == 404
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"cut"}
    assert signed_in(make_agent(places.lune, RoleKind.FACILITATOR)).get(PAGE).status_code == 403


def test_the_page_asks_as_many_queries_for_three_mails_and_for_thirty(
    desk: Client, invited: list[OutgoingMail], admin: User
) -> None:
    few = queries(desk)
    house = Organisation.objects.get()
    people = [Contact.objects.create(organisation=house, email=f"q{number}@caf.example") for number in range(27)]
    queue_invitations(admin, [invite_contact(admin, invited[0].invitation.consultation, each) for each in people])
    assert queries(desk) == few


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{PAGE}?etat=en-attente")
    return len(asked)


def test_the_invitations_say_so_too_and_send_the_refused_again(desk: Client, invited: list[OutgoingMail]) -> None:
    consultation = invited[0].invitation.consultation
    address = f"/gestion/concertations/{consultation.code}/invitations/"
    send_all_due()
    assert "Courriels :" not in text(desk, address)
    OutgoingMail.objects.filter(pk=invited[0].pk).update(state="refused", reason="adresse inconnue")
    assert "Courriels\u00a0: 2 partis, 0 en attente, 1 refusé\u00a0: adresse inconnue." in text(desk, address)
    assert MailContent.objects.count() == 0
    answer = desk.post(address, {"geste": "reprendre"}, follow=True).content.decode()
    assert "1 invitation sera renvoyée." in answer
    send_all_due()
    assert len(mail.outbox) == 4
