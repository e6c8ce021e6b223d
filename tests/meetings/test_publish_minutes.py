"""An edition freezes what every step let through; codes stay; what moderation hid stays hidden."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from parvis.consultations.enums import ContributionState, Kind
from parvis.consultations.models import Contribution
from parvis.core.errors import ForbiddenMove, ParvisError, RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes
from parvis.meetings.operations import review
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.publishing.digests import verify_edition
from parvis.publishing.enums import FlagReason, PublishingState
from parvis.publishing.models import Edition, EditionLine
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.publishing.operations.hide_line import hide_line
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.rules import readable_contributions
from tests.meetings.scene import Scene, line, make_scene

BUS = "Le dernier bus part trop tôt"
TALK = "Les partenaires se parlent"
FILES = "Les dossiers se font en ligne"


def correct(scene: Scene, minutes: Minutes, act: Callable[[], object]) -> Edition:
    reopen_draft(scene.alice, minutes)
    act()
    scene.ready(minutes)
    return publish_minutes(scene.alice, minutes, note="Une correction")


def codes_of(edition: Edition) -> dict[str, str]:
    lines = edition.lines.filter(role="item").order_by("position")
    return {each.content["text"]: each.reference for each in lines if each.content}


def edition(minutes: Minutes, number: int = 1) -> Edition:
    return Edition.objects.get(subject=minutes.journal_name, number=number)


def test_edition_holds_items_by_theme_and_kind_numbered_again(scene: Scene) -> None:
    minutes = scene.draft()
    review.move_lines(scene.alice, minutes, [line(minutes, "Un centre de santé").code], line(minutes, BUS).code)
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes)
    found = edition(minutes).lines.filter(role="item").order_by("position").values_list("content", flat=True)
    assert [(each["theme_name"], each["kind"], each["number"], each["text"]) for each in found] == [
        ("Santé / Sport", "challenge", 1, "Peu de médecins"),
        ("Santé / Sport", "proposal", 1, "Un centre de santé"),
        ("Santé / Sport", "proposal", 2, "Des créneaux pour les femmes"),
        ("Emploi / Insertion", "challenge", 1, BUS),
        ("Emploi / Insertion", "challenge", 2, FILES),
        ("Emploi / Insertion", "strength", 1, TALK),
        ("Emploi / Insertion", "proposal", 1, "Une permanence numérique"),
    ]
    assert minutes.state == PublishingState.PUBLISHED
    assert verify_edition(edition(minutes)) == []


def test_draft_is_not_published(scene: Scene) -> None:
    minutes = scene.draft()
    with pytest.raises(ForbiddenMove):
        publish_minutes(scene.alice, minutes)
    assert (Edition.objects.count(), Contribution.objects.count()) == (0, 0)


def test_codes_are_stable_and_what_left_is_withdrawn(scene: Scene) -> None:
    minutes = scene.published()

    def change() -> None:
        review.set_theme(scene.alice, minutes, [line(minutes, BUS).code], scene.health)
        review.set_place(scene.alice, minutes, [line(minutes, TALK).code], LinePlace.ASIDE)

    second = correct(scene, minutes, change)
    before, after = codes_of(edition(minutes)), codes_of(second)
    assert {text: code for text, code in before.items() if text != TALK} == after
    gone = Contribution.objects.get(text=TALK)
    assert gone.state == ContributionState.WITHDRAWN
    assert list(minutes.contributions.filter(state="withdrawn")) == [gone]


def test_what_comes_back_in_the_text_is_visible_again(scene: Scene) -> None:
    minutes = scene.published()
    code = line(minutes, TALK).code
    correct(scene, minutes, lambda: review.set_place(scene.alice, minutes, [code], LinePlace.ASIDE))
    correct(scene, minutes, lambda: review.set_place(scene.alice, minutes, [code], LinePlace.ITEM))
    assert Contribution.objects.get(text=TALK).state == ContributionState.VISIBLE
    assert Contribution.objects.count() == 7


def test_correction_needs_a_note(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    scene.ready(minutes)
    with pytest.raises(RefusedInput):
        publish_minutes(scene.alice, minutes, note="  ")
    assert Edition.objects.count() == 1


def test_hidden_stays_hidden_in_the_next_edition(scene: Scene) -> None:
    minutes = scene.published()
    contribution = Contribution.objects.get(text=BUS)
    hide_contribution(scene.chloe, contribution, reason=FlagReason.PERSON)
    second = correct(scene, minutes, lambda: None)
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.HIDDEN
    assert second.lines.get(reference=contribution.journal_name).hidden_at is not None
    assert verify_edition(second) == []


def test_hidden_paragraph_stays_hidden_in_the_next_edition(scene: Scene) -> None:
    minutes = scene.published()
    paragraph = edition(minutes).lines.filter(role="introduction").order_by("position").first()
    assert paragraph is not None
    hide_line(scene.chloe, paragraph, reason=FlagReason.PERSON)
    second = correct(scene, minutes, lambda: None)
    assert second.lines.get(reference=paragraph.reference).hidden_at is not None


def test_hidden_while_corrected_stays_hidden_and_follows_its_line(scene: Scene) -> None:
    minutes = scene.published()
    contribution = Contribution.objects.get(text=BUS)
    reopen_draft(scene.alice, minutes)
    hide_contribution(scene.chloe, contribution, reason=FlagReason.PERSON)
    review.edit_line(scene.alice, minutes, line(minutes, BUS).code, "Le bus part tôt", [])
    scene.ready(minutes)
    second = publish_minutes(scene.alice, minutes, note="Une correction")
    contribution.refresh_from_db()
    assert (contribution.text, contribution.state) == ("Le bus part tôt", ContributionState.HIDDEN)
    assert second.lines.get(reference=contribution.journal_name).hidden_at is not None


def test_restored_once_out_of_the_text_is_withdrawn_not_visible(scene: Scene) -> None:
    minutes = scene.published()
    contribution = Contribution.objects.get(text=BUS)
    hide_contribution(scene.chloe, contribution, reason=FlagReason.PERSON)
    code = line(minutes, BUS).code
    correct(scene, minutes, lambda: review.set_place(scene.alice, minutes, [code], LinePlace.ASIDE))
    restore_contribution(scene.chloe, contribution)
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.WITHDRAWN


def test_withdrawn_can_be_hidden_in_the_former_edition(scene: Scene) -> None:
    minutes = scene.published()
    code = line(minutes, BUS).code
    correct(scene, minutes, lambda: review.set_place(scene.alice, minutes, [code], LinePlace.ASIDE))
    contribution = Contribution.objects.get(text=BUS)
    hide_contribution(scene.chloe, contribution, reason=FlagReason.PERSON)
    assert edition(minutes).lines.get(reference=contribution.journal_name).hidden_at is not None
    correct(scene, minutes, lambda: review.set_place(scene.alice, minutes, [code], LinePlace.ITEM))
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.HIDDEN


def test_line_joined_in_a_draft_shows_nothing_of_a_hidden_meeting(scene: Scene) -> None:
    """The contribution is still published and its line is gone: its page must still follow the meeting."""
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.join_lines(scene.alice, minutes, [line(minutes, BUS).code, line(minutes, FILES).code])
    scene.meeting.audience = "restricted"
    scene.meeting.save()
    assert Contribution.objects.filter(readable_contributions()).count() == 0


def test_split_words_become_a_contribution_of_their_own(scene: Scene) -> None:
    minutes = scene.published()
    code = line(minutes, FILES).code
    correct(scene, minutes, lambda: review.split_line(scene.alice, minutes, code, len("Les dossiers ")))
    assert Contribution.objects.count() == 8
    assert [each.origins for each in minutes.lines.filter(text="se font en ligne")] == [
        [{"contribution": None, "source": minutes.sources.get().code, "first": 6, "last": 8}]
    ]


def test_line_added_by_hand_is_of_the_workshop_not_imported(scene: Scene) -> None:
    minutes = scene.draft()
    review.add_line(scene.alice, minutes, line(minutes, BUS).code, Kind.CHALLENGE, "Dit à l'oral")
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes)
    assert Contribution.objects.get(text="Dit à l'oral").origin == "workshop"
    assert Contribution.objects.get(text=BUS).origin == "imported"


def test_gestures_are_forgotten_at_publication(scene: Scene) -> None:
    assert scene.published().changes.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_give_one_edition() -> None:
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("une base en mémoire ne se partage pas entre deux fils : lancez avec une base sur disque")
    scene = make_scene()
    minutes = scene.ready(scene.draft())
    start, refusals = threading.Barrier(2), []

    def publish() -> None:
        try:
            start.wait(timeout=10)
            publish_minutes(scene.alice, Minutes.objects.get(pk=minutes.pk))
        except ParvisError as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert [type(each) for each in refusals] == [ForbiddenMove]
    assert (Edition.objects.count(), Contribution.objects.count()) == (1, 7)
    assert EditionLine.objects.values("edition", "position").distinct().count() == EditionLine.objects.count()
