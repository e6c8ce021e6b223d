"""The gallery of the components, for those who write pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.core.access import RouteAudience, access, anyone
from parvis.web.components import samples


@access(anyone, audience=RouteAudience.AGENTS)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, empty, full and broken."""
    return render(
        request,
        "components/gallery.html",
        {
            "form": samples.empty_form(),
            "broken": samples.broken_form(),
            "steps": samples.STEPS,
            "trail": samples.TRAIL,
            "page": samples.sample_page(),
            "long_word": samples.LONG_WORD,
        },
    )
