"""What the committees read of the opinions: on a page, and as a document to hand on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import readable_consultations
from parvis.core.access import RouteAudience, access
from parvis.documents.formats import table_file
from parvis.gathering.results.for_committees import CommitteeResults, gather_for_committees
from parvis.gathering.results.printed_table import printed_sheets
from parvis.gathering.results.table import committee_table
from parvis.people.models import User
from parvis.sheets.results_rules import committee_consultations
from parvis.web.components.files import file_response
from parvis.web.desk.requests import agent, page
from parvis.web.desk.results.boxes import place_boxes


@access(committee_consultations, audience=RouteAudience.AGENTS)
def committees(request: HttpRequest, code: str) -> HttpResponse:
    """Both questions for each action, the quadrant, the replies of the leads."""
    consultation, content = _shown(agent(request), code)
    return page(
        request,
        "desk/results/committees.html",
        "consultations",
        consultation=consultation,
        content=content,
        boxes=place_boxes(content.sheets) if content is not None and content.detailed else (),
    )


@access(committee_consultations, audience=RouteAudience.AGENTS)
def committees_file(request: HttpRequest, code: str, extension: str) -> HttpResponseBase:
    """The same as a table to hand on."""
    consultation, content = _shown(agent(request), code)
    made = None
    if content is not None:
        printed = printed_sheets(sheet.results for sheet in content.sheets)
        table = printed if extension == "pdf" else committee_table(content)
        made = table_file(table, extension, title=f"Avis, pour les comités : {consultation.title}")
    if made is None:
        raise Http404("Ce fichier n'existe pas.")
    return file_response(made, f"avis-comites-{consultation.slug}.{extension}")


def _shown(actor: User, code: str) -> tuple[Consultation, CommitteeResults | None]:
    readable = readable_consultations(actor) & committee_consultations(actor)
    consultation = get_consultation_or_refuse(actor, code, readable)
    return consultation, gather_for_committees(consultation)
