"""One partner: what it is, its people, its perimeter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.organisations import add_partner, change_organisation
from parvis.consultations.operations.partners import set_perimeter
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.people.models import User
from parvis.web.components.form_pages import saved
from parvis.web.desk.directory.forms import OrganisationForm, PerimeterForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once


def get_partner_or_404(actor: User, code: str, organisation: str) -> tuple[Consultation, Partner]:
    """A partner of a consultation that `actor` prepares."""
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    partner = (
        Partner.objects.filter(consultation=consultation, organisation__code=organisation)
        .select_related("organisation")
        .first()
    )
    if partner is None:
        raise Http404("Organisme inconnu.")
    return consultation, partner


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def organisation(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Its people, and the form of its perimeter."""
    actor = agent(request)
    consultation, partner = get_partner_or_404(actor, code, organisation)
    form = PerimeterForm(posted(request), standing=partner, consultation=consultation)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(partner, lambda row: set_perimeter(actor, row, **form.perimeter()))
    ):
        messages.success(request, "Le périmètre est enregistré.")
        return redirect("desk:organisation", code, organisation)
    return page(
        request,
        "desk/directory/organisation.html",
        "consultations",
        consultation=consultation,
        partner=partner,
        form=form,
        contacts=partner.organisation.contacts.filter(erased_at=None),
    )


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def new_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """A partner more; its people come next."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = OrganisationForm(posted(request))
    made: list[Partner] = []
    if request.method == "POST" and saved(form, lambda: made.append(add_partner(actor, consultation, form.details()))):
        messages.success(request, "L'organisme est ajouté. Ajoutez ses contacts.")
        return redirect("desk:organisation", code, made[0].organisation.code)
    return page(
        request,
        "desk/directory/organisation_form.html",
        "consultations",
        consultation=consultation,
        partner=None,
        form=form,
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def edit_organisation(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Its name, its type, where to write to it."""
    actor = agent(request)
    consultation, partner = get_partner_or_404(actor, code, organisation)
    edited = partner.organisation
    form = OrganisationForm(posted(request), standing=edited)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(edited, lambda row: change_organisation(actor, row, form.details()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:organisation", code, organisation)
    return page(
        request, "desk/directory/organisation_form.html", "consultations", consultation=consultation, partner=partner,
        form=form,
    )  # fmt: skip
