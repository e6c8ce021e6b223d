"""Telling upper apps that something was hidden, shown again or erased."""

from __future__ import annotations

from django.db import transaction

from parvis.core.signals import content_hidden


def tell_hidden(kind: str, code: str) -> None:
    """Send `content_hidden` once the transaction is committed."""
    transaction.on_commit(lambda: content_hidden.send(sender=None, kind=kind, code=code))
