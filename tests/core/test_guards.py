"""Who is not signed in goes to the sign-in page, and from there to a page that answers her."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
BUTTON = "/gestion/courriels/ABCD/decider/"
PAGE = "http://testserver/gestion/courriels/?etat=partis"


def asked_back(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query)["next"]


def test_a_page_is_come_back_to(client: Client) -> None:
    assert asked_back(client.get("/gestion/courriels/?etat=partis")["Location"]) == ["/gestion/courriels/?etat=partis"]


@pytest.mark.parametrize(
    ("headers", "page"),
    [
        ({"Referer": PAGE}, "/gestion/courriels/?etat=partis"),
        ({"Referer": f"{PAGE}#bas"}, "/gestion/courriels/?etat=partis"),
        ({"Referer": "https://ailleurs.example/gestion/courriels/"}, "/gestion/"),
        ({"Referer": "http://testserver//ailleurs.example/"}, "/gestion/"),
        ({"Referer": f"http://testserver{BUTTON}"}, "/gestion/"),
        ({"Referer": "javascript:alert(1)"}, "/gestion/"),
        ({}, "/gestion/"),
    ],
)
def test_after_a_button_one_comes_back_to_the_page_that_held_it(
    client: Client, headers: dict[str, str], page: str
) -> None:
    """The address of a button answers no GET: one would land on a blank 405."""
    assert asked_back(client.post(BUTTON, headers=headers)["Location"]) == [page]


def test_a_part_of_a_page_sends_back_to_the_whole_page(client: Client) -> None:
    answer = client.get("/gestion/courriels/?page=2", headers={"HX-Request": "true", "HX-Current-URL": PAGE})
    assert (answer.status_code, asked_back(answer["HX-Redirect"])) == (401, ["/gestion/courriels/?etat=partis"])
