"""What is published is what stands when it is frozen, though it is built before: minutes and results alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from parvis.core import clock
from parvis.core.errors import ForbiddenMove, NotAllowed, RefusedInput
from parvis.publishing import registry
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Edition, StepPassed
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.validation import next_step
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.operations.publish_results import publish_results
from parvis.sheets.operations.reply_as_lead import reply_as_lead
from parvis.sheets.operations.share_results import LEADS_ALONE, share_with_leads
from tests.sheets.scene import Sheets, make_sheets, shared_results, validated_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    world = make_sheets()
    for number in range(6):
        world.opine(world.participant(world.caf, name=f"Personne {number}"), world.permis, "continue")
    return world


def ready(world: Sheets) -> ResultsRelease:
    shared_results(world)
    return validated_results(world)


def probe(monkeypatch: pytest.MonkeyPatch, after: Callable[[], object] = lambda: None) -> list[bool]:
    """For each building of results, whether it was inside the publishing transaction; `after` runs after the first."""
    built: list[bool] = []
    standing = registry.kind_named("results")
    outside = len(connection.savepoint_ids)
    assert standing.preparation is not None
    build = standing.preparation.build

    def watched(source: Any) -> Any:
        content = build(source)
        built.append(len(connection.savepoint_ids) > outside)
        if len(built) == 1:
            after()
        return content

    preparation = replace(standing.preparation, build=watched)
    monkeypatch.setitem(registry._kinds, "results", replace(standing, preparation=preparation))
    return built


def test_nothing_long_is_built_inside_the_transaction(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    release = ready(world)
    built = probe(monkeypatch)
    publish_results(world.scene.alice, release)
    assert built == [False]


@pytest.mark.parametrize("what", ["a title", "a sheet reserved", "a reply hidden"])
def test_what_moved_while_it_was_built_is_published_as_it_stands(
    world: Sheets, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    lead = world.participant(world.caf, name="Porteuse")
    world.permis.lead = world.caf
    world.permis.save()
    shared_results(world, lambda: reply_as_lead(lead, world.permis, "Nos horaires ont changé."))
    release = validated_results(world)

    def move() -> None:
        if what == "a title":
            ActionSheet.objects.filter(pk=world.permis.pk).update(title="Permis pour tous")
        elif what == "a sheet reserved":
            ActionSheet.objects.filter(pk=world.velo.pk).update(audience="team")
        else:
            world.permis.lead_reply.hidden_at = world.permis.lead_reply.updated_at
            world.permis.lead_reply.save()

    built = probe(monkeypatch, move)
    edition = publish_results(world.scene.alice, release)
    assert built == [False, True]
    standing = registry.kind_named("results").preparation
    assert standing is not None
    content = standing.build(standing.read(ResultsRelease.objects.get()))
    frozen = [(line.role, line.reference, line.content) for line in edition.lines.order_by("position")]
    assert frozen == [(line.role, line.reference, line.content) for line in content.lines]
    assert {name: value for name, value in edition.header.items() if name != "validation"} == content.header


def test_results_take_the_steps_of_their_consultation_without_the_participants(world: Sheets) -> None:
    release = shared_results(world)
    with pytest.raises(ForbiddenMove, match="Toutes les étapes"):
        publish_results(world.scene.alice, release)
    submit_draft(world.scene.alice, release)
    assert (release.state, next_step(release)) == (PublishingState.VALIDATION, "project_team")
    with pytest.raises(ForbiddenMove, match="Toutes les étapes"):
        publish_results(world.scene.alice, release)
    with pytest.raises(NotAllowed):
        pass_step(world.scene.chloe, release, next_step(release))  # type: ignore[arg-type]
    pass_step(world.scene.alice, release, next_step(release), note="Relus")  # type: ignore[arg-type]
    assert release.state == PublishingState.READY
    assert list(StepPassed.objects.values_list("subject", "kind", "edition_number", "note")) == [
        (f"results:{world.consultation.code}", "project_team", 1, "Relus")
    ]
    publish_results(world.scene.alice, release)
    assert (release.state, Edition.objects.count()) == (PublishingState.PUBLISHED, 1)


def test_leads_answer_before_validation_and_again_once_sent_back(world: Sheets) -> None:
    lead = world.participant(world.caf, name="Porteuse")
    world.permis.lead = world.caf
    world.permis.save()
    release = ready(world)
    with pytest.raises(NotAllowed):
        reply_as_lead(lead, world.permis, "Trop tard")
    with pytest.raises(ForbiddenMove):
        share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    reopen_draft(world.scene.alice, release)
    assert (release.state, StepPassed.objects.count()) == (PublishingState.DRAFT, 0)
    reply_as_lead(lead, world.permis, "Nos horaires ont changé.")
    assert world.permis.lead_reply.text == "Nos horaires ont changé."


def test_results_are_published_once(world: Sheets) -> None:
    """Two tables of almost the same people, masked apart, would tell by their difference what each hides."""
    release = ready(world)
    publish_results(world.scene.alice, release)
    with pytest.raises(ForbiddenMove):
        reopen_draft(world.scene.alice, release)
    ResultsRelease.objects.update(state="ready")
    with pytest.raises(ForbiddenMove, match="ne l'est qu'une fois"):
        publish_results(world.scene.alice, ResultsRelease.objects.get())
    assert Edition.objects.count() == 1


def test_nothing_to_read_cannot_be_validated(world: Sheets) -> None:
    release = shared_results(world)
    ActionSheet.objects.update(audience="partners")
    with pytest.raises(RefusedInput):
        submit_draft(world.scene.alice, release)
    assert ResultsRelease.objects.get().state == PublishingState.DRAFT
