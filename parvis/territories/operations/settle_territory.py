"""The name by which a territory is known here, and whether it is shown: official files may be wrong, or too many."""

from __future__ import annotations

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.journal import Named
from parvis.core.one_line import one_line
from parvis.territories.models import Territory


@transaction.atomic
def settle_territory(actor: Named, territory: Territory, *, name: str, hidden: bool) -> None:
    """Rename it, hide it or show it again. Renamed, it keeps its name through the imports to come."""
    wanted = one_line(name)
    if not wanted:
        raise RefusedInput("Donnez un nom au territoire.")
    locked = Territory.objects.select_for_update().defer("outline").get(pk=territory.pk)
    renamed = wanted != locked.name
    locked.name, locked.renamed, locked.hidden = wanted, locked.renamed or renamed, hidden
    locked.save(update_fields=["name", "sort_key", "renamed", "hidden"])
    journal.record(actor, "settle_territory", locked, renamed=renamed, hidden=hidden)
