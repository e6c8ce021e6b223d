"""The one way in for what may be written offline: operations, each applied once, whatever the order of arrival.

A device sends operations with a Lamport clock (`seq`). Upper apps register in `AppConfig.ready()` who writes a kind: a
handler receives all the new operations of that kind in one batch and answers for each; when the database refuses the
whole, it is done again with each operation alone, in a savepoint of its own. The same registration says who counts one
that came late, once it is accepted.

A kind may be written differently in a place (a note written in a room, or by a partner at home): an operation says its
place by a field of that name, or the place recognises what it targets.

A participant's clock is the greatest `seq` that was accepted of her: what is beyond it was never seen, and need not be
looked up. Only its name may have been taken: the constraint then refuses the batch, which is done again with care. What
is refused does not move it, and what is far beyond it is refused: one wild `seq` would leave no number for the next.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from parvis.consultations.enums import OpStatus, Origin
from parvis.consultations.lifecycle import ARCHIVED_FOR_PARTNERS
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.operations.devices import is_archived
from parvis.core import clock
from parvis.core.canonical import canonical
from parvis.core.errors import RefusedInput
from parvis.core.plain_insert import insert_rows
from parvis.people.models import User

MAX_OPS: Final = 200
MAX_SEQ: Final = 2**40
MOST_AHEAD: Final = 100_000
"""How far beyond the clock it is compared with an intention may be: far more than a device writes alone."""
MAX_BODY: Final = 65_536
"""Bytes of what one operation says: the longest text there is, four times over."""
_DEVICE: Final = re.compile(r"[\w.:-]{1,40}", re.ASCII)
DUPLICATE: Final = "duplicate"
CONFLICT: Final = "conflict"
UNKEEPABLE: Final = "Cette opération contient des signes qui ne peuvent pas être gardés, ou elle est trop longue."
_ADVANCE: Final = "UPDATE consultations_participant SET clock = %s WHERE id = %s AND clock < %s"
GONE: Final = "Cette place n'existe plus : la répétition a été effacée."
ROOM_ONLY: Final = "Cet appareil est celui d'un atelier : il n'écrit que dans sa salle."
TOO_FAR: Final = "Cet appareil compte trop loin : rechargez la page, il se remettra à l'heure."


def stamp_of(seq: int, device: str, op_id: uuid.UUID) -> str:
    """What orders intentions, the greatest wins: clock, then device, then name.

    Digits and small letters of fixed widths only, so that every database sorts it alike.
    """
    return f"{seq:013d}{device.encode().hex():0<80}{op_id.hex}"


@dataclass(frozen=True, slots=True)
class Op:
    """One intention, well formed as far as the envelope goes. `body` is what its kind says."""

    op_id: uuid.UUID
    device: str
    seq: int
    kind: str
    body: Mapping[str, Any]

    @property
    def stamp(self) -> str:
        return stamp_of(self.seq, self.device, self.op_id)

    @property
    def payload_hash(self) -> str:
        return hashlib.sha256(canonical([self.kind, self.seq, dict(self.body)])).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation. `log` holds codes only; `content` what must be kept until it can be applied.

    `clock`: of one that is refused for being too far ahead, the clock after which it should have come.
    """

    status: OpStatus = OpStatus.APPLIED
    detail: str = ""
    log: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] | None = None
    target: uuid.UUID | None = None
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What the device is told of one of its operations. `clock`: it may send it again, with the `seq` just after."""

    op_id: str | None
    status: str
    detail: str = ""
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The answer to a batch. `clock` is the greatest accepted: the device's next `seq` is one more."""

    clock: int
    results: tuple[Result, ...]


