"""What came after closing and waits for a decision, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from parvis.consultations.enums import Kind, OpStatus
from parvis.consultations.models import Consultation, OutboxOp
from parvis.meetings.models import Board
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet

MOST = 200
_DID = {
    "edit": "Correction", "withdraw": "Retrait", "family": "Famille", "duplicate": "Doublon", "hide": "Masquage",
    "promote": "Mise en avant", "dot": "Gommettes", "attendance": "Présents",
}  # fmt: skip
_VALUES: dict[str, str] = dict(OpinionValue.choices)
_KINDS: dict[str, str] = dict(Kind.choices)


@dataclass(frozen=True, slots=True)
class LateRow:
    """One of them. `who` is for the project team, who alone reads this page."""

    op_id: str
    about: str
    what: str
    text: str
    who: str
    received_at: datetime.datetime


def late_rows(consultation: Consultation) -> list[LateRow]:
    """The oldest first, at most `MOST`."""
    waiting = OutboxOp.objects.filter(participant__consultation=consultation, status=OpStatus.LATE)
    titles = dict(ActionSheet.objects.filter(consultation=consultation).values_list("code", "title"))
    rooms = dict(Board.objects.filter(meeting__consultation=consultation).values_list("room", "meeting__title"))
    rows = waiting.select_related("participant__organisation").order_by("received_at", "id")[:MOST]
    return [_row(op, titles, rooms) for op in rows]


def _row(op: OutboxOp, titles: dict[str, str], rooms: dict[str, str]) -> LateRow:
    body: dict[str, Any] = op.content or {}
    organisation = op.participant.organisation
    if op.kind == "opinion":
        about = titles.get(op.log.get("sheet", ""), "Fiche retirée")
        what = _VALUES.get(op.log.get("value") or "", "Avis retiré")
        text = _words(body.get("comment"))
    else:
        about = rooms.get(op.log.get("room", ""), "Ses contributions")
        what = _KINDS.get(str(body.get("contribution_kind")), _DID.get(op.kind, op.kind))
        text = _words(body.get("text")) or _words(body.get("title")) or _words(body.get("organisation"))
    who = organisation.name if organisation is not None else "Atelier"
    return LateRow(str(op.op_id), about, what, text, who, op.received_at)


def _words(given: object) -> str:
    return given.strip()[:2_000] if isinstance(given, str) else ""
