"""`parvis trial --json`, as those who test from outside rely on it (DESIGN §5)."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parvis.cli.trial_build import TrialSide, build_trial
from parvis.people.enums import RoleKind
from tests.cli.parvis_command import parvis


def test_trial_says_all_from_an_empty_home(tmp_path: Path) -> None:
    told = parvis(tmp_path / "new", "trial", "--json")
    assert (told.returncode, told.stderr) == (0, "")
    trial: dict[str, Any] = json.loads(told.stdout)
    assert set(trial) == {"sides", "outbox"}
    assert trial["outbox"] == "/api/v1/outbox"
    assert len(trial["sides"]) == 2
    for side in trial["sides"]:
        assert set(side) == {
            "territory", "consultation", "sheets", "participants", "agents", "meeting", "room"
        }  # fmt: skip
        assert len(side["participants"]) >= 60
        assert {frozenset(each) for each in side["participants"]} == {frozenset({"token", "type"})}
        assert [set(each) for each in side["agents"]] == [{"role", "email", "sign_in"}] * len(RoleKind)
        assert {each["role"] for each in side["agents"]} == set(RoleKind.values)
        assert len(side["room"]) == 6


@pytest.fixture
def sides(db: None) -> tuple[TrialSide, TrialSide]:
    return build_trial()


def send(token: str, **op: Any) -> str:
    """What the outbox answers to one operation."""
    body = {"device": "essai", "ops": [{"op_id": str(uuid.uuid4()), "seq": 1, **op}]}
    answer = Client().post(
        reverse("api:send_outbox"), body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
    )
    assert answer.status_code == 200
    return str(answer.json()["results"][0]["status"])


def test_trial_tokens_open_the_outbox_of_their_own_side(sides: tuple[TrialSide, TrialSide]) -> None:
    for here, there in (sides, sides[::-1]):
        token = here.participants[0].token
        assert send(token, kind="opinion", sheet=here.sheets[0], value="continue") == "applied"
        assert send(token, kind="opinion", sheet=there.sheets[0], value="continue") == "rejected"
        note = {"kind": "note", "contribution_kind": "challenge", "text": "Un mot"}
        assert send(token, room=here.room, **note) == "applied"
        assert send(token, room=there.room, **note) == "rejected"


def test_trial_sign_in_links_open_the_desk_of_their_own_side(sides: tuple[TrialSide, TrialSide]) -> None:
    for here, there in (sides, sides[::-1]):
        for agent in here.agents:
            client = Client()
            client.post(agent.sign_in)
            assert client.get(f"/gestion/rencontres/{here.meeting}/").status_code == 200
            assert client.get(f"/gestion/rencontres/{there.meeting}/").status_code == 404
