"""What the printed numbers of a list say: one repeated, one left out, a list that starts again."""

from __future__ import annotations

from parvis.reading.markers import value_of
from parvis.reading.passes.items import MISSING_DOUBT, Draft


def doubt_numbers(drafts: list[Draft]) -> None:
    """Adds a doubt to each item whose number does not follow the one before. No number is ever changed."""
    previous: int | None = None
    seen: set[int] = set()
    for draft in drafts:
        rank = value_of(draft.row.marker) if draft.number is not None else None
        if rank is None:
            previous = previous + 1 if previous is not None and MISSING_DOUBT in draft.doubts else previous
            continue
        if previous is None:
            if rank != 1:
                draft.doubts.append(f"La liste commence au numéro {draft.number} : le début manque peut-être.")
        elif rank == 1:
            draft.doubts.append("La numérotation recommence : un intertitre manque peut-être au-dessus.")
            seen = set()
        elif rank in seen:
            draft.doubts.append(f"Le numéro {draft.number} est déjà pris plus haut.")
        elif rank > previous + 1:
            missing = previous + 1
            draft.doubts.append(
                f"Le numéro {missing} manque avant celui-ci."
                if rank == missing + 1
                else f"Les numéros {missing} à {rank - 1} manquent avant celui-ci."
            )
        elif rank < previous:
            draft.doubts.append(f"Le numéro {draft.number} ne suit pas celui d'au-dessus.")
        seen.add(rank)
        previous = rank


def confidence(draft: Draft) -> float:
    """From 0 to 1: how far the reading of an item is sure."""
    sure = 0.95 if draft.piece.marker else 0.85
    return round(max(0.3, sure - 0.25 * len(draft.doubts)), 2)
