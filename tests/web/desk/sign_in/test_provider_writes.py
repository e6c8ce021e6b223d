"""The return from an identity provider is the only GET that writes."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from parvis.cli.routes import all_routes
from parvis.core.access import declared_access
from parvis.core.guards import ReadOnlyGetMiddleware, WriteInGet
from tests.web.desk.sign_in.provider import RETURN, START


def test_the_return_is_the_only_get_that_may_write() -> None:
    writers = [
        route.path for route in all_routes()
        if (access := declared_access(get_resolver().resolve(_filled(route.path)).func)) is not None and access.writes
    ]  # fmt: skip
    assert writers == [RETURN]


def _filled(path: str) -> str:
    path = path.replace("<published:kind>", "rencontre")
    path = re.sub(r"<uuid:\w+>", "5b0f6e3e-3c7a-4a52-8a3b-1d2c3b4a5f60", path)
    return re.sub(r"<\w+:\w+>", "1", path)


def _during(path: str, sql: str) -> HttpResponse:
    """Run `sql` where the view of `path` would run."""

    def view(request: HttpRequest) -> HttpResponse:
        request.resolver_match = get_resolver().resolve(path)
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse()

    return ReadOnlyGetMiddleware(view)(RequestFactory().get(path))


def test_the_return_writes_in_three_tables_and_no_other(db: None) -> None:
    assert _during(RETURN, "UPDATE people_user SET name = '' WHERE 1 = 0").status_code == 200
    for sql in (
        "UPDATE people_role SET kind = '' WHERE 1 = 0",
        "UPDATE people_user_other SET kind = '' WHERE 1 = 0",
        "DELETE FROM people_user WHERE 1 = 0",
        "INSERT INTO mfa_authenticator (id) VALUES (1)",
    ):
        with pytest.raises(WriteInGet):
            _during(RETURN, sql)
    with pytest.raises(WriteInGet):
        _during(START, "UPDATE people_user SET name = '' WHERE 1 = 0")
