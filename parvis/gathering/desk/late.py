"""What came after closing and waits for a decision, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from parvis.consultations.counted import counted
from parvis.consultations.enums import Audience, Kind, OpStatus
from parvis.consultations.models import Consultation, OutboxOp, Theme
from parvis.consultations.rules import reads_names
from parvis.meetings.models import Board
from parvis.meetings.rules import editable_meetings
from parvis.people.models import User
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.enter_paper import PAPER_DEVICE
from parvis.sheets.rules import readable_sheets

MOST = 200
_DID = {
    "edit": "Correction", "withdraw": "Retrait", "family": "Famille", "duplicate": "Doublon", "hide": "Masquage",
    "promote": "Mise en avant", "dot": "Gommettes", "attendance": "Présents",
}  # fmt: skip
_VALUES: dict[str, str] = dict(OpinionValue.choices)
_KINDS: dict[str, str] = dict(Kind.choices)
_RELATIONS = {str(code): label for code, label in Relation.choices if code != Relation.NONE}


@dataclass(frozen=True, slots=True)
class LateRow:
    """One of them. `who` is told to those alone who read names."""

    op_id: str
    about: str
    what: str
    text: str
    who: str
    received_at: datetime.datetime
    relation: str = ""
    on_paper: bool = False
    received_on: datetime.date | None = None
    """The day a paper came, as the agent who typed it said."""


def waiting_ops(actor: User, consultation: Consultation) -> QuerySet[OutboxOp]:
    """Those that `actor`, who prepares the consultation, may decide on: nothing of a reserved room, sheet or theme.

    Nor of someone who is to be checked first: a rush after the closing must not bury what honest people sent late.
    """
    late = OutboxOp.objects.filter(
        counted("participant__"), participant__consultation=consultation, status=OpStatus.LATE
    )
    if _in_team(actor, consultation):
        return late
    rooms = Board.objects.filter(meeting__consultation=consultation).exclude(editable_meetings(actor, "meeting__"))
    sheets = ActionSheet.objects.filter(consultation=consultation).exclude(readable_sheets(actor))
    themes = Theme.objects.filter(consultation=consultation).exclude(audience__in=(Audience.PUBLIC, Audience.PARTNERS))
    return late.filter(
        _none_of("room", rooms.values_list("room", flat=True)),
        _none_of("sheet", sheets.values_list("code", flat=True)),
        _none_of("theme", themes.values_list("code", flat=True)),
    )


def _none_of(name: str, reserved: Iterable[str]) -> Q:
    return Q(**{f"log__{name}__isnull": True}) | ~Q(**{f"log__{name}__in": list(reserved)})


def _in_team(actor: User, consultation: Consultation) -> bool:
    return actor.memberships.filter(consultation=consultation).exists()


def late_rows(actor: User, consultation: Consultation) -> list[LateRow]:
    """The oldest first, at most `MOST`."""
    waiting, with_names = waiting_ops(actor, consultation), reads_names(actor, consultation)
    titles = dict(ActionSheet.objects.filter(consultation=consultation).values_list("code", "title"))
    rooms = dict(Board.objects.filter(meeting__consultation=consultation).values_list("room", "meeting__title"))
    rows = waiting.select_related("participant__organisation").order_by("received_at", "id")[:MOST]
    return [_row(op, titles, rooms, with_names) for op in rows]


def _row(op: OutboxOp, titles: dict[str, str], rooms: dict[str, str], with_names: bool) -> LateRow:
    body: dict[str, Any] = op.content or {}
    organisation = op.participant.organisation
    if op.kind == "opinion":
        about = titles.get(op.log.get("sheet", ""), "Fiche retirée")
        withdrawn = "Avis retiré" if "value" in op.log else "Commentaire ou lien"
        what = _VALUES.get(op.log.get("value") or "", withdrawn)
        text = _words(body.get("comment"))
    else:
        about = rooms.get(op.log.get("room", ""), "Ses contributions")
        what = _KINDS.get(str(body.get("contribution_kind")), _DID.get(op.kind, op.kind))
        text = _words(body.get("text")) or _words(body.get("title")) or _words(body.get("organisation"))
    who = (organisation.name if organisation is not None else "Atelier") if with_names else ""
    on_paper = op.device == PAPER_DEVICE
    return LateRow(
        str(op.op_id), about, what, text, who, op.received_at,
        relation=_RELATIONS.get(str(body.get("relation")), ""), on_paper=on_paper,
        received_on=_day(body.get("received_on")) if on_paper else None,
    )  # fmt: skip


def _day(given: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(given))
    except ValueError:
        return None


def _words(given: object) -> str:
    return given.strip()[:2_000] if isinstance(given, str) else ""
