"""The directory of a consultation: who is a partner, on what, and whom to call."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, prepared_consultations, readable_consultations
from parvis.core.access import RouteAudience, access
from parvis.core.text import fold
from parvis.documents.formats import table_file
from parvis.gathering.desk.directory_tables import directory_table
from parvis.gathering.desk.likely_doubles import MOST_SHOWN, likely_doubles
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact
from parvis.web.components.files import file_response
from parvis.web.desk.requests import agent, page

_A_PAGE = 50
_EXTENSIONS = ("xlsx", "ods", "csv")


@access(readable_consultations, audience=RouteAudience.AGENTS)
def directory(request: HttpRequest, code: str) -> HttpResponse:
    """The partners, by name; found by a word or a type."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, readable_consultations(actor))
    words, kind = fold(request.GET.get("q", "")), request.GET.get("type", "")
    partners = Partner.objects.filter(consultation=consultation)
    if words:
        partners = partners.filter(
            Q(organisation__sort_key__contains=words) | Q(organisation__contacts__sort_key__contains=words)
        ).distinct()
    if kind in OrganisationType.values:
        partners = partners.filter(organisation__type=kind)
    contacts = Prefetch("organisation__contacts", Contact.objects.filter(erased_at=None))
    rows = partners.select_related("organisation").prefetch_related(contacts, "themes", "territories")
    may_edit = Consultation.objects.filter(editable_consultations(actor), pk=consultation.pk).exists()
    likely = likely_doubles(consultation) if may_edit and not request.GET else []
    return page(
        request,
        "desk/directory/directory.html",
        "consultations",
        consultation=consultation,
        page=Paginator(rows.order_by("organisation__sort_key", "pk"), _A_PAGE).get_page(request.GET.get("page")),
        types=OrganisationType.choices,
        kind=kind,
        q=request.GET.get("q", ""),
        extensions=_EXTENSIONS,
        may_edit=may_edit,
        likely=likely[:MOST_SHOWN],
        likely_count=len(likely),
    )


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def directory_file(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The whole directory, addresses included: for who may change it."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, prepared_consultations(actor))
    made = table_file(directory_table(consultation), extension) if extension in _EXTENSIONS else None
    if made is None:
        raise Http404("Ce format n'existe pas.")
    return file_response(made, f"annuaire-{consultation.slug}.{extension}")
