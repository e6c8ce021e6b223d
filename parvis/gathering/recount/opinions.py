"""Opinions counted again from the log of operations, and compared with those that stand."""

from __future__ import annotations

from collections import Counter, defaultdict

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.consultations.outbox import stamp_of
from parvis.sheets.models import Opinion

Key = tuple[str, str]
"""Codes of a participant and of a sheet."""


def recount_opinions() -> tuple[dict[str, dict[str, int]], list[str]]:
    """Sheet → value → number, from the log alone; and one sentence for each opinion that tells otherwise.

    The log is read once, without the texts: memory grows with the number of opinions.
    """
    last: dict[Key, tuple[str, str]] = {}
    log = OutboxOp.objects.filter(kind="opinion", status=OpStatus.APPLIED).order_by("id")
    for participant, said, seq, device, op_id in log.values_list(
        "participant__code", "log", "seq", "device", "op_id"
    ).iterator():
        if "value" in said:
            key, stamp = (participant, said["sheet"]), stamp_of(seq, device, op_id)
            if key not in last or stamp > last[key][0]:
                last[key] = (stamp, said["value"] or "")
    wanted = {key: value for key, (_, value) in last.items()}
    standing = {
        (participant, sheet): value
        for participant, sheet, value in Opinion.objects.order_by("id")
        .values_list("participant__code", "sheet__code", "value")
        .iterator()
    }
    problems = [
        f"Fiche {sheet}, participant {participant} : l'avis est « {standing.get((participant, sheet), 'absent')} », "
        f"les opérations reçues disent « {value} »."
        for (participant, sheet), value in sorted(wanted.items())
        if standing.get((participant, sheet)) != value
    ]
    problems += [
        f"Fiche {sheet}, participant {participant} : l'avis « {value} » n'est venu d'aucune opération."
        for (participant, sheet), value in sorted(standing.items())
        if value and (participant, sheet) not in wanted
    ]
    return _counts(wanted), problems


def _counts(opinions: dict[Key, str]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, sheet), value in opinions.items():
        if value:
            counts[sheet][value] += 1
    return {sheet: dict(sorted(counts[sheet].items())) for sheet in sorted(counts)}
