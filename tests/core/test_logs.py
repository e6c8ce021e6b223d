"""No token reaches the technical log, whoever writes it."""

from __future__ import annotations

import logging
from urllib.parse import quote

import pytest
from django.test import Client
from gunicorn.config import Config

from parvis.cli.worker import TokenFreeLog
from parvis.core.addresses import path_to
from parvis.core.codes import new_token
from parvis.core.logs import TokenFreeFormatter, without_tokens
from parvis.core.uniqueness import SAME_MOMENT
from parvis.meetings.models import Board
from parvis.meetings.operations.room.table_links import table_token
from parvis.people.models import User
from parvis.web.room.screens import screen_path


@pytest.fixture
def lines(settings: object) -> list[str]:
    """What the handler of the settings would write."""
    written: list[str] = []
    logging_settings = settings.LOGGING  # type: ignore[attr-defined]
    described = logging_settings["formatters"][logging_settings["handlers"]["console"]["formatter"]]
    assert described["()"] == f"{TokenFreeFormatter.__module__}.{TokenFreeFormatter.__name__}"

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(TokenFreeFormatter())
    logging.getLogger().addHandler(handler)
    yield written  # type: ignore[misc]
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("path", ["/invitation/{}/", "/lien/{}", "/atelier/table/{}/", "/rien/{}?cle=a:b:c&since=1"])
def test_an_address_that_is_a_key_is_not_written(path: str, lines: list[str], db: None) -> None:
    token = new_token()
    Client().get("/nulle-part" + path.format(token))
    assert "/nulle-part" in "".join(lines)
    assert token not in "".join(lines)
    assert "a:b:c" not in "".join(lines)


def test_the_links_of_a_table_and_of_a_screen_are_keys_too() -> None:
    """They are not drawn: one names its table before its seal, the other is signed."""
    table = table_token(Board(room="Z3PHS4", code="0123456789"), 12)
    screen = screen_path(Board(room="Z3PHS4"), User(pk=41))
    for path in (path_to("table", table), screen, quote(screen)):
        said = without_tokens(f"Not Found: {path}, then")
        assert said.endswith("/…/, then")
        assert table[-22:] not in said


def test_a_traceback_is_masked_too() -> None:
    token = new_token()
    try:
        raise ValueError(f"no reverse for /invitation/{token}/")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "fault", (), __import__("sys").exc_info())
    assert token not in TokenFreeFormatter().format(record)


def test_gunicorn_writes_with_the_same_care() -> None:
    handlers = TokenFreeLog(Config()).error_log.handlers
    assert handlers
    assert all(isinstance(handler.formatter, TokenFreeFormatter) for handler in handlers)


@pytest.mark.parametrize(
    "text",
    [
        SAME_MOMENT,
        "/rencontres/0234567890/",
        "/concertations/contrat-de-ville-2030/",
        'File "/srv/mailing/threads.py", line 3',
    ],
)
def test_what_is_no_key_stays(text: str) -> None:
    assert without_tokens(text) == text
