"""Recording opinions: of each field the last intention stands, whatever races (`latest_intention`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from parvis.consultations.enums import OpStatus, PhaseKind
from parvis.consultations.latest_intention import Registers
from parvis.consultations.models import Participant, Phase
from parvis.consultations.outbox import Op, Outcome, rejected
from parvis.consultations.rules import reads_restricted
from parvis.core import clock
from parvis.core.public_version import Facts, public_version
from parvis.people.models import User
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.frozen_figures import hold_figures
from parvis.sheets.models import ActionSheet, Opinion, ResultsRelease
from parvis.sheets.rules import shown_to_partners

MAX_COMMENT: Final = 4_000
LATE: Final = "L'étape des avis est fermée : votre avis est gardé, l'équipe projet dira s'il compte."
FROZEN: Final = "Les chiffres sont arrêtés depuis l'ouverture aux porteurs : cet avis attend la prochaine campagne."
NOT_YET: Final = "L'étape des avis n'est pas encore ouverte."
_VALUES: Final = frozenset(OpinionValue.values)
_RELATIONS: Final = frozenset(Relation.values)
_FIELDS: Final = ("value", "comment", "relation")
_UNSET: Final = {"value": ("", ""), "comment": ("", ""), "relation": (Relation.NONE.value, "")}
"""Field → (what, stamp). The stamp of what was never set is older than any."""
_REGISTERS: Final = Registers(
    Opinion, ("participant", "sheet"), {f"{name}_stamp": (name,) for name in _FIELDS}, follow=("updated_at",)
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What changes seldom of a review: the rows of the sheets that are shown, by code, and its phase."""

    sheets: Mapping[str, int]
    phase: Phase | None


def _asked(key: tuple[int, bool]) -> _Asked:
    """`key`: the consultation, and whether she reads what is restricted."""
    consultation, restricted = key
    shown = ActionSheet.objects.filter(shown_to_partners(restricted), consultation=consultation).order_by()
    phases = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).order_by()
    return _Asked(dict(shown.values_list("code", "pk")), next(iter(phases), None))


_FACTS: Final = Facts(_asked)


def record_opinions(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    """Apply operations `opinion {sheet, value, comment, relation}` of one participant; one outcome each.

    `value` null withdraws, and takes the comment away with it. What is not given stays as it was.
    """
    asked = _FACTS.of((participant.consultation_id, reads_restricted(participant)), public_version())
    sheets, phase, today = asked.sheets, asked.phase, clock.today()
    outcomes = [_check(op, sheets) for op in ops]
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


def accept_late_opinion(actor: User, participant: Participant, op: Op) -> Outcome:
    """Count an opinion that came after closing, as long as the figures were not counted: this and that take turns."""
    hold_figures(participant.consultation_id)
    if ResultsRelease.objects.filter(
        consultation=participant.consultation_id, shared_with_leads_at__isnull=False
    ).exists():
        return rejected(FROZEN)
    named = ActionSheet.objects.filter(consultation=participant.consultation_id, code=op.body["sheet"])
    write_opinions(participant, [op], dict(named.values_list("code", "pk")))
    return Outcome()


def write_opinions(participant: Participant, ops: Sequence[Op], sheets: Mapping[str, int]) -> None:
    """Write each intention unless a later one stands. `sheets` gives the row of each code."""
    wanted: dict[int, dict[str, tuple[str, str]]] = defaultdict(_UNSET.copy)
    for op in sorted(ops, key=lambda op: op.stamp):
        wanted[sheets[op.body["sheet"]]] |= {name: (what, op.stamp) for name, what in _set_by(op).items()}
    if not wanted:
        return
    moment = clock.now()
    _REGISTERS.write([
        Opinion(
            participant=participant, sheet_id=sheet, updated_at=moment,
            **{name: what for name, (what, _) in fields.items()},
            **{f"{name}_stamp": stamp for name, (_, stamp) in fields.items()},
        )
        for sheet, fields in sorted(wanted.items())
    ])  # fmt: skip


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


def _check(op: Op, sheets: Mapping[str, int]) -> Outcome:
    """What is wrong with an operation, or the codes that the log keeps of it."""
    body = op.body
    sheet, value, comment, relation = (body.get(name) for name in ("sheet", "value", "comment", "relation"))
    if not isinstance(sheet, str) or sheet not in sheets:
        return rejected("Cette fiche n'existe pas, ou ne vous est pas présentée.")
    if not set(body) & set(_FIELDS):
        return rejected("Il manque l'avis (value).")
    if value is not None and (not isinstance(value, str) or value not in _VALUES):
        return rejected("Cet avis n'est pas une des sept réponses.")
    if comment is not None and (not isinstance(comment, str) or len(comment) > MAX_COMMENT or "\x00" in comment):
        return rejected(f"Le commentaire est un texte de {MAX_COMMENT} caractères au plus.")
    if relation is not None and (not isinstance(relation, str) or relation not in _RELATIONS):
        return rejected("Ce lien avec l'action n'est pas connu.")
    log: dict[str, Any] = {"sheet": sheet}
    if "value" in body:
        log["value"] = value
    if relation is not None:
        log["relation"] = relation
    return Outcome(log=log)