Write = Callable[[Participant, Sequence[Op]], Sequence[Outcome]]
"""Applies new operations of one kind, one outcome each."""
Accept = Callable[[User, Participant, Op], Outcome]
"""Counts one late operation that an agent accepted, closed or not: what its log then says, what must still be kept."""
Locate = Callable[[Participant, Sequence[Op]], Mapping[uuid.UUID, str]]
"""Finds the place of operations that do not name it: name of the operation → value of the field."""
ANYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Handler:
    """Who writes operations of a kind in a place, and who counts those that came late.

    `own_clock`: the place has a clock of its own, and `write` refuses what is too far ahead of it. `invited_only`: who
    came in by the code of a room writes none of it.
    """

    write: Write
    accept: Accept
    own_clock: bool = False
    invited_only: bool = False


_handlers: dict[tuple[str, str], Handler] = {}
_places: dict[str, Locate] = {}
Known = Mapping[uuid.UUID, tuple[str, str, str]]
"""Operations that came before: name → (payload hash, status, detail)."""


def register(
    kind: str,
    write: Write,
    accept: Accept,
    *,
    place: str = ANYWHERE,
    own_clock: bool = False,
    invited_only: bool = False,
) -> None:
    """Say who applies the operations of a kind, in `place` or wherever no other handler is. Once for each."""
    if (kind, place) in _handlers:
        raise ValueError(f"operations {kind!r} are registered twice")
    _handlers[kind, place] = Handler(write, accept, own_clock, invited_only)


def register_place(place: str, locate: Locate) -> None:
    """Say how a place recognises the operations that do not name it. Operations that do have a field of this name."""
    if place in _places:
        raise ValueError(f"the place {place!r} is registered twice")
    _places[place] = locate


def handler_of(kind: str, body: Mapping[str, Any]) -> Handler:
    """Who applies an operation, by its kind and the place it names."""
    here = next((place for place in _places if place in body and (kind, place) in _handlers), ANYWHERE)
    return _handlers[kind, here]


def rejected(detail: str) -> Outcome:
    return Outcome(OpStatus.REJECTED, detail)


def too_far(clock: int) -> Outcome:
    """Refused for being too far ahead of `clock`."""
    return Outcome(OpStatus.REJECTED, TOO_FAR, clock=clock)


def parse_op(raw: Any, device: str) -> Op:
    """An operation from JSON. Raises `RefusedInput` with what is wrong."""
    if not isinstance(raw, dict):
        raise RefusedInput("Une opération est un objet JSON.")
    try:
        op_id = uuid.UUID(raw["op_id"]) if isinstance(raw.get("op_id"), str) else None
    except ValueError:
        op_id = None
    if op_id is None:
        raise RefusedInput("op_id doit être un UUID.")
    seq, kind = raw.get("seq"), raw.get("kind")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq <= MAX_SEQ:
        raise RefusedInput("seq doit être un entier, au moins 1.")
    if not isinstance(kind, str) or (kind, ANYWHERE) not in _handlers:
        raise RefusedInput("kind n'est pas une sorte d'opération connue.")
    body = {name: value for name, value in raw.items() if name not in ("op_id", "seq", "kind")}
    if not _is_keepable(body):
        raise RefusedInput(UNKEEPABLE)
    return Op(op_id, device, seq, kind, body)


def _is_keepable(body: Mapping[str, Any]) -> bool:
    """Whether every database can hold it: no NUL, no half of a character, no number that is none; not too long.

    Looked at here, for all kinds: what comes late is kept as it came, and one such would make the whole batch fail,
    sent again and again by a device that can send nothing else.
    """
    try:
        encoded = json.dumps(body, ensure_ascii=False, allow_nan=False)
        size = len(encoded.encode())
    except (ValueError, RecursionError):
        return False
    return size <= MAX_BODY and "\\u0000" not in encoded.replace("\\\\", "")


