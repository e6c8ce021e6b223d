"""An edition proves what it said, whatever was hidden or erased since."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import IntegrityError, transaction

from parvis.core.canonical import canonical
from parvis.meetings.enums import MinutesRole
from parvis.publishing.content import Content, FrozenLine
from parvis.publishing.digests import verify_edition
from parvis.publishing.models import Edition, EditionLine
from parvis.publishing.operations.freeze_edition import freeze_edition
from parvis.publishing.operations.withhold_lines import erase_in_editions, hide_in_editions, show_in_editions
from tests.meetings.scene import Scene, make_scene

CONTENT = Content(
    {"title": "Un titre"},
    (
        FrozenLine(MinutesRole.INTRODUCTION, "line:un", {"text": "Bonjour"}),
        FrozenLine(MinutesRole.ITEM, "contribution:deux", {"text": "Le bus", "number": 1}),
        FrozenLine(MinutesRole.ITEM, "contribution:trois", {"text": "L'été, « déjà »", "number": 2}),
    ),
)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def edition(scene: Scene) -> Edition:
    return freeze_edition(scene.alice, scene.consultation, "minutes:abc", CONTENT, "")


def test_canonical_json_is_the_same_whatever_the_order() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode() == canonical({"a": "é", "b": 1})


def test_digest_can_be_computed_again_by_anyone(edition: Edition) -> None:
    """As the method is published: SHA-256 of salt and content for a line, of header and lines for the edition."""
    whole = hashlib.sha256(
        json.dumps(edition.header, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    for line in edition.lines.order_by("position"):
        text = json.dumps(line.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(f"{line.salt}{text}".encode()).hexdigest()
        assert digest == line.digest
        whole.update(digest.encode())
    assert whole.hexdigest() == edition.digest


def test_same_content_twice_has_two_digests(scene: Scene, edition: Edition) -> None:
    """Without its salt, an erased line cannot be guessed from its digest."""
    second = freeze_edition(scene.alice, scene.consultation, "minutes:abc", CONTENT, "")
    assert (second.number, edition.number) == (2, 1)
    assert set(second.lines.values_list("digest", flat=True)).isdisjoint(edition.lines.values_list("digest", flat=True))


def test_number_is_taken_once(scene: Scene, edition: Edition) -> None:
    edition.pk, edition.code = None, "autrecode1"
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save(force_insert=True)


def test_hidden_shown_erased_it_still_verifies(edition: Edition) -> None:
    assert hide_in_editions("contribution:deux") == 1
    assert verify_edition(edition) == []
    assert show_in_editions("contribution:deux") == 1
    assert verify_edition(edition) == []
    assert erase_in_editions("contribution:deux") == 1
    line = edition.lines.get(reference="contribution:deux")
    assert (line.content, line.salt, line.hidden_at is None) == (None, None, False)
    assert verify_edition(edition) == []


def test_erased_line_is_not_shown_again(edition: Edition) -> None:
    erase_in_editions("contribution:deux")
    assert show_in_editions("contribution:deux") == 0
    assert edition.lines.get(reference="contribution:deux").hidden_at is not None


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"text": "Le tramway", "number": 1}},
        {"salt": "0" * 32},
        {"digest": "0" * 64},
        {"salt": None},
        {"content": None},
    ],
)
def test_tampering_with_a_line_is_seen(edition: Edition, change: dict[str, object]) -> None:
    EditionLine.objects.filter(reference="contribution:deux").update(**change)
    assert verify_edition(edition) != []


def test_tampering_with_the_header_or_the_order_is_seen(edition: Edition) -> None:
    edition.header = {"title": "Un autre titre"}
    assert len(verify_edition(edition)) == 1
    edition.refresh_from_db()
    EditionLine.objects.filter(reference="line:un").update(position=9)
    assert len(verify_edition(edition)) == 1


def test_removed_line_is_seen(edition: Edition) -> None:
    edition.lines.get(reference="contribution:trois").delete()
    assert len(verify_edition(edition)) == 1
