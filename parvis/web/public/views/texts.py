"""The glossary and the pages that the law asks for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from parvis.core.access import access, anyone
from parvis.gathering.public.glossary_page import glossary_page
from parvis.gathering.public.organisers import organisers
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept


@kept
@access(anyone)
def glossary(request: HttpRequest) -> HttpResponseBase:
    """Every acronym in full."""
    return page(request, "public/glossary.html", {"lines": glossary_page()})


@kept
@access(anyone)
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """The declaration of accessibility: « non conforme » as long as no audit says otherwise."""
    return page(request, "public/accessibility.html", {"organisers": organisers()})


@kept
@access(anyone)
def legal(request: HttpRequest) -> HttpResponseBase:
    """Who publishes, and who hosts the site when the settings say so."""
    return page(
        request,
        "public/legal.html",
        {"organisers": organisers(), "host": settings.LEGAL_HOST, "director": settings.LEGAL_DIRECTOR},
    )


@kept
@access(anyone)
def personal_data(request: HttpRequest) -> HttpResponseBase:
    """What is known of people, why, how long, and how to be forgotten."""
    return page(request, "public/personal_data.html", {"organisers": organisers()})
