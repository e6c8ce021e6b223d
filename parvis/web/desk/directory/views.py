"""The directory of a consultation: who is a partner, on what, and whom to call."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import editable_consultations, readable_consultations
from parvis.core.access import FORM, UPLOAD_BYTES, RouteAudience, access
from parvis.core.text import fold
from parvis.french.counts import plural
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.table_import import rehearse_or_import

_A_PAGE = 50


@access(readable_consultations, audience=RouteAudience.AGENTS)
def directory(request: HttpRequest, code: str) -> HttpResponse:
    """The partners, by name; found by a word or a type."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, readable_consultations(actor))
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
    return page(
        request,
        "desk/directory/directory.html",
        "consultations",
        consultation=consultation,
        page=Paginator(rows.order_by("organisation__sort_key", "pk"), _A_PAGE).get_page(request.GET.get("page")),
        types=OrganisationType.choices,
        kind=kind,
        q=request.GET.get("q", ""),
        may_edit=Consultation.objects.filter(editable_consultations(actor), pk=consultation.pk).exists(),
    )


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table, seen before it is taken."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    form, faults, done, imported = rehearse_or_import(
        request, lambda grid, dry: import_partners(actor, consultation, grid, dry_run=dry)
    )
    summary = (
        f"{plural(len(done.created), 'organisme nouveau', 'organismes nouveaux')}, "
        f"{plural(len(done.updated), 'modifié', 'modifiés')}, {done.unchanged} déjà à jour ; "
        f"{plural(done.contacts_created, 'contact nouveau', 'contacts nouveaux')}, "
        f"{plural(done.contacts_updated, 'modifié', 'modifiés')}."
        if done is not None
        else ""
    )
    if imported:
        messages.success(request, f"C'est fait : {summary}")
        return redirect("desk:directory", code)
    return page(
        request, "desk/directory/import.html", "consultations", consultation=consultation, form=form, faults=faults,
        preview=done, summary=summary, grid_text=form.grid_text() if done is not None else "",
    )  # fmt: skip