def apply_ops(participant: Participant, device: str, raws: Sequence[Any]) -> Applied:
    """Apply a batch, in one transaction. Raises `RefusedInput` when the envelope itself is wrong; nothing is written.

    The update of the clock comes first and holds the participant's row: two batches of hers follow each other.
    """
    if not _DEVICE.fullmatch(device):
        raise RefusedInput("device doit avoir de 1 à 40 lettres, chiffres ou tirets.")
    if len(raws) > MAX_OPS:
        raise RefusedInput(f"Plus de {MAX_OPS} opérations : envoyez-les en plusieurs fois.")
    if is_archived(participant):
        refused = (raw.get("op_id") if isinstance(raw, dict) else None for raw in raws)
        return Applied(
            participant.clock,
            tuple(
                Result(op_id if isinstance(op_id, str) else None, OpStatus.REJECTED, ARCHIVED_FOR_PARTNERS)
                for op_id in refused
            ),
        )
    results: list[Result | None] = [None] * len(raws)
    ops: dict[int, Op] = {}
    for place, raw in enumerate(raws):
        try:
            ops[place] = parse_op(raw, device)
        except RefusedInput as refusal:
            given = raw.get("op_id") if isinstance(raw, dict) else None
            results[place] = Result(given if isinstance(given, str) else None, OpStatus.REJECTED, refusal.message)
    try:
        now = _apply(participant, ops, results, careful=False)
    except (IntegrityError, DataError):
        now = _apply(participant, ops, results, careful=True)
    return Applied(now, tuple(result for result in results if result is not None))


@transaction.atomic
def _apply(participant: Participant, ops: Mapping[int, Op], results: list[Result | None], *, careful: bool) -> int:
    """One transaction; the clock after it. `careful`, once the batch failed as a whole, takes nothing for new and gives
    each operation a savepoint of its own."""
    seqs = [op.seq for op in ops.values()] or [0]
    greatest = max(seqs)
    if not careful and _advance_clock(participant, min(seqs), greatest):
        accepted = _apply_new(participant, ops, results, {}, careful=careful)
        return greatest if accepted == greatest else _move_back(participant)
    row = Participant.objects.filter(pk=participant.pk)
    if not row.update(clock=Greatest(F("clock"), greatest)):
        raise RefusedInput(GONE)
    accepted = _apply_new(participant, ops, results, _known(participant, ops), careful=careful)
    return row.values_list("clock", flat=True).get() if accepted == greatest else _move_back(participant)


def _move_back(participant: Participant) -> int:
    """The greatest of a batch was refused, or had come before: the clock is that of what is kept."""
    kept = kept_clock(participant)
    Participant.objects.filter(pk=participant.pk).update(clock=kept)
    return kept


def kept_clock(participant: Participant) -> int:
    """The greatest `seq` that is kept of hers, before the first that is too far ahead of the one below it."""
    reached = 0
    for seq in OutboxOp.objects.filter(participant=participant).order_by("seq").values_list("seq", flat=True):
        if seq > reached + MOST_AHEAD:
            break
        reached = seq
    return reached


