"""The people of a partner, one by one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.contacts import remove_contact, save_contact, set_referent
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, User
from parvis.web.components.form_pages import saved
from parvis.web.desk.directory.forms import ContactForm
from parvis.web.desk.directory.organisation_views import get_partner_or_404
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once


def _get_contact_or_404(
    actor: User, code: str, organisation: str, contact: str
) -> tuple[Consultation, Partner, Contact]:
    consultation, partner = get_partner_or_404(actor, code, organisation)
    person = partner.organisation.contacts.filter(code=contact, erased_at=None).select_related("organisation").first()
    if person is None:
        raise Http404("Contact inconnu.")
    return consultation, partner, person


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def new_contact(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Someone more."""
    actor = agent(request)
    consultation, partner = get_partner_or_404(actor, code, organisation)
    form = ContactForm(posted(request))
    if request.method == "POST" and saved(form, lambda: save_contact(actor, partner.organisation, form.details())):
        messages.success(request, "Le contact est ajouté.")
        return redirect("desk:organisation", code, organisation)
    return page(
        request,
        "desk/directory/contact.html",
        "consultations",
        consultation=consultation,
        partner=partner,
        contact=None,
        form=form,
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def edit_contact(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """What is known of her. Another address closes what was sent to the former one."""
    actor = agent(request)
    consultation, partner, person = _get_contact_or_404(actor, code, organisation, contact)
    form = ContactForm(posted(request), standing=person)
    closed: list[int] = []

    def save(row: Contact) -> None:
        closed.append(save_contact(actor, partner.organisation, form.details(), row)[1])

    if request.method == "POST" and saved(form, lambda: form.save_over(person, save, lock=partner.organisation)):
        again = " L'invitation envoyée à l'ancienne adresse ne s'ouvre plus : invitez de nouveau." if closed[0] else ""
        messages.success(request, f"C'est enregistré.{again}")
        return redirect("desk:organisation", code, organisation)
    return page(
        request,
        "desk/directory/contact.html",
        "consultations",
        consultation=consultation,
        partner=partner,
        contact=person,
        form=form,
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def erase_contact(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """What goes and what stays is said first; POST erases."""
    actor = agent(request)
    consultation, partner, person = _get_contact_or_404(actor, code, organisation, contact)
    if request.method == "POST":
        _answer(request, "Le contact est effacé.", lambda: remove_contact(actor, person))
        return redirect("desk:organisation", code, organisation)
    return page(
        request,
        "desk/directory/contact_erase.html",
        "consultations",
        consultation=consultation,
        partner=partner,
        contact=person,
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def referent(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """Designate her, or no longer."""
    actor = agent(request)
    _, _, person = _get_contact_or_404(actor, code, organisation, contact)
    wanted = request.POST.get("referent") == "oui"
    confirmation = f"{person} parle pour l'organisme." if wanted else "L'organisme n'a plus de référent."
    _answer(request, confirmation, lambda: set_referent(actor, person, referent=wanted))
    return redirect("desk:organisation", code, organisation)


def _answer(request: HttpRequest, confirmation: str, operation: Callable[[], object]) -> None:
    try:
        operation()
    except RefusedInput as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, confirmation)
