"""The index of the search made again: for a database written by other hands, or a damaged index."""

from __future__ import annotations

from parvis.consultations.models import Contribution
from parvis.core.bulk_write import update_rows, write_by_lots
from parvis.core.word_index import rebuild_indexes

_AT_ONCE = 500


def rebuild_search() -> int:
    """Compute the searched words of every contribution again, some at a time, then the index. Returns how many."""
    count, last = 0, 0

    def write_some() -> bool:
        nonlocal count, last
        rows = list(Contribution.objects.filter(pk__gt=last).order_by("pk").select_for_update()[:_AT_ONCE])
        update_rows(rows, ["search_key"])
        count += len(rows)
        last = rows[-1].pk if rows else last
        return len(rows) == _AT_ONCE

    rebuild_indexes()
    write_by_lots(write_some)
    return count
