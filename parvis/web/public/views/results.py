"""What partners think, once published: masked tables by college."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from parvis.consultations.models import Consultation
from parvis.consultations.rules import readable_consultations
from parvis.core.access import access
from parvis.documents.formats import table_file
from parvis.gathering.public.consultation import readable_consultation
from parvis.gathering.results.printed_table import printed_publication
from parvis.gathering.results.published import PublishedResults, gather_published
from parvis.gathering.results.table import published_table
from parvis.publishing.enums import FlagReason
from parvis.web.components.files import file_response
from parvis.web.public.former_addresses import at_present_address
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept


@kept
@access(readable_consultations)
@at_present_address
def results(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every sheet that anyone may read, with its table."""
    consultation, published = _published(slug)
    context = {"consultation": consultation, "published": published, "reasons": FlagReason.choices}
    return page(request, "public/results.html", context)


@access(readable_consultations)
@at_present_address
def results_file(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The same as a table to take away."""
    consultation, published = _published(slug)
    on_paper = extension == "pdf" and not published.old
    table = printed_publication(published) if on_paper else published_table(published)
    made = table_file(table, extension, title=f"Avis des partenaires : {consultation.title}")
    if made is None:
        raise Http404("Ce format n'existe pas.")
    return file_response(made, f"avis-{slug}.{extension}")


def _published(slug: str) -> tuple[Consultation, PublishedResults]:
    consultation = readable_consultation(slug)
    published = gather_published(consultation) if consultation is not None else None
    if consultation is None or published is None:
        raise Http404("Ces résultats ne sont pas publiés.")
    return consultation, published
