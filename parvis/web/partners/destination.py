"""Where an invitation leads once opened: the page that the mail was about, else the sheets."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

_NAMES: Final = {"check": "relecture", "meeting": "atelier", "lead": "actions"}
"""What mails lead to, and its name in the address."""


def invitation_address(token: str, page: str = "", code: str = "") -> str:
    """The address of an invitation; to a `check` or a `meeting` of a code, or to what one's organisation leads."""
    address = reverse("partners:invitation", args=[token])
    return f"{address}?{urlencode({_NAMES[page]: code or 1})}" if page else address


def destination(query: QueryDict) -> str:
    """The page that the address of an invitation names. Only pages of this surface, whatever is asked."""
    wanted = next((page for page, name in _NAMES.items() if name in query), "")
    code = query.get(_NAMES[wanted], "") if wanted else ""
    if wanted == "lead":
        return reverse("partners:lead")
    if wanted == "check" and code.isalnum():
        return reverse("partners:check", args=[code])
    if wanted == "meeting" and code.isalnum():
        return f"{reverse('partners:meetings')}#r-{code}"
    return reverse("partners:sheets")