def _advance_clock(participant: Participant, least: int, greatest: int) -> bool:
    """Whether all the `seq` were beyond her clock, which then moved: at each tap, hence in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [greatest, participant.pk, least])
        return bool(cursor.rowcount)


def _known(participant: Participant, ops: Mapping[int, Op]) -> Known:
    named = OutboxOp.objects.filter(participant=participant, op_id__in={op.op_id for op in ops.values()})
    return {row[0]: row[1:] for row in named.order_by().values_list("op_id", "payload_hash", "status", "detail")}


def _apply_new(
    participant: Participant, ops: Mapping[int, Op], results: list[Result | None], known: Known, *, careful: bool
) -> int:
    """Apply those that are not `known`, fill `results`; the greatest `seq` accepted, 0 when none is."""
    fresh: dict[uuid.UUID, tuple[int, Op]] = {}
    repeated: list[int] = []
    by_kind: dict[str, list[Op]] = defaultdict(list)
    for place, op in ops.items():
        if op.op_id in known:
            results[place] = _again(op, *known[op.op_id])
        elif op.op_id in fresh:
            repeated.append(place)
        else:
            fresh[op.op_id] = (place, op)
            by_kind[op.kind].append(op)
    outcomes: dict[uuid.UUID, Outcome] = {}
    # Notes first: a change that comes before its note is kept in the log, where this batch is not written yet.
    for kind, batch in sorted(by_kind.items(), key=lambda kind_ops: kind_ops[0] != "note"):
        batch_outcomes = _outcomes(participant, kind, batch, careful=careful)
        outcomes |= dict(zip([op.op_id for op in batch], batch_outcomes, strict=True))
    moment = clock.now()
    insert_rows([
        _row(participant, op, outcomes[op_id], moment)
        for op_id, (_, op) in sorted(fresh.items())
        if outcomes[op_id].status != OpStatus.REJECTED
    ])  # fmt: skip
    for op_id, (place, _) in fresh.items():
        outcome = outcomes[op_id]
        results[place] = Result(str(op_id), outcome.status, outcome.detail, outcome.clock)
    for place in repeated:
        op = ops[place]
        first, outcome = fresh[op.op_id][1], outcomes[op.op_id]
        results[place] = _again(op, first.payload_hash, outcome.status, outcome.detail)
    accepted = (op.seq for op_id, (_, op) in fresh.items() if outcomes[op_id].status != OpStatus.REJECTED)
    return max(accepted, default=0)


def _again(op: Op, payload_hash: str, status: str, detail: str) -> Result:
    """An operation that came before: the same one, or another that took its name."""
    if payload_hash != op.payload_hash:
        return Result(str(op.op_id), CONFLICT, "Une autre opération porte déjà cet op_id : prenez-en un nouveau.")
    if status == OpStatus.APPLIED:
        return Result(str(op.op_id), DUPLICATE, detail)
    return Result(str(op.op_id), DUPLICATE, f"{status} : {detail}")


def _outcomes(participant: Participant, kind: str, batch: Sequence[Op], *, careful: bool) -> Sequence[Outcome]:
    """The outcomes of `batch` in its order, each operation applied by the handler of its place."""
    placed = _placed(participant, kind, batch)
    shares: dict[Handler, list[Op]] = defaultdict(list)
    for op in placed:
        shares[handler_of(kind, op.body)].append(op)
    outcomes: dict[uuid.UUID, Outcome] = {}
    for handler, sent in shares.items():
        ops = sent
        if handler.invited_only and participant.origin == Origin.WORKSHOP:
            ops, outcomes = [], outcomes | {op.op_id: rejected(ROOM_ONLY) for op in sent}
        elif not handler.own_clock:
            outcomes |= {op.op_id: too_far(participant.clock) for op in sent if op.seq > participant.clock + MOST_AHEAD}
            ops = [op for op in sent if op.op_id not in outcomes]
        if careful:
            outcomes |= {op.op_id: _outcome_alone(participant, handler.write, op) for op in ops}
        elif ops:
            outcomes |= dict(zip([op.op_id for op in ops], handler.write(participant, ops), strict=True))
    return [outcomes[op.op_id] for op in batch]


def _placed(participant: Participant, kind: str, batch: Sequence[Op]) -> list[Op]:
    """The operations, naming the place that recognised them."""
    placed = list(batch)
    for place, locate in _places.items():
        if (kind, place) in _handlers:
            values = locate(participant, [op for op in placed if place not in op.body])
            placed = [
                replace(op, body={**op.body, place: values[op.op_id]}) if op.op_id in values else op for op in placed
            ]
    return placed


def _outcome_alone(participant: Participant, write: Write, op: Op) -> Outcome:
    try:
        with transaction.atomic():
            return write(participant, [op])[0]
    except (IntegrityError, DataError):
        return rejected("Cette opération n'a pas pu être enregistrée.")


def _row(participant: Participant, op: Op, outcome: Outcome, moment: Any) -> OutboxOp:
    return OutboxOp(
        participant=participant,
        op_id=op.op_id,
        device=op.device,
        seq=op.seq,
        kind=op.kind,
        payload_hash=op.payload_hash,
        status=outcome.status,
        detail=outcome.detail[:200],
        log=outcome.log,
        content=outcome.content,
        target=outcome.target,
        received_at=moment,
    )
