"""How many mails are where, for the pages that send them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from parvis.core.mailing.enums import UNDER_WAY, MailState
from parvis.core.mailing.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class MailCounts:
    """`refused` and `delayed`: (reason, mails) for each reason; those delayed are among the waiting."""

    waiting: int
    sent: int
    cut: int
    set_aside: int
    refused: tuple[tuple[str, int], ...]
    delayed: tuple[tuple[str, int], ...]

    @property
    def refusals(self) -> int:
        return sum(count for _, count in self.refused)

    @property
    def total(self) -> int:
        """Those that left or should."""
        return self.waiting + self.sent + self.cut + self.refusals

    @property
    def unsettled(self) -> int:
        """Those that are not sent yet, or wait for a decision."""
        return self.waiting + self.cut + self.refusals


def count_mails(mails: QuerySet[OutgoingMail]) -> MailCounts:
    """One query."""
    grouped = mails.order_by().values("state", "reason").annotate(count=Count("pk", distinct=True))
    rows = grouped.order_by("-count", "reason")
    states = [(str(row["state"]), str(row["reason"]), int(row["count"])) for row in rows]

    def how_many(*wanted: MailState) -> int:
        return sum(count for state, _, count in states if state in wanted)

    return MailCounts(
        waiting=how_many(*UNDER_WAY),
        sent=how_many(MailState.SENT),
        cut=how_many(MailState.CUT),
        set_aside=how_many(MailState.SET_ASIDE),
        refused=tuple((reason, count) for state, reason, count in states if state == MailState.REFUSED),
        delayed=tuple((reason, count) for state, reason, count in states if state == MailState.WAITING and reason),
    )
