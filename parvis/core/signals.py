"""The only two messages that travel upward. See docs/decisions/0001."""

from django.dispatch import Signal

content_hidden = Signal()
"""Sent with `kind` and `code` when something published is hidden or shown again."""

person_erased = Signal()
"""Sent with `code` when a person asks to be forgotten."""
