"""Who reads what of the opinions: the public, the leads, the committees; and what is told to who validates."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from parvis.core import clock
from parvis.core.errors import ForbiddenMove
from parvis.gathering.results.for_committees import gather_for_committees
from parvis.gathering.results.for_leads import gather_led
from parvis.gathering.results.in_words import part_rows
from parvis.gathering.results.left_out import left_out
from parvis.gathering.results.published import PublishedResults, gather_preview, gather_published
from parvis.insight.shown import Counts, Part, show
from parvis.people.models import Organisation
from parvis.sheets.content import ResultsSource, theme_contents
from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail
from parvis.sheets.models import FrozenFigures, ResultsRelease
from parvis.sheets.operations.choose_circles import choose_circles
from parvis.sheets.results import CountedSheet
from tests.sheets.scene import Sheets, make_sheets, publish, shared_results

pytestmark = pytest.mark.django_db
ANSWERS = (*["strengthen"] * 4, *["continue"] * 3, *["adapt"] * 2, "reconsider", *["no_view"] * 3, *["unknown"] * 4)


@pytest.fixture
def world() -> Sheets:
    """Of the first sheet, thirteen of seventeen organisations know it: seven à conforter, three à retravailler."""
    world = make_sheets()
    world.permis.lead = world.caf
    world.permis.save()
    for number, value in enumerate(ANSWERS):
        organisation = Organisation.objects.create(
            territory=world.consultation.territory, name=f"Association {number}", type="association"
        )
        organisation.partnerships.create(consultation=world.consultation)
        world.opine(world.participant(organisation), world.permis, value)
    return world


def choose(world: Sheets, public: str = "by_theme", leads: str = "both", committees: str = "full") -> None:
    choose_circles(
        world.scene.alice, world.consultation, PublicDetail(public), LeadsDetail(leads), CommitteesDetail(committees)
    )


def published(world: Sheets) -> PublishedResults:
    publish(world)
    results = gather_published(world.consultation)
    assert results is not None
    return results


def words(bars: Any) -> dict[str, str]:
    return {bar.label: bar.words for bar in bars}


WHOLE = {"À conforter": "7 sur 13", "À retravailler": "3 sur 13", "Avis partagés, ou sans avis": "3 sur 13"}


def test_anyone_reads_who_knows_each_action_and_what_is_thought_by_theme(world: Sheets) -> None:
    shared_results(world)
    assert "/avis/" not in Client().get(f"/concertations/{world.consultation.slug}/").content.decode()
    results = published(world)
    permis = results.sheets[0].figures
    assert permis is not None
    assert permis.known == "13 sur 17 organismes connaissent cette action"
    assert permis.appreciation == ()
    (alone,) = (theme for theme in results.themes if theme.theme == world.scene.jobs.name)
    assert (alone.bars, alone.left_out[:22]) == ((), "Une seule action est c")
    home = Client().get(f"/concertations/{world.consultation.slug}/").content.decode()
    assert f'href="/concertations/{world.consultation.slug}/avis/"' in home
    page = Client().get(f"/concertations/{world.consultation.slug}/avis/").content.decode()
    assert "13 sur 17 organismes connaissent cette action" in page
    assert "À renforcer" not in page


def test_a_theme_is_the_sum_of_two_actions_at_least(world: Sheets) -> None:
    """One alone would be told as if it were published by itself, which only the steering committee decides."""
    sheets = tuple(CountedSheet(code, rank, code, ("Emploi", f"Seule {code}"), "") for rank, code in enumerate("ab"))
    figures = show(Counts(strengthen=7, adapt=3, divided=3, unknown=4))
    for detail, alone in ((PublicDetail.BY_THEME, None), (PublicDetail.BY_ACTION, 7)):
        source = ResultsSource("c", "Titre", detail, sheets, {"a": figures, "b": figures}, {})
        by_theme = {content["theme"]: content for content in theme_contents(source)}
        both, one = by_theme["Emploi"]["appreciation"], by_theme["Seule a"]["appreciation"]
        assert both["to_support"]["low"] == 14
        assert (one["to_support"]["low"] if one else None) == alone


def test_action_by_action_only_if_the_committee_decided_it(world: Sheets) -> None:
    choose(world, public="by_action")
    shared_results(world)
    permis = published(world).sheets[0].figures
    assert permis is not None
    assert (words(permis.appreciation), permis.values) == (WHOLE, ())


def test_who_knows_and_nothing_more(world: Sheets) -> None:
    choose(world, public="awareness", leads="awareness", committees="awareness")
    shared_results(world)
    for_committees = gather_for_committees(world.consultation)
    assert for_committees is not None
    (led,) = gather_led(world.participant(world.caf))
    results = published(world)
    assert results.themes == ()
    for figures in (led.results.figures, results.sheets[0].figures, for_committees.sheets[0].results.figures):
        assert figures is not None
        assert (figures.known != "", figures.appreciation, figures.values) == (True, (), ())


def test_leads_read_both_questions_and_committees_the_four_values(world: Sheets) -> None:
    shared_results(world)
    (led,) = gather_led(world.participant(world.caf))
    assert led.results.figures is not None
    assert (words(led.results.figures.appreciation), led.results.figures.values) == (WHOLE, ())
    for_committees = gather_for_committees(world.consultation)
    assert for_committees is not None
    detail = for_committees.sheets[0].results.figures
    assert detail is not None
    assert words(detail.values) == {"À renforcer": "4 sur 13", "À poursuivre": "3 sur 13"}


def test_what_is_read_does_not_change_under_the_eyes_of_who_reads_it(world: Sheets) -> None:
    shared_results(world)
    choose(world, public="by_action")
    with pytest.raises(ForbiddenMove, match="porteurs"):
        choose(world, leads="awareness")
    publish(world)
    with pytest.raises(ForbiddenMove, match="publiés"):
        choose(world)


def test_committees_read_after_the_leads(world: Sheets) -> None:
    """Édith is elected on the territory; Bob animates; Alice is of the project team."""
    shared_results(world)
    address = f"/gestion/concertations/{world.consultation.code}/avis/comites/"
    opens = {}
    for days in (0, 30):
        ResultsRelease.objects.update(reply_until=clock.today() + datetime.timedelta(days=days - 15))
        for agent in (world.scene.alice, world.scene.bob, world.scene.edith):
            client = Client()
            client.force_login(agent)
            opens[days, agent.name] = client.get(address).status_code
    assert opens == {
        (0, "Alice"): 200, (0, "Bob"): 403, (0, "Édith"): 200, (30, "Alice"): 200, (30, "Bob"): 403, (30, "Édith"): 403
    }  # fmt: skip


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "pdf"])
def test_committees_take_a_document_away(world: Sheets, extension: str) -> None:
    shared_results(world)
    client = Client()
    client.force_login(world.scene.edith)
    file = client.get(f"/gestion/concertations/{world.consultation.code}/avis/avis-pour-les-comites.{extension}")
    assert (file.status_code, len(file.content) > 500) == (200, True)


def test_who_validates_learns_what_will_not_appear_and_why(world: Sheets) -> None:
    choose(world, public="by_action")
    closed = world.sheet("Réservée", audience="partners")
    release = shared_results(world)
    assert left_out(release, gather_preview(release)) == (
        f"« {closed.title} » n'est pas lisible par tous.",
        f"« {world.velo.title} » a reçu la réponse de moins de cinq organismes.",
    )


def test_tables_published_before_are_still_read(world: Sheets) -> None:
    """An edition does not change: its masked table by college is read as it was published."""
    release = shared_results(world)
    publish(world)
    row = [None, 7, None, None, 0, 0, None, 12]
    table = [[0] * 8, [0] * 8, [0] * 8, [0] * 8, row, row]
    FrozenFigures.objects.filter(sheet=world.permis).update(shown={"table": table})
    release.refresh_from_db()
    assert release.edition is not None
    line = release.edition.lines.order_by("position")[0]
    assert line.content is not None
    line.content = {name: line.content[name] for name in ("sheet", "number", "title", "theme", "lead")} | {
        "table": table
    }
    line.save()
    release.edition.header.pop("format")
    release.edition.save()
    results = gather_published(world.consultation)
    assert results is not None
    assert (results.old, results.sheets[0].rows[-1].cells) == (True, ("•", "7", "•", "•", "0", "0", "•", "12"))
    page = Client().get(f"/concertations/{world.consultation.slug}/avis/").content.decode()
    assert "remplace un nombre masqué" in page
    assert Client().get(f"/concertations/{world.consultation.slug}/avis-des-partenaires.csv").status_code == 200
    (led,) = gather_led(world.participant(world.caf))
    assert led.results.rows == results.sheets[0].rows


def test_parts_frozen_under_a_college_that_is_no_more_are_still_printed() -> None:
    part = Part(answered=7, knows=6, to_support=5)
    rows = part_rows({}, {"housing_and_employment": part, "state": part})
    assert [row[0] for row in rows] == ["État", "Habitat et emploi"]
