"""One line of an edition that is no contribution, withheld and shown again: a paragraph, figures, a reply."""

from __future__ import annotations

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.models import EditionLine
from parvis.publishing.operations.withhold_lines import hide_in_editions, show_in_editions
from parvis.publishing.signals import tell_hidden


@transaction.atomic
def hide_line(actor: User, line: EditionLine, *, reason: str) -> None:
    """Withhold a line in every edition that shows it."""
    if line.is_contribution:
        raise ForbiddenMove("Cette ligne est une contribution : masquez la contribution elle-même.")
    if not hide_in_editions(line.reference):
        raise ForbiddenMove("Ce passage est déjà masqué.")
    journal.record(actor, "hide_line", line.edition, reference=line.reference, reason=reason)
    tell_hidden("edition_line", line.reference)


@transaction.atomic
def restore_line(actor: User, line: EditionLine) -> None:
    """Show again a line that was withheld."""
    if line.is_contribution:
        raise ForbiddenMove("Cette ligne est une contribution : rétablissez la contribution elle-même.")
    show_in_editions(line.reference)
    journal.record(actor, "restore_line", line.edition, reference=line.reference)
    tell_hidden("edition_line", line.reference)
