"""What a partner writes herself, by theme, before the workshop: operations `note`, `edit` and `withdraw`.

The op_id of a note is its reference, by which edits and withdrawals name it. They may arrive before it: they are
then kept, and applied when it comes; whatever the order, the latest intention of each field wins (`note_changes`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from parvis.consultations.enums import Audience, ContributionState, Kind, OpStatus, Origin, PhaseKind
from parvis.consultations.latest_intention import set_by_later
from parvis.consultations.models import Contribution, Participant, Phase, Theme
from parvis.consultations.operations.note_changes import NOTE_FIELDS, given_by, held_changes, set_note_fields
from parvis.consultations.outbox import Op, Outcome, rejected
from parvis.consultations.rules import reads_restricted
from parvis.core import clock
from parvis.core.access import rule
from parvis.people.models import User

MAX_TEXT: Final = 4_000
LATE: Final = "L'étape est fermée : votre texte est gardé, l'équipe projet dira s'il compte."
HIDDEN: Final = "La modération a masqué ce texte : il ne peut plus être changé. Écrivez à l'équipe projet."
NOT_YET: Final = "On ne peut pas encore écrire de contribution : l'étape n'est pas ouverte."
_KINDS: Final = (Kind.CHALLENGE, Kind.STRENGTH, Kind.PROPOSAL)
_WRITING: Final = (PhaseKind.REVIEW, PhaseKind.WORKSHOPS)


def write_notes(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    """Operations `note {contribution_kind, theme, text}`: a contribution each."""
    return _guarded(participant, ops, _note)


def edit_notes(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    """Operations `edit {of, text, contribution_kind, theme}`: what is not given stays."""
    return _guarded(participant, ops, _change)


def withdraw_notes(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    """Operations `withdraw {of}`. A later edit brings the contribution back."""
    return _guarded(participant, ops, _change)


def accept_late_note(actor: User, participant: Participant, op: Op) -> Outcome:
    """What came after the phases closed, once the project team counts it."""
    return _note(participant, op) if op.kind == "note" else _change(participant, op)


@rule
def themes_open_to(participant: Participant) -> dict[str, Theme]:
    """The themes she may write on, by code."""
    audiences = [Audience.PUBLIC, Audience.PARTNERS]
    if reads_restricted(participant):
        audiences.append(Audience.RESTRICTED)
    themes = Theme.objects.filter(consultation=participant.consultation_id, audience__in=audiences)
    return {theme.code: theme for theme in themes.order_by("position", "id")}


def _guarded(participant: Participant, ops: Sequence[Op], apply: Callable[[Participant, Op], Outcome]) -> list[Outcome]:
    """Each operation that is well formed is applied, or kept as late when the phases are over."""
    themes, today = themes_open_to(participant), clock.today()
    phases = list(Phase.objects.filter(consultation=participant.consultation_id, kind__in=_WRITING))
    is_open = any(phase.is_open(today) for phase in phases)
    is_over = any(phase.is_over(today) for phase in phases)
    outcomes = []
    for op in ops:
        fault = _fault(op, themes)
        if fault:
            outcomes.append(rejected(fault))
        elif is_open:
            outcomes.append(apply(participant, op))
        elif is_over:
            outcomes.append(Outcome(OpStatus.LATE, LATE, _log(op), dict(op.body), _target(op)))
        else:
            outcomes.append(rejected(NOT_YET))
    return outcomes


def _fault(op: Op, themes: dict[str, Theme]) -> str:
    """What is wrong with an operation, or nothing."""
    body = op.body
    needed = ("text", "contribution_kind", "theme") if op.kind == "note" else ()
    if any(body.get(name) is None for name in needed):
        return "Il manque le texte, la nature ou la thématique."
    if op.kind != "note" and _target(op) is None:
        return "Il manque la contribution dont il s'agit (of)."
    text, kind, theme = (body.get(name) for name in ("text", "contribution_kind", "theme"))
    if text is not None and not (isinstance(text, str) and 1 <= len(text.strip()) <= MAX_TEXT and "\x00" not in text):
        return f"Le texte a de 1 à {MAX_TEXT} caractères."
    if kind is not None and kind not in _KINDS:
        return "Choisissez : défi, atout ou proposition."
    if theme is not None and (not isinstance(theme, str) or theme not in themes):
        return "Cette thématique n'existe pas, ou ne vous est pas ouverte."
    return ""


def _target(op: Op) -> uuid.UUID | None:
    try:
        return uuid.UUID(op.body["of"]) if isinstance(op.body.get("of"), str) else None
    except ValueError:
        return None


def _log(op: Op) -> dict[str, Any]:
    return {name: op.body[name] for name in ("contribution_kind", "theme", "of") if op.body.get(name) is not None}


def _note(participant: Participant, op: Op) -> Outcome:
    """Write the contribution, then apply what came before it."""
    theme = Theme.objects.get(consultation=participant.consultation_id, code=op.body["theme"])
    made = Contribution(
        consultation_id=participant.consultation_id,
        participant=participant,
        reference=op.op_id,
        theme=theme,
        kind=op.body["contribution_kind"],
        text=op.body["text"].strip(),
        origin=Origin.INVITED,
        state=ContributionState.PENDING,
        stamps=dict.fromkeys(("state", *NOTE_FIELDS), op.stamp),
    )
    made.save()
    for earlier in held_changes(participant, op.op_id):
        _apply(made, earlier)
    return Outcome(log=_log(op))


def _change(participant: Participant, op: Op) -> Outcome:
    """Change or withdraw; kept for later when the note has not come yet."""
    target = _target(op)
    standing = Contribution.objects.select_for_update().filter(participant=participant, reference=target).first()
    if standing is None:
        return Outcome(log=_log(op), content=dict(op.body), target=target)
    if standing.erased_at is not None or standing.state == ContributionState.HIDDEN:
        return rejected(HIDDEN)
    _apply(standing, op)
    return Outcome(log=_log(op), target=target)


def _apply(standing: Contribution, op: Op) -> None:
    """Each field moves only if the intention that set it is older."""
    state = ContributionState.WITHDRAWN if op.kind == "withdraw" else ContributionState.PENDING
    moved = set_by_later(standing.stamps, given_by(op) | {"state": state}, op.stamp)
    if moved:
        set_note_fields(standing, moved)
        standing.save()
