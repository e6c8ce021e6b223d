"""How large a body is, is told before it is read: strangers write nothing large on the disk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parvis.core.access import FORM_BYTES, UPLOAD_BYTES
from parvis.people.models import User


def send(client: Client, path: str, size: int, **more: Any) -> Any:
    """A body of `size` bytes that fails the test if it is read."""
    return client.generic("POST", path, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(size), **more)


def test_a_form_takes_a_form_and_no_more(client: Client, db: None) -> None:
    assert send(client, "/atelier/", FORM_BYTES).status_code != 413
    answer = send(client, "/atelier/", FORM_BYTES + 1)
    assert answer.status_code == 413
    assert "trop lourd" in answer.content.decode()


def test_a_program_is_told_in_json(client: Client, db: None) -> None:
    answer = send(client, "/api/v1/outbox", FORM_BYTES + 1)
    assert (answer.status_code, list(answer.json())) == (413, ["detail", "refusal"])


def test_a_stranger_is_sent_to_sign_in_before_her_file_is_read(client: Client, db: None) -> None:
    answer = send(client, "/gestion/territoires/import/", UPLOAD_BYTES)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/gestion/connexion/")


def test_an_agent_may_send_a_file_where_one_is_asked_for(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("ada.lune@exemple.fr", name="Ada"))
    assert send(client, "/gestion/territoires/import/", UPLOAD_BYTES).status_code != 413
    assert send(client, "/gestion/territoires/import/", UPLOAD_BYTES + 1).status_code == 413
    assert send(client, "/gestion/concertations/", FORM_BYTES + 1).status_code in (405, 413)


@pytest.mark.parametrize("length", ["-1", "x", "1e3"])
def test_a_length_that_is_none_is_refused(client: Client, length: str, db: None) -> None:
    assert client.generic("POST", "/atelier/", b"", CONTENT_LENGTH=length).status_code == 413


def test_a_photograph_is_for_those_who_sit_in_a_room(client: Client, db: None) -> None:
    assert send(client, "/atelier/ABCDEF/photographies/", FORM_BYTES + 1).status_code == 413
    session = client.session
    session["room_keys"] = {"ABCDEF": "key"}
    session.save()
    assert send(client, "/atelier/ABCDEF/photographies/", FORM_BYTES + 1).status_code != 413
