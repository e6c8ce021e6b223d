"""A sheet hidden as the duplicate of another is counted nowhere, and comes back whole when it is shown again."""

from __future__ import annotations

import io

import openpyxl
import pytest

from parvis.consultations.enums import Audience, Origin, Standing
from parvis.consultations.models import Participant
from parvis.gathering.desk.invitations import gather_invitations
from parvis.gathering.partners.sheets import gather_partner_sheets
from parvis.gathering.printed.sheets import Readers, count_printed
from parvis.gathering.results.for_committees import gather_for_committees
from parvis.gathering.results.published import gather_preview, gather_published
from parvis.gathering.results.unchecked import gather_unchecked
from parvis.people.enums import OrganisationType
from parvis.sheets.frozen_figures import count_waiting
from parvis.sheets.models import ActionSheet, Tally
from parvis.sheets.operations.many_sheets import hide_many
from parvis.sheets.results import gather_results
from tests.sheets.scene import Sheets, make_sheets, organisation, publish, shared_results, validated_results
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db
MARK = "Doublon de la fiche vélo"


@pytest.fixture
def world(db: None) -> Sheets:
    """Seven organisations answered on two sheets; `velo` is to be found a duplicate of the other."""
    world = make_sheets()
    ActionSheet.objects.update(audience=Audience.PUBLIC)
    world.velo.title = MARK
    world.velo.themes.set([world.scene.jobs])
    world.velo.save()
    for number in range(7):
        partner = organisation(world.scene, f"Partenaire {number}", OrganisationType.ASSOCIATION)
        someone = world.participant(partner)
        world.opine(someone, world.velo, "reconsider", comment=f"zqx9 {number}")
        if number:
            world.opine(someone, world.permis, "continue")
    Tally.objects.create(sheet=world.velo, college="housing", value="continue", count=9, updated_at="2026-03-01T10:00Z")
    return world


def hide(world: Sheets) -> None:
    hide_many(world.scene.alice, world.velo.consultation, [world.velo.code], hidden=True)


def address(world: Sheets, path: str) -> str:
    return f"/gestion/concertations/{world.consultation.code}/{path}"


def test_results_of_the_team(world: Sheets) -> None:
    hide(world)
    results = gather_results(world.consultation, world.scene.alice)
    assert [row.title for row in results.sheets] == [world.permis.title]
    assert MARK not in [row.title for row in results.to_make_known]
    desk = signed_in(world.scene.alice)
    assert MARK not in desk.get(address(world, "avis/")).content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "pdf"])
def test_files_of_the_team(world: Sheets, extension: str) -> None:
    hide(world)
    file = signed_in(world.scene.alice).get(address(world, f"avis/avis-des-partenaires.{extension}"))
    assert file.status_code == 200
    if extension == "csv":
        assert MARK not in file.content.decode()
    if extension == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(file.content))
        said = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        assert world.permis.title in said
        assert MARK not in said
        assert "zqx9" not in said


def test_who_answered_and_who_is_to_be_checked(world: Sheets) -> None:
    someone = Participant.objects.create(
        consultation=world.consultation, organisation=world.caf, origin=Origin.INVITED, standing=Standing.TO_CHECK
    )
    world.opine(someone, world.velo, "continue")
    assert gather_unchecked(world.consultation).total == 1
    only_there = gather_invitations(world.consultation).rows
    before = sum(row.answered for row in only_there)
    hide(world)
    assert gather_unchecked(world.consultation).total == 0
    assert sum(row.answered for row in gather_invitations(world.consultation).rows) == before - 7 == 6


def test_partners_paper_and_booklets(world: Sheets) -> None:
    someone = world.participant(world.caf)
    assert count_printed(world.scene.alice, world.consultation, Readers.PARTNERS).sheets == 2
    assert gather_partner_sheets(someone).total == 2
    hide(world)
    assert count_printed(world.scene.alice, world.consultation, Readers.PARTNERS).sheets == 1
    assert gather_partner_sheets(someone).total == 1
    desk = signed_in(world.scene.alice)
    for path in ("saisie/", "saisie/gommettes/"):
        assert MARK not in desk.get(address(world, path)).content.decode()


def test_committees_and_everyone_when_hidden_before_the_figures_are_frozen(world: Sheets) -> None:
    hide(world)
    release = shared_results(world)
    assert count_waiting(release) == 6, "all were given after that day: those of the duplicate are left out"
    committees = gather_for_committees(world.consultation)
    assert committees is not None
    assert [row.results.title for row in committees.sheets] == [world.permis.title]
    preview = gather_preview(validated_results(world))
    assert [(theme.theme, theme.actions) for theme in preview.themes] == [(world.scene.jobs.name, 1)]
    publish_page = signed_in(world.scene.alice).get(address(world, "avis/diffusion/")).content.decode()
    assert MARK not in publish_page


def test_hidden_between_the_freeze_and_the_publication(world: Sheets) -> None:
    shared_results(world)
    hide(world)
    publish(world)
    published = gather_published(world.consultation)
    assert published is not None
    assert [row.title for row in published.sheets] == [world.permis.title]
    assert [theme.actions for theme in published.themes] == [1]
    page = signed_in(world.scene.chloe).get(f"/concertations/{world.consultation.slug}/").content.decode()
    assert MARK not in page


def test_hidden_after_the_publication(world: Sheets) -> None:
    shared_results(world)
    publish(world)
    hide(world)
    published = gather_published(world.consultation)
    assert published is not None
    assert [row.title for row in published.sheets] == [world.permis.title]
    committees = gather_for_committees(world.consultation)
    assert committees is not None
    assert [row.results.title for row in committees.sheets] == [world.permis.title]


def test_shown_again_it_counts_as_before(world: Sheets) -> None:
    before = gather_results(world.consultation, world.scene.alice)
    hide(world)
    hide_many(world.scene.alice, world.velo.consultation, [world.velo.code], hidden=False)
    assert gather_results(world.consultation, world.scene.alice) == before
