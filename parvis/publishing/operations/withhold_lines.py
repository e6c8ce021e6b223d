"""Withholding, giving back and forgetting lines in every edition that holds them."""

from __future__ import annotations

from parvis.core import clock
from parvis.publishing.models import EditionLine


def hide_in_editions(reference: str) -> int:
    """Withhold every line that carries `reference`, in every edition. Returns how many were touched."""
    return EditionLine.objects.filter(reference=reference, hidden_at=None).update(hidden_at=clock.now())


def show_in_editions(reference: str) -> int:
    """Give back the lines of `reference` that were withheld and not erased."""
    return EditionLine.objects.filter(reference=reference, salt__isnull=False).update(hidden_at=None)


def erase_in_editions(reference: str) -> int:
    """Forget the content and the salt of `reference` in every edition, for ever. The digests stay."""
    lines = EditionLine.objects.filter(reference=reference)
    lines.filter(hidden_at=None).update(hidden_at=clock.now())
    return lines.update(content=None, salt=None)
