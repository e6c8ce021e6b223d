"""Where the things that the journal names have their page."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

_OWN: Final = {
    "consultation": "desk:consultation", "meeting": "desk:meeting", "minutes": "desk:minutes", "flag": "desk:flag",
}  # fmt: skip
_IN_CONSULTATION: Final = {"sheet": "desk:edit_sheet", "organisation": "desk:organisation"}


def link_to(name: str, place: str) -> str:
    """The page of a thing, `place` being the consultation it was met in; empty when it has none."""
    kind, _, code = name.partition(":")
    if kind in _OWN:
        return reverse(_OWN[kind], args=[code])
    if kind == "contribution":
        return reverse("desk:moderate", args=["contribution", code])
    if kind == "results":
        return reverse("desk:release_results", args=[code])
    if kind in _IN_CONSULTATION and place:
        return reverse(_IN_CONSULTATION[kind], args=[place, code])
    return ""
