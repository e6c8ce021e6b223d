"""What was said is found by its words, whatever their endings and accents; what is not for everyone never is."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from model_bakery import baker
from pytest_django import DjangoAssertNumQueries

from parvis.consultations.enums import Audience, ContributionState
from parvis.consultations.models import Contribution
from parvis.consultations.operations.rebuild_search import rebuild_search
from parvis.core.erasure import wipe
from parvis.core.word_index import complete_indexes
from parvis.gathering.public.search import excerpt, search_page
from parvis.meetings.operations.moderate_meeting import hide_meeting
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_consultation import hide_consultation
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from tests.erased import places_of
from tests.meetings.scene import Scene, make_scene

REPORT = """Atelier du mardi
Emploi / Insertion
Défis
1. Les places en crèche manquent pour les femmes qui travaillent
2. Les dossiers se font en ligne
- sans ordinateur
Propositions
1. Une crèche à horaires décalés, demandée par Łukasz
2. Des travaux de rénovation de l'école
"""


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.published(REPORT)
    return made


def hits(words: str) -> list[str]:
    return ["".join(part for part, _ in hit.text) for hit in search_page(words).hits]


def page(query: str) -> str:
    return Client().get(f"/chercher/?{query}").content.decode()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("crèche", 2), ("crèches", 2), ("CRECHES", 2), ("creche", 2), ("lukasz", 1), ("Łukasz", 1), ("travail", 1),
        ("ordinateurs", 1), ("crèche femme", 1), ("femmes en crèche", 1), ("les", 0), ("bibliothèque", 0),
        ('crèche" OR "a', 0), ("crèche* NEAR(", 0), ("'; drop", 0), ("   ", 0), ("…", 0),
    ],
)  # fmt: skip
def test_found_whatever_the_ending_and_the_accent(scene: Scene, words: str, count: int) -> None:
    assert len(hits(words)) == count


@pytest.mark.parametrize("slip", ["crehce", "creeche", "crche", "ordinatuer", "crèche fmmes"])
def test_a_slip_is_understood_and_told(scene: Scene, slip: str) -> None:
    found = search_page(slip)
    assert found.hits
    assert found.corrected
    assert not search_page("crèche").corrected


def test_a_short_word_is_not_guessed(scene: Scene) -> None:
    assert hits("lig") == []


def test_the_page_marks_the_words_and_leads_to_the_contribution(scene: Scene) -> None:
    said = Contribution.objects.get(text__startswith="Les places")
    shown = page("q=creches")
    assert f'<a href="/contributions/{said.code}/">Les places en <mark>crèche</mark> manquent' in shown
    assert "2 contributions" in shown
    assert "Atelier du mardi" in shown
    assert "<mark>ordinateur</mark>" in page("q=ordinateurs")


def test_by_kind(scene: Scene) -> None:
    shown = page("q=creche&nature=proposal")
    assert "Łukasz" in shown
    assert "manquent" not in shown
    assert page("q=creche&nature=nope") == page("q=creche")


def test_what_is_typed_is_text(scene: Scene) -> None:
    shown = page("q=%3Cb%3Ecreche%3C/b%3E")
    assert "<b>" not in shown
    assert "&lt;b&gt;creche" in shown


def test_pages(scene: Scene) -> None:
    baker.make(
        Contribution, 25, consultation=scene.consultation, theme=scene.jobs, kind="challenge", text="Une piscine",
        state=ContributionState.VISIBLE, territory=None, _bulk_create=True,
    )  # fmt: skip
    first, last = search_page("piscines"), search_page("piscines", page=9)
    assert (first.total, len(first.hits), last.page, len(last.hits)) == (25, 20, 2, 5)
    assert not {hit.code for hit in first.hits} & {hit.code for hit in last.hits}
    assert "page=2" in page("q=piscines")


def test_queries(scene: Scene, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        search_page("crèche")
    with django_assert_num_queries(5):
        search_page("crehce")
    with django_assert_num_queries(0):
        search_page("")


def reserve_theme(scene: Scene) -> None:
    scene.jobs.audience = Audience.TEAM
    scene.jobs.save()


def reserve_consultation(scene: Scene) -> None:
    scene.consultation.audience = Audience.PARTNERS
    scene.consultation.save()


def reserve_meeting(scene: Scene) -> None:
    scene.meeting.audience = Audience.RESTRICTED
    scene.meeting.save()


def embargo_meeting(scene: Scene) -> None:
    scene.meeting.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.meeting.save()


def embargo_consultation(scene: Scene) -> None:
    scene.consultation.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.consultation.save()


def unopen(scene: Scene) -> None:
    scene.consultation.opened_at = None
    scene.consultation.save()


def hide_all(scene: Scene) -> None:
    for said in Contribution.objects.order_by("pk"):
        hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)


def erase_all(scene: Scene) -> None:
    for said in Contribution.objects.order_by("pk"):
        erase_contribution(scene.chloe, said)


@pytest.mark.parametrize(
    "change",
    [
        reserve_theme, reserve_consultation, reserve_meeting, embargo_meeting, embargo_consultation, unopen, hide_all,
        erase_all, lambda scene: hide_meeting(scene.chloe, scene.meeting, reason=FlagReason.OTHER),
        lambda scene: hide_consultation(scene.chloe, scene.consultation, reason=FlagReason.OTHER),
        lambda scene: Contribution.objects.update(state=ContributionState.WITHDRAWN),
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", ["crèche", "crehce", "crech"])
def test_what_is_not_for_everyone_is_not_found(scene: Scene, change: object, words: str) -> None:
    """Neither by its words, nor by those near them."""
    assert search_page(words).hits
    change(scene)  # type: ignore[operator]
    assert search_page(words).total == 0
    assert "manquent" not in page(f"q={words}")


def test_a_hidden_word_is_not_known(scene: Scene) -> None:
    """« Gymnase » is hidden: it is corrected as any word that nobody said, so that nothing tells it was said."""
    hidden, said = Contribution.objects.order_by("pk")[:2]
    Contribution.objects.filter(pk=hidden.pk).update(text="Un gymnase", details=[])
    Contribution.objects.filter(pk=said.pk).update(text="Un gymnaste", details=[])
    assert not search_page("gymnase").corrected
    hide_contribution(scene.chloe, hidden, reason=FlagReason.PERSON)
    assert hits("gymnase") == ["Un gymnaste"]


def test_kept_pages_forget_what_is_hidden(scene: Scene) -> None:
    said = Contribution.objects.get(text__startswith="Les places")
    assert "manquent" in page("q=creche")
    hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    assert "manquent" not in page("q=creche")
    restore_contribution(scene.chloe, said)
    assert "manquent" in page("q=creche")


def test_the_index_is_written_with_the_row(scene: Scene) -> None:
    """In the same transaction, whatever writes it; rolled back with it."""
    said = Contribution.objects.get(text__startswith="Les places")
    said.text = "Un gymnase"
    said.save(update_fields=["text"])
    assert (len(hits("gymnase")), len(hits("manquer"))) == (1, 0)
    Contribution.objects.filter(pk=said.pk).update(text="Un stade", details=[])
    assert (len(hits("gymnase")), len(hits("stades"))) == (0, 1)
    with transaction.atomic():
        Contribution.objects.filter(pk=said.pk).update(text="Un théâtre", details=[])
        assert len(hits("théâtre")) == 1
        transaction.set_rollback(True)
    assert (len(hits("théâtre")), len(hits("stade"))) == (0, 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index by itself")
@pytest.mark.django_db(transaction=True)
def test_the_index_leaves_no_byte_of_what_was_erased(scene: Scene) -> None:
    said = Contribution.objects.get(text__startswith="Les places")
    Contribution.objects.filter(pk=said.pk).update(text="zzgymnase", details=[])
    assert "consultations_contribution_words_data.block" in places_of("zzgymnas")
    Contribution.objects.filter(pk=said.pk).update(text="", details=[])
    wipe()
    assert places_of("zzgymnas") == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index by itself")
def test_lost_triggers_are_made_again_and_the_index_with_them(scene: Scene) -> None:
    """SQLite makes a table anew when a migration alters it: its triggers go."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER consultations_contribution_words_update")
    Contribution.objects.filter(text__startswith="Les places").update(text="Un gymnase", details=[])
    assert hits("gymnase") == []
    complete_indexes()
    assert (len(hits("gymnase")), len(hits("manquent"))) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_rebuilding_makes_the_index_and_its_words_again(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consultations_contribution SET search_key = 'autre'")
    assert hits("crèche") == []
    assert rebuild_search() == Contribution.objects.count()
    assert len(hits("crèche")) == 2


def test_a_long_text_shows_the_passage_that_answers() -> None:
    text = f"{'Avant cela. ' * 60}Le gymnase ferme. {'Après cela. ' * 60}"
    parts = excerpt(text, frozenset(["gymnas"]))
    shown = "".join(part for part, _ in parts)
    assert ("gymnase", True) in parts
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 280
    assert not re.search(r"\bAva\b", shown)
    assert len("".join(part for part, _ in excerpt("x" * 900, frozenset(["y"])))) < 280


def test_the_list_of_meetings_is_searched_by_the_same_words(scene: Scene) -> None:
    for words in ("crèches", "creche", "mardi"):
        assert scene.meeting.code in Client().get("/rencontres/", {"q": words}).content.decode()
    assert scene.meeting.code not in Client().get("/rencontres/", {"q": "bibliothèque"}).content.decode()


def test_every_public_page_has_the_search_in_its_header(scene: Scene) -> None:
    for path in ("/", "/rencontres/", f"/rencontres/{scene.meeting.code}/", "/glossaire/"):
        assert 'action="/chercher/"' in Client().get(path).content.decode()
