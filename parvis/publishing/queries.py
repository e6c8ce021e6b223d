"""Reads for the screens of what is published or about to be."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.enums import StepKind
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft, Edition, StepPassed
from parvis.publishing.validation import chosen_steps, may_pass_now, steps_passed


@dataclass(frozen=True, slots=True)
class StepRow:
    """A validation step of the edition in preparation: passed (by whom, when), waiting, or to come."""

    kind: StepKind
    state: str
    passed: StepPassed | None
    mine: bool

    @property
    def title(self) -> str:
        return str(self.kind.label)


def step_rows(draft: Draft, actor: User, editions: list[Edition]) -> list[StepRow]:
    """The steps of the edition in preparation, in order. `mine` tells whether `actor` may pass the one that waits.

    Once an edition is out and no correction has begun, they are the steps which that edition passed.
    """
    number = len(editions) + (draft.state != PublishingState.PUBLISHED)
    passed = {step.kind: step for step in steps_passed(draft, number).select_related("passed_by")}
    rows: list[StepRow] = []
    waiting = draft.state == PublishingState.VALIDATION
    for kind in chosen_steps(draft, number):
        if kind in passed:
            rows.append(StepRow(kind, "done", passed[kind], False))
            continue
        mine = waiting and may_pass_now(actor, draft, kind)
        rows.append(StepRow(kind, "current" if waiting else "next", None, mine))
        waiting = False
    return rows


def editions_of(draft: Draft) -> list[Edition]:
    """What was published, oldest first."""
    return list(Edition.objects.filter(subject=draft.subject).select_related("published_by").order_by("number"))
