"""Inviting partners by mail, by a link to paste, by an open link; reminding the silent; taking back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.consultations.enums import Channel, InvitationKind
from parvis.consultations.mail_kinds import MailKind
from parvis.consultations.mail_writing import example_values, reader_values, write_mail
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.invitations import (
    invitation_link,
    invite_anyone,
    invite_contact,
    taken_back,
)
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.consultations.operations.send_invitations import (
    INVITATION_TEXT,
    REMINDER_TEXT,
    invitation_letter,
    invite_by_mail,
    mark_given,
    queue_reminders,
    resume_sending,
    review_is_over,
)
from parvis.consultations.operations.set_clock_right import set_clock_right
from parvis.consultations.operations.take_links import take_links
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, inviting_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.documents.csv_file import table_csv
from parvis.documents.tables import Column, Table
from parvis.french.counts import plural
from parvis.gathering.desk.invitations import STATES, gather_invitations
from parvis.gathering.desk.sending import gather_invitations_to_send, gather_reminders_to_send
from parvis.people.models import Contact, User
from parvis.web.components.files import file_response
from parvis.web.desk.requests import agent, inviting_consultation, page
from parvis.web.desk.sent_once import pressed_once

_A_PAGE = 100
_SENDINGS: Final = {"inviter": INVITATION_TEXT, "relancer": REMINDER_TEXT}
"""What stands in the address, and the mail that leaves."""


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def invitations(request: HttpRequest, code: str) -> HttpResponse:
    """The table, and what can be done to several at once."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
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
        holds_links=_holds_links(actor, consultation),
        doors=[(door, invitation_link(door)) for door in doors],
    )


def _act(actor: User, consultation: Consultation, request: HttpRequest) -> str:
    """Do what the button says; the sentence that confirms it."""
    gesture = request.POST.get("geste", "")
    if gesture == "ouverte":
        invite_anyone(actor, consultation)
        return "Le lien ouvert est prêt : affichez-le ou imprimez-le."
    if gesture == "reprendre":
        count = resume_sending(actor, consultation)
        return f"{plural(count, 'invitation sera renvoyée', 'invitations seront renvoyées')}."
    contacts = _chosen(consultation, request).order_by("pk")
    chosen = [invite_contact(actor, consultation, contact) for contact in contacts]
    ready = plural(len(chosen), "invitation prête", "invitations prêtes")
    return f"{ready} : l'équipe projet peut télécharger leurs liens."


def _chosen(consultation: Consultation, request: HttpRequest) -> QuerySet[Contact]:
    """The people whom the form names."""
    contacts = Contact.objects.filter(organisation__partnerships__consultation=consultation, erased_at=None)
    if "tous" not in request.POST:
        return contacts.filter(code__in=request.POST.getlist("contact"))
    return contacts.exclude(taken_back(consultation))  # whom an agent took out comes back by name, never by the way


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def send(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """How many mails would leave, to whom none can, and what they say; once confirmed, they are queued."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    kind = _SENDINGS.get(what)
    if kind is None:
        raise Http404("Envoi inconnu.")
    if "confirmed" in request.POST:
        try:
            messages.success(request, _send(actor, consultation, kind, request))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect("desk:invitations", code)
    reminds = kind is REMINDER_TEXT
    contacts = _chosen(consultation, request)
    sending = gather_reminders_to_send(consultation) if reminds else gather_invitations_to_send(consultation, contacts)
    values = example_values(kind) | (reader_values(sending.to_write[0]) if sending.to_write else {})
    return page(
        request,
        "desk/invitations/send.html",
        "consultations",
        consultation=consultation,
        kind=kind,
        reminds=reminds,
        sending=sending,
        closed=review_is_over(consultation),
        everyone="tous" in request.POST,
        chosen=request.POST.getlist("contact"),
        letter=write_mail(consultation, kind, "", values),
        holds_links=_holds_links(actor, consultation),
    )


def _send(actor: User, consultation: Consultation, kind: MailKind, request: HttpRequest) -> str:
    """Queue them; the sentence that confirms it."""
    if kind is REMINDER_TEXT:
        count = queue_reminders(actor, consultation)
        return f"{plural(count, 'relance sera envoyée', 'relances seront envoyées')}."
    count = invite_by_mail(actor, consultation, _chosen(consultation, request).order_by("pk"))
    return f"{plural(count, 'invitation sera envoyée', 'invitations seront envoyées')} par courriel."


def _holds_links(actor: User, consultation: Consultation) -> bool:
    return Consultation.objects.filter(inviting_consultations(actor), pk=consultation.pk).exists()


@access(inviting_consultations, audience=RouteAudience.TEAM, methods=POST)
def links(request: HttpRequest, code: str) -> HttpResponse:
    """Names and links, for a mail merge from one's own mail or Word: for the project team, and noted."""
    actor = agent(request)
    consultation = inviting_consultation(actor, code)
    invitations = Invitation.objects.filter(consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None)
    standing = list(invitations.select_related("organisation", "contact").order_by("code"))
    take_links(actor, consultation, standing)
    rows = tuple(
        (str(sent.organisation), str(sent.contact), sent.contact.email if sent.contact else "",
         invitation_link(sent))
        for sent in standing
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
    """Where it stands, the way to take it back; for the project team, on demand, the text to paste in one's mail."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    one_invitation = (
        Invitation.objects.filter(consultation=consultation, code=invitation)
        .select_related("consultation", "organisation", "contact")
        .first()
    )
    if one_invitation is None:
        raise Http404("Invitation inconnue.")
    holds_links = one_invitation.kind == InvitationKind.OPEN or _holds_links(actor, consultation)
    shows = request.method == "POST" and "show" in request.POST and holds_links
    if request.method == "POST" and not shows:
        try:
            messages.success(request, _change(actor, one_invitation, request))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect("desk:invitations", code)
    if shows and one_invitation.kind != InvitationKind.OPEN:
        take_links(actor, consultation, [one_invitation])
    return page(
        request,
        "desk/invitations/one.html",
        "consultations",
        consultation=consultation,
        invitation=one_invitation,
        holds_links=holds_links,
        participant=Participant.objects.filter(
            consultation=consultation, contact=one_invitation.contact_id or 0
        ).first(),
        letter=invitation_letter(one_invitation) if shows else None,
    )


def _change(actor: User, invitation: Invitation, request: HttpRequest) -> str:
    """Do what the button says to one invitation; the sentence that confirms it."""
    if "revoke" in request.POST:
        others = revoke_invitation(actor, invitation)
        with_it = plural(
            others,
            "invitation que cette personne avait transmise est retirée",
            "invitations que cette personne avait transmises sont retirées",
        )
        return f"L'invitation est retirée. Ce qui a été dit reste.{f' {with_it} avec elle.' if others else ''}"
    if "set_clock" in request.POST:
        participant = Participant.objects.filter(
            consultation=invitation.consultation, contact=invitation.contact_id or 0
        )
        set_clock_right(actor, get_object_or_404(participant))
        return "Ses appareils sont remis à l'heure : ils suivront à leur prochain envoi."
    mark_given(actor, [invitation], Channel.LINK)
    return "Notée comme envoyée par vos soins."
