"""Editions, flags and steps passed changed app: every row goes through with its key and its constraints, both ways."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [
    ("consultations", "0007_remove_invitation_mail_state"),
    ("meetings", "0014_remove_attendance_mail_state"),
    ("sheets", "0002_word_files"),
]
MOMENT = datetime.datetime(2026, 11, 3, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def before() -> Iterator[Any]:
    """The models as they were; whatever happens, the base ends as the other tests expect it."""
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("flush", interactive=False, verbosity=0)


def migrate(targets: list[tuple[str, str]] | None) -> Any:
    """Go to these migrations, or to the last ones; the models there."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.leaf_nodes() if targets is None else targets
    executor.migrate(nodes)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(nodes if targets is None else _all_at(executor, targets)).apps


def _all_at(executor: MigrationExecutor, targets: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """These, and the leaves of the apps that they say nothing of and that are still applied."""
    applied = set(executor.loader.applied_migrations)
    others = [node for node in executor.loader.graph.leaf_nodes() if node in applied]
    return [*targets, *(node for node in others if node[0] not in {app for app, _ in targets})]


def rows(apps: Any, app: str, model: str) -> list[dict[str, Any]]:
    return list(apps.get_model(app, model).objects.order_by("pk").values())


def fill(apps: Any) -> None:
    """One of each, under keys that do not begin at 1."""
    user = apps.get_model("people", "User").objects.create(code="u1", email="a@b.example", name="Alice")
    territory = apps.get_model("territories", "Territory").objects.create(
        code="t1", name="Ici", kind="intercommunality", sort_key="ici"
    )
    consultation = apps.get_model("consultations", "Consultation").objects.create(
        code="c1", slug="ici", title="Ici", territory=territory, authority="Ici", sort_key="ici"
    )
    minutes = apps.get_model("meetings", "Minutes").objects.create(
        pk=41, code="m1", consultation=consultation, title="Compte-rendu", state="published"
    )
    for rank, kind in enumerate(("participants", "project_team"), start=70):
        apps.get_model("meetings", "StepPassed").objects.create(
            pk=rank, minutes=minutes, kind=kind, edition_number=1, passed_at=MOMENT, passed_by=user, note="Vu"
        )
    edition = apps.get_model("consultations", "Edition").objects.create(
        pk=52, code="e1", consultation=consultation, subject="minutes:m1", number=1, header={"title": "Compte-rendu"},
        published_at=MOMENT, published_by=user, digest="d" * 64,
    )  # fmt: skip
    for rank, role in enumerate(("introduction", "item"), start=90):
        apps.get_model("consultations", "EditionLine").objects.create(
            pk=rank, edition=edition, position=rank, role=role, reference=f"line:{rank}", content={"text": "Été"},
            salt="s", digest="d" * 64,
        )  # fmt: skip
    for rank, (kind, code) in enumerate(
        (("edition_line", "line:l1"), ("edition_line", "l2"), ("results", "f1"), ("meeting", "line:m")), start=30
    ):
        apps.get_model("consultations", "Flag").objects.create(
            pk=rank, code=f"s{rank}", consultation=consultation, target_kind=kind, target_code=code, reason="other"
        )
    apps.get_model("sheets", "ResultsRelease").objects.create(
        pk=63, consultation=consultation, edition=edition, published_at=MOMENT
    )


def test_rows_keep_their_keys_and_their_constraints_both_ways(before: Any) -> None:
    fill(before)
    was = {
        model: rows(before, app, model)
        for app, model in (
            ("consultations", "Edition"), ("consultations", "EditionLine"), ("consultations", "Flag"),
            ("meetings", "StepPassed"), ("meetings", "Minutes"), ("sheets", "ResultsRelease"),
        )
    }  # fmt: skip
    apps = migrate(None)
    assert rows(apps, "publishing", "Edition") == was["Edition"]
    assert rows(apps, "publishing", "EditionLine") == was["EditionLine"]
    assert rows(apps, "meetings", "Minutes") == was["Minutes"]
    details = {"public_detail": "by_theme", "leads_detail": "both", "committees_detail": "full"}
    assert rows(apps, "sheets", "ResultsRelease") == [was["ResultsRelease"][0] | {"state": "published"} | details]
    assert [(row.pop("subject"), row) for row in rows(apps, "publishing", "StepPassed")] == [
        ("minutes:m1", {name: value for name, value in row.items() if name != "minutes_id"})
        for row in was["StepPassed"]
    ]
    assert [(row["id"], row["target_kind"], row["target_code"]) for row in rows(apps, "publishing", "Flag")] == [
        (30, "paragraph", "l1"), (31, "paragraph", "l2"), (32, "figures", "f1"), (33, "meeting", "line:m")
    ]  # fmt: skip
    assert {"publishing_edition", "publishing_editionline", "publishing_flag", "publishing_steppassed"} <= {
        *connection.introspection.table_names()
    }
    for model, key in (("Edition", 52), ("EditionLine", 90), ("StepPassed", 70)):
        again = apps.get_model("publishing", model).objects.get(pk=key)
        again.pk = None
        if model == "Edition":
            again.code = "e2"
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()
    back = migrate(BEFORE)
    assert rows(back, "meetings", "StepPassed") == was["StepPassed"]
    assert rows(back, "consultations", "Edition") == was["Edition"]
    assert rows(back, "consultations", "EditionLine") == was["EditionLine"]
    assert rows(back, "sheets", "ResultsRelease") == was["ResultsRelease"]
    assert [(row["target_kind"], row["target_code"]) for row in rows(back, "consultations", "Flag")] == [
        ("edition_line", "line:l1"), ("edition_line", "line:l2"), ("results", "f1"), ("meeting", "line:m")
    ]  # fmt: skip
