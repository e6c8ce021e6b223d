"""Which validation step each of several drafts waits for, and who may pass it: as `publishing.validation` says it of
one, from what is read for all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation, TeamMember
from parvis.meetings.models import Minutes
from parvis.people.models import User
from parvis.people.rules import territories_of
from parvis.publishing.models import Edition, StepDue, StepPassed
from parvis.publishing.validation import ROLES_OF_STEP
from parvis.sheets.models import ResultsRelease


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """The step that a draft waits for. `barred`: who passed another of it, where nobody may pass two."""

    kind: StepKind
    consultation: int
    barred: frozenset[int]

    def is_hers(self, actor: User, passable: set[tuple[StepKind, int]]) -> bool:
        """Whether `actor` may pass it, `passable` being what her roles let her pass."""
        return (self.kind, self.consultation) in passable and actor.pk not in self.barred


def waiting_steps(drafts: Sequence[Minutes | ResultsRelease]) -> dict[str, WaitingStep]:
    """Subject → the step it waits for; none when all were passed. The steps of each consultation must be loaded."""
    subjects = [draft.subject for draft in drafts]
    editions = Counter(Edition.objects.filter(subject__in=subjects).order_by().values_list("subject", flat=True))
    passed: defaultdict[tuple[str, int], dict[str, int | None]] = defaultdict(dict)
    rows = StepPassed.objects.filter(subject__in=subjects).order_by()
    for subject, number, kind, who in rows.values_list("subject", "edition_number", "kind", "passed_by"):
        passed[subject, number][kind] = who
    due: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for subject, number, kind in (
        StepDue.objects.filter(subject__in=subjects)
        .values_list("subject", "edition_number", "kind")
        .order_by("position", "id")
    ):
        due[subject, number].append(kind)
    waiting = {}
    for draft in drafts:
        number = editions[draft.subject] + 1
        kinds = dict.fromkeys([*due[draft.subject, number], *(step.kind for step in draft.consultation.steps.all())])
        chosen = (StepKind(kind) for kind in kinds)
        done = passed[draft.subject, number]
        step = next((step for step in chosen if step not in done), None)
        if step is not None:
            alone = draft.consultation.one_person_validates
            barred = frozenset() if alone else frozenset(who for who in done.values() if who is not None)
            waiting[draft.subject] = WaitingStep(step, draft.consultation_id, barred)
    return waiting


def passable_steps(actor: User, consultations: set[int]) -> set[tuple[StepKind, int]]:
    """The steps that the agent may pass, by consultation: a query a kind of step."""
    by_role = {
        (step, pk)
        for step, roles in ROLES_OF_STEP.items()
        for pk in Consultation.objects.filter(pk__in=consultations, territory__in=territories_of(actor, roles))
        .order_by()
        .values_list("pk", flat=True)
    }
    member = TeamMember.objects.filter(user=actor, consultation__in=consultations)
    return by_role | {(StepKind.PROJECT_TEAM, pk) for pk in member.values_list("consultation_id", flat=True)}
