"""What an edition tells its readers of its validation: the steps it passed, and what was changed of them meanwhile."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from parvis.core.models import JournalEntry
from parvis.publishing.models import Draft, Edition
from parvis.publishing.validation import steps_passed


def validation_record(draft: Draft) -> dict[str, Any]:
    """For the header of the edition in preparation: days and codes of steps, nobody's name.

    `passed`: step and day. `same_person`: the steps that one person passed, when she passed several; a list for each
    such person. `changes`, since the last edition: day, steps that the consultation took out, and added.
    """
    passed = list(steps_passed(draft).order_by("id").values_list("kind", "passed_at", "passed_by"))
    return {
        "passed": [{"step": kind, "on": _day(at)} for kind, at, _ in passed],
        "same_person": _same_person([(kind, who) for kind, _, who in passed]),
        "changes": _changes(draft),
    }


def _same_person(passed: Sequence[tuple[str, int | None]]) -> list[list[str]]:
    """Steps, by the person who passed them; those of nobody (she was erased since) are not told of."""
    by_person: defaultdict[int, list[str]] = defaultdict(list)
    for kind, who in passed:
        if who is not None:
            by_person[who].append(kind)
    return [kinds for kinds in by_person.values() if len(kinds) > 1]


def _changes(draft: Draft) -> list[dict[str, Any]]:
    entries = JournalEntry.objects.filter(subject=draft.consultation.journal_name, verb="choose_steps").order_by("id")
    last = Edition.objects.filter(subject=draft.subject).order_by("-number").first()
    if last is not None:
        entries = entries.filter(at__gt=last.published_at)
    rows = [(at, values["before"], values["steps"]) for at, values in entries.values_list("at", "values")
            if "before" in values]  # fmt: skip
    return [
        {
            "on": _day(at),
            "removed": [kind for kind in before if kind not in after],
            "added": [kind for kind in after if kind not in before],
        }
        for at, before, after in rows
        if set(before) != set(after)
    ]


def _day(at: datetime.datetime) -> str:
    return timezone.localdate(at).isoformat()
