"""Hiding, showing again, erasing: each state, each refusal, each word in the journal."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import ContributionState, FlagReason, FlagState, FlagTarget, LineRole
from parvis.consultations.models import Consultation, Contribution, EditionLine
from parvis.consultations.operations import moderate
from parvis.consultations.operations.editions import FrozenLine, freeze_edition
from parvis.consultations.operations.flag_content import flag_content
from parvis.core.errors import ForbiddenMove
from parvis.core.models import JournalEntry
from parvis.core.signals import content_hidden
from tests.erased import still_told
from tests.meetings.scene import Scene, make_scene

TEXT = "Le bus de Mme Untel"


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def said(scene: Scene) -> Contribution:
    contribution = Contribution.objects.create(
        consultation=scene.consultation,
        theme=scene.jobs,
        kind="challenge",
        text=TEXT,
        details=["le soir"],
        origin="imported",
        state=ContributionState.VISIBLE,
    )
    freeze(scene, contribution)
    return contribution


def freeze(scene: Scene, *contributions: Contribution) -> None:
    lines = [FrozenLine(LineRole.ITEM, each.journal_name, {"text": each.text}) for each in contributions]
    lines.append(FrozenLine(LineRole.INTRODUCTION, "line:intro", {"text": "Bonjour"}))
    freeze_edition(scene.alice, scene.consultation, "minutes:abc", {"title": "Un titre"}, lines, "")


def withheld(reference: str) -> list[bool]:
    lines = EditionLine.objects.filter(reference=reference).order_by("edition__number")
    return [each.hidden_at is not None for each in lines]


def test_hidden_then_restored_in_every_edition(scene: Scene, said: Contribution) -> None:
    freeze(scene, said)
    moderate.hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    assert (said.state, withheld(said.journal_name)) == ("hidden", [True, True])
    moderate.restore_contribution(scene.chloe, said)
    assert (said.state, withheld(said.journal_name)) == ("visible", [False, False])


@pytest.mark.parametrize("state", ["draft", "pending", "quarantined", "hidden"])
def test_only_what_is_or_was_published_is_hidden(scene: Scene, said: Contribution, state: str) -> None:
    Contribution.objects.update(state=state)
    with pytest.raises(ForbiddenMove):
        moderate.hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)


def test_withdrawn_is_hidden_then_comes_back_withdrawn(scene: Scene, said: Contribution) -> None:
    freeze(scene)
    Contribution.objects.update(state="withdrawn")
    moderate.hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    moderate.restore_contribution(scene.chloe, said)
    assert said.state == "withdrawn"


def test_erased_has_no_word_left_and_does_not_come_back(scene: Scene, said: Contribution) -> None:
    assert still_told(["untel", "soir"]) == ["untel", "soir"]
    moderate.erase_contribution(scene.chloe, said)
    assert (said.text, said.details, said.state) == (moderate.ERASED, [], "hidden")
    assert still_told(["untel", "soir"]) == []
    assert list(EditionLine.objects.filter(reference=said.journal_name).values_list("content", "salt")) == [
        (None, None)
    ]
    with pytest.raises(ForbiddenMove):
        moderate.restore_contribution(scene.chloe, said)


def test_journal_keeps_who_and_why_never_the_text(scene: Scene, said: Contribution) -> None:
    moderate.hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    moderate.erase_contribution(scene.chloe, said)
    rows = JournalEntry.objects.filter(subject=said.journal_name).order_by("id")
    assert [(row.verb, row.actor, row.values) for row in rows] == [
        ("hide_contribution", scene.chloe.journal_name, {"reason": "person"}),
        ("erase_contribution", scene.chloe.journal_name, {}),
    ]


def test_paragraph_is_hidden_once_and_restored(scene: Scene, said: Contribution) -> None:
    line = EditionLine.objects.get(reference="line:intro")
    moderate.hide_line(scene.chloe, line, reason=FlagReason.PERSON)
    assert withheld("line:intro") == [True]
    with pytest.raises(ForbiddenMove):
        moderate.hide_line(scene.chloe, line, reason=FlagReason.PERSON)
    moderate.restore_line(scene.chloe, line)
    assert withheld("line:intro") == [False]


def test_contribution_is_not_hidden_by_its_line_alone(scene: Scene, said: Contribution) -> None:
    """The line would go and the contribution's own page would stay."""
    line = EditionLine.objects.get(reference=said.journal_name)
    for act in (
        lambda: moderate.hide_line(scene.chloe, line, reason="person"),
        lambda: moderate.restore_line(scene.chloe, line),
    ):
        with pytest.raises(ForbiddenMove):
            act()


def test_consultation_is_hidden_and_restored(scene: Scene) -> None:
    moderate.hide_consultation(scene.chloe, scene.consultation, reason=FlagReason.ILLEGAL)
    assert Consultation.objects.exclude(hidden_at=None).count() == 1
    moderate.restore_consultation(scene.chloe, scene.consultation)
    assert Consultation.objects.exclude(hidden_at=None).count() == 0


def test_flag_is_answered_once(scene: Scene, said: Contribution) -> None:
    flag = flag_content(
        scene.consultation, FlagTarget.CONTRIBUTION, said.code, reason=FlagReason.PERSON, comment="C'est moi"
    )
    moderate.answer_flag(scene.chloe, flag, state=FlagState.DISMISSED, answer="Personne n'est nommé.")
    with pytest.raises(ForbiddenMove):
        moderate.answer_flag(scene.chloe, flag, state=FlagState.UPHELD, answer="Masqué.")
    flag.refresh_from_db()
    assert (flag.state, flag.answer) == ("dismissed", "Personne n'est nommé.")


def test_each_change_is_told_once_it_is_stored(
    scene: Scene, said: Contribution, django_capture_on_commit_callbacks: object
) -> None:
    heard: list[tuple[str, str]] = []

    def hear(sender: object, kind: str, code: str, **extra: object) -> None:
        heard.append((kind, code))

    content_hidden.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            moderate.hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
            assert heard == []
        assert heard == [("contribution", said.code)]
    finally:
        content_hidden.disconnect(hear)
