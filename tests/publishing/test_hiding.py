"""Hiding, showing again, erasing: each state, each refusal, each word in the journal."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Consultation, Contribution
from parvis.core.errors import ForbiddenMove
from parvis.core.models import JournalEntry
from parvis.core.signals import content_hidden
from parvis.meetings.enums import MinutesRole
from parvis.publishing.content import Content, FrozenLine
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import EditionLine, Flag
from parvis.publishing.operations.decide_flag import decide_flag
from parvis.publishing.operations.erase_contribution import ERASED, erase_contribution
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.operations.freeze_edition import freeze_edition
from parvis.publishing.operations.hide_consultation import hide_consultation, restore_consultation
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.publishing.operations.hide_line import hide_line, restore_line
from parvis.publishing.registry import Readable
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
    lines = [FrozenLine(MinutesRole.ITEM, each.journal_name, {"text": each.text}) for each in contributions]
    lines.append(FrozenLine(MinutesRole.INTRODUCTION, "line:intro", {"text": "Bonjour"}))
    freeze_edition(scene.alice, scene.consultation, "minutes:abc", Content({"title": "Un titre"}, tuple(lines)), "")


def withheld(reference: str) -> list[bool]:
    lines = EditionLine.objects.filter(reference=reference).order_by("edition__number")
    return [each.hidden_at is not None for each in lines]


def test_hidden_then_restored_in_every_edition(scene: Scene, said: Contribution) -> None:
    freeze(scene, said)
    hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    assert (said.state, withheld(said.journal_name)) == ("hidden", [True, True])
    restore_contribution(scene.chloe, said)
    assert (said.state, withheld(said.journal_name)) == ("visible", [False, False])


@pytest.mark.parametrize("state", ["draft", "pending", "quarantined", "hidden"])
def test_only_what_is_or_was_published_is_hidden(scene: Scene, said: Contribution, state: str) -> None:
    Contribution.objects.update(state=state)
    with pytest.raises(ForbiddenMove):
        hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)


def test_withdrawn_is_hidden_then_comes_back_withdrawn(scene: Scene, said: Contribution) -> None:
    freeze(scene)
    Contribution.objects.update(state="withdrawn")
    hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    restore_contribution(scene.chloe, said)
    assert said.state == "withdrawn"


def test_erased_has_no_word_left_and_does_not_come_back(scene: Scene, said: Contribution) -> None:
    assert still_told(["untel", "soir"]) == ["untel", "soir"]
    erase_contribution(scene.chloe, said)
    assert (said.text, said.details, said.state) == (ERASED, [], "hidden")
    assert still_told(["untel", "soir"]) == []
    assert list(EditionLine.objects.filter(reference=said.journal_name).values_list("content", "salt")) == [
        (None, None)
    ]
    with pytest.raises(ForbiddenMove):
        restore_contribution(scene.chloe, said)


def test_reports_of_an_erased_contribution_no_longer_quote_it(scene: Scene, said: Contribution) -> None:
    """Whoever reports a name writes it; the moderator's answer stays, she who reported reads it."""
    quoted, other = (
        Flag.objects.create(
            consultation=scene.consultation, target_kind="contribution", target_code=code, reason="person",
            comment="On y nomme Mme Untel",
        )
        for code in (said.code, "ailleurs")
    )  # fmt: skip
    erase_contribution(scene.chloe, said)
    assert Flag.objects.get(pk=quoted.pk).comment == ""
    assert Flag.objects.get(pk=other.pk).comment == "On y nomme Mme Untel"


def test_journal_keeps_who_and_why_never_the_text(scene: Scene, said: Contribution) -> None:
    hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
    erase_contribution(scene.chloe, said)
    rows = JournalEntry.objects.filter(subject=said.journal_name).order_by("id")
    assert [(row.verb, row.actor, row.values) for row in rows] == [
        ("hide_contribution", scene.chloe.journal_name, {"reason": "person"}),
        ("erase_contribution", scene.chloe.journal_name, {}),
    ]


def test_paragraph_is_hidden_once_and_restored(scene: Scene, said: Contribution) -> None:
    line = EditionLine.objects.get(reference="line:intro")
    hide_line(scene.chloe, line, reason=FlagReason.PERSON)
    assert withheld("line:intro") == [True]
    with pytest.raises(ForbiddenMove):
        hide_line(scene.chloe, line, reason=FlagReason.PERSON)
    restore_line(scene.chloe, line)
    assert withheld("line:intro") == [False]


def test_contribution_is_not_hidden_by_its_line_alone(scene: Scene, said: Contribution) -> None:
    """The line would go and the contribution's own page would stay."""
    line = EditionLine.objects.get(reference=said.journal_name)
    for act in (
        lambda: hide_line(scene.chloe, line, reason="person"),
        lambda: restore_line(scene.chloe, line),
    ):
        with pytest.raises(ForbiddenMove):
            act()


def test_consultation_is_hidden_and_restored(scene: Scene) -> None:
    hide_consultation(scene.chloe, scene.consultation, reason=FlagReason.ILLEGAL)
    assert Consultation.objects.exclude(hidden_at=None).count() == 1
    restore_consultation(scene.chloe, scene.consultation)
    assert Consultation.objects.exclude(hidden_at=None).count() == 0


def test_flag_is_answered_once(scene: Scene, said: Contribution) -> None:
    content = Readable(scene.consultation, said.code, said.code, said.text)
    flag = flag_content("contribution", content, reason=FlagReason.PERSON, comment="C'est moi")
    decide_flag(scene.chloe, flag, None, hide=False, answer="Personne n'est nommé.")
    with pytest.raises(ForbiddenMove):
        decide_flag(scene.chloe, flag, None, hide=False, answer="Encore.")
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
            hide_contribution(scene.chloe, said, reason=FlagReason.PERSON)
            assert heard == []
        assert heard == [("contribution", said.code)]
    finally:
        content_hidden.disconnect(hear)
