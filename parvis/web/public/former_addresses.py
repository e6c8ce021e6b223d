"""A consultation that changed its address is still found at the former ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from parvis.gathering.public.consultation import present_slug

View = Callable[..., HttpResponseBase]


def at_present_address(view: View) -> View:
    """For a view whose `slug` is that of a consultation: what it does not find is looked for among former addresses,
    and the visitor is sent, for good, to the same page of today. Below `access`: the rule was asked by then."""

    @wraps(view)
    def followed(request: HttpRequest, slug: str, **others: Any) -> HttpResponseBase:
        try:
            return view(request, slug, **others)
        except Http404:
            present = present_slug(slug)
            match = request.resolver_match
            if not present or match is None:
                raise
            address = reverse(match.view_name, kwargs={**match.kwargs, "slug": present})
            query = request.META.get("QUERY_STRING", "")
            moved = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
            moved["Cache-Control"] = "no-cache"  # it may take a former address again: no browser must go round
            return moved

    return followed
