"""Recording opinions: the UNIQUE constraint and conditional updates make the last intention win, whatever races."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Greatest

from parvis.consultations.enums import OpStatus, PhaseKind
from parvis.consultations.models import Participant, Phase
from parvis.consultations.outbox import Op, Outcome, rejected
from parvis.core import clock
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.models import ActionSheet, Opinion
from parvis.sheets.rules import readable_sheets

MAX_COMMENT: Final = 4_000
LATE: Final = "L'étape des avis est fermée : votre avis est gardé, l'équipe projet dira s'il compte."
NOT_YET: Final = "L'étape des avis n'est pas encore ouverte."
_FIELDS: Final = ("value", "comment", "relation")
Fields = dict[str, tuple[str, str]]
"""What an intention sets: field → (what, stamp)."""


def record_opinions(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    """Apply operations `opinion {sheet, value, comment, relation}` of one participant; one outcome each.

    `value` null withdraws, and takes the comment away with it. What is not given stays as it was.
    """
    sheets = _sheets(participant, ops)
    outcomes = [_check(op, sheets) for op in ops]
    phase = Phase.objects.filter(consultation=participant.consultation_id, kind=PhaseKind.REVIEW).first()
    today = clock.today()
    if phase is not None and phase.is_open(today):
        accepted = [op for op, outcome in zip(ops, outcomes, strict=True) if outcome.status == OpStatus.APPLIED]
        write_opinions(participant, accepted, sheets)
        return outcomes
    if phase is None or not phase.is_over(today):
        return [rejected(NOT_YET) for _ in ops]
    return [
        replace(outcome, status=OpStatus.LATE, detail=LATE, content=dict(op.body))
        if outcome.status == OpStatus.APPLIED
        else outcome
        for op, outcome in zip(ops, outcomes, strict=True)
    ]


def write_opinions(participant: Participant, ops: Sequence[Op], sheets: Mapping[str, int]) -> None:
    """Write each intention unless a later one stands. `sheets` gives the row of each code."""
    wanted: dict[int, Fields] = defaultdict(dict)
    for op in sorted(ops, key=lambda op: op.stamp):
        wanted[sheets[op.body["sheet"]]] |= {name: (what, op.stamp) for name, what in _set_by(op).items()}
    if not wanted:
        return
    moment = clock.now()
    Opinion.objects.bulk_create(
        [
            Opinion(participant=participant, sheet_id=sheet, updated_at=moment, **_columns(fields))
            for sheet, fields in sorted(wanted.items())
        ],
        ignore_conflicts=True,
    )
    standing = Opinion.objects.filter(participant=participant, sheet__in=wanted).order_by("sheet_id")
    stamps = standing.values_list("sheet_id", *(f"{name}_stamp" for name in _FIELDS))
    for sheet, *known in stamps:
        newer = {
            name: wanted[sheet][name]
            for name, stamp in zip(_FIELDS, known, strict=True)
            if name in wanted[sheet] and wanted[sheet][name][1] > stamp
        }
        if newer:
            _overtake(participant, sheet, newer, moment)


def _overtake(participant: Participant, sheet: int, fields: Fields, moment: Any) -> None:
    """One atomic update: each field moves only if the stamp that stands is older."""
    changes: dict[str, Any] = {"updated_at": moment}
    for name, (what, stamp) in fields.items():
        older = When(**{f"{name}_stamp__lt": stamp}, then=Value(what))
        changes[name] = Case(older, default=F(name), output_field=TextField())
        changes[f"{name}_stamp"] = Greatest(F(f"{name}_stamp"), Value(stamp))
    Opinion.objects.filter(participant=participant, sheet=sheet).update(**changes)


def _columns(fields: Fields) -> dict[str, str]:
    return {column: text for name, (what, stamp) in fields.items() for column, text in
            ((name, what), (f"{name}_stamp", stamp))}  # fmt: skip


def _set_by(op: Op) -> dict[str, str]:
    """The fields an operation sets. Taking an opinion back takes its comment too, unless it brings one."""
    found = {}
    if "value" in op.body:
        found["value"] = op.body["value"] or ""
        if op.body["value"] is None:
            found["comment"] = ""
    if op.body.get("comment") is not None:
        found["comment"] = op.body["comment"].strip()
    if op.body.get("relation") is not None:
        found["relation"] = op.body["relation"]
    return found


def _sheets(participant: Participant, ops: Sequence[Op]) -> dict[str, int]:
    """The rows of the sheets that are named, as far as the participant may read them."""
    codes = {op.body["sheet"] for op in ops if isinstance(op.body.get("sheet"), str)}
    readable = ActionSheet.objects.filter(readable_sheets(participant), code__in=codes)
    return dict(readable.order_by().values_list("code", "pk"))


def _check(op: Op, sheets: Mapping[str, int]) -> Outcome:
    """What is wrong with an operation, or the codes that the log keeps of it."""
    body = op.body
    sheet, value, comment, relation = (body.get(name) for name in ("sheet", "value", "comment", "relation"))
    if not isinstance(sheet, str) or sheet not in sheets:
        return rejected("Cette fiche n'existe pas, ou ne vous est pas présentée.")
    if not set(body) & set(_FIELDS):
        return rejected("Il manque l'avis (value).")
    if value is not None and (not isinstance(value, str) or value not in OpinionValue.values):
        return rejected("Cet avis n'est pas une des sept réponses.")
    if comment is not None and (not isinstance(comment, str) or len(comment) > MAX_COMMENT or "\x00" in comment):
        return rejected(f"Le commentaire est un texte de {MAX_COMMENT} caractères au plus.")
    if relation is not None and (not isinstance(relation, str) or relation not in Relation.values):
        return rejected("Ce lien avec l'action n'est pas connu.")
    log: dict[str, Any] = {"sheet": sheet}
    if "value" in body:
        log["value"] = value
    if relation is not None:
        log["relation"] = relation
    return Outcome(log=log)
