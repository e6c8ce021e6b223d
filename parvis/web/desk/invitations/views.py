"""Inviting partners by mail, by a link to paste, by an open link; reminding the silent; taking back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import Channel, InvitationKind
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.invitations import (
    invitation_path,
    invite_anyone,
    invite_contact,
    revoke_invitation,
)
from parvis.consultations.operations.send_invitations import (
    letter_text,
    mark_given,
    queue_invitations,
    queue_reminders,
    resume_sending,
)
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.documents.csv_file import table_csv
from parvis.documents.tables import Column, Table
from parvis.gathering.desk.invitations import STATES, gather_invitations
from parvis.people.models import Contact, User
from parvis.web.components.files import file_response
from parvis.web.desk.requests import agent, page

_A_PAGE = 100


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """The table, and what can be done to several at once."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    if request.method == "POST":
        try:
            messages.success(request, _act(actor, consultation, request))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect("desk:invitations", code)
    state = request.GET.get("etat", "")
    table = gather_invitations(consultation, state if state in STATES else "")
    doors = Invitation.objects.filter(consultation=consultation, kind=InvitationKind.OPEN, revoked_at=None)
    return page(
        request,
        "desk/invitations/invitations.html",
        "consultations",
        consultation=consultation,
        table=table,
        state=state,
        states=[(name, label, table.counts[name]) for name, label in STATES.items()],
        page=Paginator(table.rows, _A_PAGE).get_page(request.GET.get("page")),
        doors=[(door, f"{settings.PUBLIC_URL}{invitation_path(door)}") for door in doors],
    )


def _act(actor: User, consultation: Consultation, request: HttpRequest) -> str:
    """Do what the button says; the sentence that confirms it."""
    gesture = request.POST.get("geste", "")
    if gesture == "relancer":
        count = queue_reminders(actor, consultation)
        sent = "relances seront envoyées" if count > 1 else "relance sera envoyée"
        return f"{count} {sent} : les silencieux prévenus depuis une semaine au moins."
    if gesture == "ouverte":
        invite_anyone(actor, consultation)
        return "Le lien ouvert est prêt : affichez-le ou imprimez-le."
    if gesture == "reprendre":
        count = resume_sending(actor, consultation)
        return f"{count} invitation{'s seront renvoyées' if count > 1 else ' sera renvoyée'}."
    contacts = Contact.objects.filter(organisation__partnerships__consultation=consultation, erased_at=None)
    if "tous" not in request.POST:
        contacts = contacts.filter(code__in=request.POST.getlist("contact"))
    chosen = [invite_contact(actor, consultation, contact) for contact in contacts.order_by("pk")]
    if gesture == "lien":
        return f"{len(chosen)} invitations prêtes : leurs liens sont dans le tableau à télécharger."
    count = queue_invitations(actor, chosen)
    return f"{count} invitation{'s seront envoyées' if count > 1 else ' sera envoyée'} par courriel."


@access(editable_consultations, audience=RouteAudience.AGENTS)
def links(request: HttpRequest, code: str) -> HttpResponse:
    """Names and links, for a mail merge from one's own mail or Word."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    standing = Invitation.objects.filter(consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None)
    rows = tuple(
        (str(sent.organisation), str(sent.contact), sent.contact.email if sent.contact else "",
         f"{settings.PUBLIC_URL}{invitation_path(sent)}")
        for sent in standing.select_related("organisation", "contact").order_by("code")
    )  # fmt: skip
    columns = (
        Column("organisation", "Organisme", "L'organisme invité."),
        Column("name", "Personne", "La personne invitée."),
        Column("email", "Courriel", "Son adresse."),
        Column("link", "Lien", "Le lien de son invitation : personnel."),
    )
    return file_response(table_csv(Table("Invitations", columns, rows)), f"invitations-{consultation.slug}.csv")


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def one(request: HttpRequest, code: str, invitation: str) -> HttpResponse:
    """The text to paste in one's own mail, and the way to take the invitation back."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    one_invitation = (
        Invitation.objects.filter(consultation=consultation, code=invitation).select_related("consultation").first()
    )
    if one_invitation is None:
        raise Http404("Invitation inconnue.")
    if request.method == "POST":
        try:
            if "revoke" in request.POST:
                revoke_invitation(actor, one_invitation)
                messages.success(request, "L'invitation est retirée. Ce qui a été dit reste.")
            else:
                mark_given(actor, [one_invitation], Channel.LINK)
                messages.success(request, "Notée comme envoyée par vos soins.")
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect("desk:invitations", code)
    subject, body = letter_text(one_invitation)
    return page(
        request,
        "desk/invitations/one.html",
        "consultations",
        consultation=consultation,
        invitation=one_invitation,
        subject=subject,
        body=body,
    )
