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


def _get_contact_or_404(
    actor: User, code: str, organisation: str, contact: str
) -> tuple[Consultation, Partner, Contact]:
    found, partner = get_partner_or_404(actor, code, organisation)
    held = partner.organisation.contacts.filter(code=contact, erased_at=None).select_related("organisation").first()
    if held is None:
        raise Http404("Contact inconnu.")
    return found, partner, held


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def new_contact(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Someone more."""
    actor = agent(request)
    found, partner = get_partner_or_404(actor, code, organisation)
    form = ContactForm(posted(request))
    if request.method == "POST" and saved(form, lambda: save_contact(actor, partner.organisation, form.details())):
        messages.success(request, "Le contact est ajouté.")
        return redirect("desk:organisation", code, organisation)
    return page(
        request, "desk/directory/contact.html", "consultations", consultation=found, partner=partner, contact=None,
        form=form,
    )  # fmt: skip


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def edit_contact(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """What is known of her. Another address closes what was sent to the former one."""
    actor = agent(request)
    found, partner, held = _get_contact_or_404(actor, code, organisation, contact)
    form = ContactForm(posted(request), initial={name: getattr(held, name) for name in ContactForm.base_fields})
    closed: list[int] = []

    def save() -> None:
        closed.append(save_contact(actor, partner.organisation, form.details(), held)[1])

    if request.method == "POST" and saved(form, save):
        again = " L'invitation envoyée à l'ancienne adresse ne s'ouvre plus : invitez de nouveau." if closed[0] else ""
        messages.success(request, f"C'est enregistré.{again}")
        return redirect("desk:organisation", code, organisation)
    return page(
        request, "desk/directory/contact.html", "consultations", consultation=found, partner=partner, contact=held,
        form=form,
    )  # fmt: skip


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def erase_contact(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """What goes and what stays is said first; POST erases."""
    actor = agent(request)
    found, partner, held = _get_contact_or_404(actor, code, organisation, contact)
    if request.method == "POST":
        _told(request, "Le contact est effacé.", lambda: remove_contact(actor, held))
        return redirect("desk:organisation", code, organisation)
    return page(
        request, "desk/directory/contact_erase.html", "consultations", consultation=found, partner=partner, contact=held
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def referent(request: HttpRequest, code: str, organisation: str, contact: str) -> HttpResponse:
    """Designate her, or no longer."""
    actor = agent(request)
    _, _, held = _get_contact_or_404(actor, code, organisation, contact)
    wanted = request.POST.get("referent") == "oui"
    said = f"{held} parle pour l'organisme." if wanted else "L'organisme n'a plus de référent."
    _told(request, said, lambda: set_referent(actor, held, referent=wanted))
    return redirect("desk:organisation", code, organisation)


def _told(request: HttpRequest, said: str, operation: Callable[[], object]) -> None:
    try:
        operation()
    except RefusedInput as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
