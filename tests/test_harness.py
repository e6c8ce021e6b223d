"""The harness itself: each of its refusals is seen to refuse."""

from __future__ import annotations

import socket
import warnings

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client

from parvis.meetings.models import MinutesLine


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as door, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        door.connect(("192.0.2.1", 80))


def test_an_undefined_variable_fails() -> None:
    template = engines["django"].from_string("{{ nothing_of_that_name }}")
    with pytest.raises(pytest.fail.Exception, match="nothing_of_that_name"):
        template.render({})


def test_an_unordered_list_fails(db: None) -> None:
    with pytest.raises(Warning, match="unordered"):
        list(Paginator(MinutesLine.objects.order_by(), 10).page(1))


def test_any_warning_fails() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("something", UserWarning, stacklevel=1)


def test_a_query_without_the_database_fixture_fails() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        MinutesLine.objects.count()
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Client().get("/")
