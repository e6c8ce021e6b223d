"""Where each kind of published thing is read, and its word in addresses: one row a kind of `publishing.registry`.

The public pages, the form that reports and the desk that moderates all lead there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import register_converter, reverse


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """`word` stands for the kind in addresses; `url_name` is its page, `anchor` the place in it (`{code}`)."""

    word: str
    url_name: str
    anchor: str = ""


PAGES: Final = {
    "consultation": PublishedPage("concertation", "public:consultation"),
    "contribution": PublishedPage("contribution", "public:contribution"),
    "meeting": PublishedPage("rencontre", "public:meeting"),
    "paragraph": PublishedPage("passage", "public:meeting"),
    "figures": PublishedPage("resultats", "public:results", "#fiche-{code}"),
    "lead_reply": PublishedPage("reponse", "public:results", "#fiche-{code}"),
}


def published_address(kind: str, code: str, place: str) -> str:
    """The public page on which something is read: `place` stands in its address, `code` may be an anchor in it."""
    page = PAGES[kind]
    return reverse(page.url_name, args=[place]) + page.anchor.format(code=code)


class PublishedKindConverter:
    """`<published:kind>` in an address: a French word there, the name of the kind in views and in `reverse`."""

    regex = "|".join(page.word for page in PAGES.values())
    _kinds: Final = {page.word: kind for kind, page in PAGES.items()}

    def to_python(self, value: str) -> str:
        return self._kinds[value]

    def to_url(self, value: str) -> str:
        if value not in PAGES:
            raise ValueError(f"{value} has no public page")
        return PAGES[value].word


register_converter(PublishedKindConverter, "published")
