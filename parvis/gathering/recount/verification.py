"""Everything counted again from what cannot change: the lines of editions, and the journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from parvis.consultations.enums import ContributionState, OpStatus
from parvis.consultations.models import Contribution, OutboxOp
from parvis.core.models import JournalEntry
from parvis.gathering.recount.opinions import recount_opinions
from parvis.gathering.recount.rooms import recount_rooms
from parvis.publishing.digests import verify_edition
from parvis.publishing.models import Edition, EditionLine

_SHOWN_AGAIN = {
    "hide_contribution": True,
    "restore_contribution": False,
    "erase_contribution": True,
}
"""Whether a contribution is hidden after each of these writings in the journal."""


@dataclass(slots=True)
class Verification:
    """What was counted, and one sentence for each thing that is wrong.

    Contributions by consultation (code → number), opinions by sheet (code → value → number), dots by meeting (code →
    number), and how many operations came too late and wait for a decision.
    """

    contributions: dict[str, int] = field(default_factory=dict)
    opinions: dict[str, dict[str, int]] = field(default_factory=dict)
    dots: dict[str, int] = field(default_factory=dict)
    late: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify() -> Verification:
    """Recount. Memory grows with the number of lines of the longest edition, not with that of all of them."""
    verification = Verification()
    published: set[str] = set()
    last: dict[str, int] = {}
    for edition in Edition.objects.order_by("subject", "number").iterator():
        verification.problems += verify_edition(edition)
        before = last.get(edition.subject, 0)
        if edition.number != before + 1:
            verification.problems.append(f"{edition.subject} : l'édition {edition.number} suit l'édition {before}.")
        last[edition.subject] = edition.number
        published.update(
            edition.lines.filter(reference__startswith="contribution:").values_list("reference", flat=True)
        )
    _check_journal(verification)
    _check_contributions(verification, published)
    verification.opinions, problems = recount_opinions()
    verification.problems += problems
    verification.dots, problems = recount_rooms()
    verification.problems += problems
    verification.late = OutboxOp.objects.filter(status=OpStatus.LATE).count()
    return verification


def _check_journal(verification: Verification) -> None:
    """Each edition was written down once."""
    written = Counter(JournalEntry.objects.filter(verb="publish_edition").values_list("subject", flat=True))
    for code in Edition.objects.order_by("id").values_list("code", flat=True):
        times = written.pop(f"edition:{code}", 0)
        if times != 1:
            verification.problems.append(f"L'édition {code} est {times} fois au journal, au lieu d'une.")
    for subject in sorted(written):
        verification.problems.append(f"Le journal parle d'une édition qui n'existe pas : {subject}.")


def _check_contributions(verification: Verification, published: set[str]) -> None:
    """State, lines and journal of each contribution tell the same story."""
    hidden_by_journal: dict[str, bool] = {}
    written = JournalEntry.objects.filter(verb__in=_SHOWN_AGAIN).order_by("id")
    for subject, verb in written.values_list("subject", "verb").iterator():
        hidden_by_journal[subject] = _SHOWN_AGAIN[verb]
    shown = set(EditionLine.objects.filter(hidden_at=None).values_list("reference", flat=True))
    kept = set(EditionLine.objects.exclude(content=None).values_list("reference", flat=True))
    counts: Counter[str] = Counter()
    rows = Contribution.objects.order_by("id").values_list(
        "code", "consultation__code", "state", "erased_at", "reference"
    )
    for code, consultation, state, erased_at, reference in rows.iterator():
        name = f"contribution:{code}"
        counts[consultation] += 1
        # What a person's device sent waits for an edition; what was born in minutes is in one.
        if (reference is None or state == ContributionState.VISIBLE) and name not in published:
            verification.problems.append(f"La contribution {code} n'est dans aucune édition.")
        hidden = state == ContributionState.HIDDEN
        if hidden != hidden_by_journal.get(name, False):
            verification.problems.append(f"La contribution {code} est « {state} », mais le journal dit autre chose.")
        if hidden and name in shown:
            verification.problems.append(f"La contribution {code} est masquée, mais une édition la montre.")
        if erased_at is not None and name in kept:
            verification.problems.append(f"La contribution {code} est effacée, mais une édition garde ses mots.")
    verification.contributions = dict(sorted(counts.items()))
