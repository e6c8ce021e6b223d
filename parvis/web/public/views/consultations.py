from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from parvis.consultations.rules import readable_consultations
from parvis.core.access import access
from parvis.gathering.public.consultation import consultation_page
from parvis.web.components.acronyms import AcronymMarker
from parvis.web.public.former_addresses import at_present_address
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept


@kept
@access(readable_consultations)
@at_present_address
def consultation(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A consultation: what it is, where it stands, its rencontres, what comes next."""
    shown = consultation_page(slug)
    if shown is None:
        raise Http404("Concertation inconnue.")
    return page(request, "public/consultation.html", {"page": shown, "acronyms": AcronymMarker(shown.glossary)})
