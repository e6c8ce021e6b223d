"""Dots and notes of the rooms counted again from the log of operations, and compared with those that stand."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.consultations.outbox import stamp_of
from parvis.meetings.models import Board, Dot, Note
from parvis.meetings.operations.room.counting_dots import Placed, count_dots, limits_of


def recount_rooms() -> tuple[dict[str, int], list[str]]:
    """Meeting → dots that count, from the log alone; and one sentence for each room that tells otherwise."""
    boards = {board.room: board for board in Board.objects.select_related("meeting").order_by("id")}
    logged, written = _log()
    counts: dict[str, int] = {}
    problems: list[str] = []
    for room, board in boards.items():
        limits = limits_of(board)
        wanted = count_dots(logged.get(room, ()), limits)
        standing = Dot.objects.filter(board=board).order_by("id")
        found = count_dots(standing.values_list("participant_id", "target", "count", "stamp"), limits)
        counts[board.meeting.code] = sum(wanted.values())
        if wanted != found:
            problems.append(
                f"Salle {room} : {sum(found.values())} gommettes comptées, les opérations reçues en disent "
                f"{sum(wanted.values())}, ou à d'autres places."
            )
        notes = Note.objects.filter(board=board).count()
        if notes != written[room]:
            problems.append(f"Salle {room} : {notes} notes, les opérations reçues en disent {written[room]}.")
    return dict(sorted(counts.items())), problems


def _log() -> tuple[dict[str, list[Placed]], Counter[str]]:
    """Room → the last word of each person on each target; room → notes written."""
    last: dict[tuple[str, int, str], tuple[str, int]] = {}
    written: Counter[str] = Counter()
    rows = OutboxOp.objects.filter(kind__in=["dot", "note"], status=OpStatus.APPLIED).order_by("id")
    for who, kind, said, seq, device, op_id in rows.values_list(
        "participant_id", "kind", "log", "seq", "device", "op_id"
    ).iterator():
        if "room" not in said:
            continue
        if kind == "note":
            written[said["room"]] += 1
            continue
        key, stamp = (said["room"], who, said["target"]), stamp_of(seq, device, op_id)
        if key not in last or stamp > last[key][0]:
            last[key] = (stamp, said["count"])
    placed: dict[str, list[Placed]] = defaultdict(list)
    for (room, who, target), (stamp, count) in last.items():
        placed[room].append((who, uuid.UUID(target), count, stamp))
    return placed, written
