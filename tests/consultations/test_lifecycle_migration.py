"""Consultations that exist when the software is brought up to date stay open, at their address."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = ("consultations", "0013_electoral_period"), ("consultations", "0015_existing_stay_open")
OTHERS = ("territories", "0001_initial")
"""The tables that the rows made here stand in, as they were then."""


def test_what_exists_stays_open_at_its_address() -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([BEFORE, OTHERS])
        old = executor.loader.project_state([BEFORE, OTHERS]).apps
        place = old.get_model("territories", "Territory").objects.create(kind="intercommunality", name="Val", code="v")
        made = old.get_model("consultations", "Consultation").objects.create(title="T", slug="avant", territory=place)
        executor = MigrationExecutor(connection)
        executor.migrate([AFTER])
        new = executor.loader.project_state([AFTER]).apps
        kept = new.get_model("consultations", "Consultation").objects.get()
        assert (kept.opened_at, kept.archived_at, kept.one_person_validates) == (made.created_at, None, True)
        address = new.get_model("consultations", "ConsultationAddress").objects.get()
        assert (address.slug, address.consultation_id) == ("avant", kept.pk)
    finally:
        MigrationExecutor(connection).migrate(leaves)
        call_command("flush", interactive=False, verbosity=0)
