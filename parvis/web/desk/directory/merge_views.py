"""Two partners that are one: chosen, seen, confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation
from parvis.consultations.operations.merge_organisations import merge_organisations
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.desk.likely_doubles import likely_doubles
from parvis.gathering.desk.organisation_merge import preview_merge
from parvis.people.models import Organisation, User
from parvis.web.desk.directory.organisation_views import get_partner_or_404
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def merge(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Choose the other (`avec`, its code), see what moves; POST makes them one."""
    actor = agent(request)
    consultation, partner = get_partner_or_404(actor, code, organisation)
    kept, refusal = partner.organisation, ""
    others = _others(actor, kept)
    chosen = request.POST.get("avec", "") or request.GET.get("avec", "")
    other = others.filter(code=chosen).first() if chosen else None
    if chosen and other is None:
        refusal = "Cet organisme n'est plus dans l'annuaire, ou vient d'être réuni : choisissez-en un autre."
    elif request.method == "POST" and other is not None:
        try:
            merge_organisations(actor, kept, other)
        except RefusedInput as refused:
            refusal = refused.message
        else:
            messages.success(request, f"« {other} » et « {kept} » ne font plus qu'un.")
            return redirect("desk:organisation", code, organisation)
    return page(
        request, "desk/directory/merge.html", "consultations", refused=bool(refusal) and request.method == "POST",
        consultation=consultation, partner=partner, other=other, others=others, refusal=refusal,
        likely=_likely(consultation, kept) if other is None else (),
        preview=preview_merge(actor, kept, other) if other is not None else None,
        swappable=other is not None and other.partnerships.filter(consultation=consultation).exists(),
    )  # fmt: skip


def _others(actor: User, kept: Organisation) -> QuerySet[Organisation]:
    """Those of the same directory that take part in what `actor` prepares."""
    prepared = Consultation.objects.filter(editable_consultations(actor)).order_by().values("pk")
    rows = Organisation.objects.filter(territory=kept.territory_id, partnerships__consultation__in=prepared)
    return rows.exclude(pk=kept.pk).distinct()


def _likely(consultation: Consultation, kept: Organisation) -> list[Organisation]:
    pairs = ((double.kept, double.other) for double in likely_doubles(consultation))
    return [second if first == kept else first for first, second in pairs if kept in (first, second)]
