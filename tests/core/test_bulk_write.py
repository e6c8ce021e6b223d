"""Rows written together: links replaced for many rows at once, lots that leave others their turn."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from parvis.consultations.models import Partner, Theme
from parvis.core.bulk_write import replace_links, write_by_lots

pytestmark = pytest.mark.django_db


def test_links_are_those_that_are_wanted_and_no_others() -> None:
    themes = baker.make(Theme, 3)
    first, second, other = baker.make(Partner, 3)
    first.themes.set(themes[:2])
    other.themes.set(themes)
    with CaptureQueriesContext(connection) as captured:
        replace_links(Partner.themes, {first.pk: [themes[1].pk, themes[2].pk], second.pk: [themes[0].pk] * 2})
    assert [set(partner.themes.all()) for partner in (first, second, other)] == [
        {themes[1], themes[2]}, {themes[0]}, set(themes)
    ]  # fmt: skip
    assert len(captured) == 3


def test_nothing_is_written_of_what_stands() -> None:
    partner = baker.make(Partner)
    themes = baker.make(Theme, 2)
    partner.themes.set(themes)
    with CaptureQueriesContext(connection) as captured:
        replace_links(Partner.themes, {partner.pk: [theme.pk for theme in themes]})
    assert len(captured) == 1


@pytest.mark.django_db(transaction=True)
def test_lots_are_transactions_of_their_own() -> None:
    lots = iter([True, True, False])
    inside = []

    def write_some() -> bool:
        inside.append(connection.in_atomic_block)
        return next(lots)

    write_by_lots(write_some)
    assert inside == [True, True, True]
    with transaction.atomic(), pytest.raises(RuntimeError):
        write_by_lots(write_some)
