"""What the results publish."""

from __future__ import annotations


def figures_reference(sheet_code: str) -> str:
    """The name of the figures of a sheet among the lines of an edition."""
    return f"results:{sheet_code}"


def reply_reference(sheet_code: str) -> str:
    """The name of the reply of its lead among the lines of an edition."""
    return f"lead_reply:{sheet_code}"
