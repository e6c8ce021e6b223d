"""The sheets of a former consultation, as drafts of a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parvis.consultations.models import Consultation
from parvis.consultations.operations.copied_parts import copy_links
from parvis.core.plain_insert import insert_rows
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.sheets.rules import readable_sheets

_COPIED: Final = (
    "number", "title", "summary", "audience", "lead_id", "lead_name", "partners", "public", "since", "budget",
    "funding", "indicators", "text",
)  # fmt: skip
"""All but the team's note, which names people, and what partners were told of it: state, embargo, opinions."""


def copy_sheets(actor: User, source: Consultation, made: Consultation, themes: Mapping[int, int]) -> int:
    """Copy those that `actor` reads and moderation left; each says what it was copied from. How many."""
    former = list(
        ActionSheet.objects.filter(readable_sheets(actor), consultation=source, hidden_at=None).order_by("number", "id")
    )
    insert_rows([
        ActionSheet(consultation=made, copied_from=row, **{name: getattr(row, name) for name in _COPIED})
        for row in former
    ])  # fmt: skip
    copies = dict(ActionSheet.objects.filter(consultation=made).order_by().values_list("copied_from", "pk"))
    mapped = {row.pk: copies[row.pk] for row in former}
    copy_links(ActionSheet.themes, mapped, themes)
    copy_links(ActionSheet.territories, mapped)
    return len(former)
