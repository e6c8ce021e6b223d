"""Coming in by an invitation, handing one on, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Invitation, Participant
from parvis.consultations.operations.agent_openings import is_of_another, openings_by_agents
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.operations.invitations import (
    find_invitation,
    forward_invitation,
    invitation_link,
    open_invitation,
    why_closed,
)
from parvis.consultations.operations.send_invitations import forward_by_mail
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.meetings.models import MinutesCheck
from parvis.meetings.rules import readable_checks
from parvis.people.actor import actor_of
from parvis.web.components.form_pages import form_page, saved
from parvis.web.partners.destination import destination
from parvis.web.partners.forms import ChooseForm, ForwardForm
from parvis.web.partners.session import enter, for_partner, key_of, leave, participant_of

GONE_STATUS = 410


@access(participant_of_key, audience=RouteAudience.PARTNERS)
def home(request: HttpRequest) -> HttpResponse:
    """Where one is; without an invitation, how to come in."""
    participant = participant_of(request)
    checks = MinutesCheck.objects.filter(readable_checks(participant)) if participant else MinutesCheck.objects.none()
    context = {
        "participant": participant,
        "section": "home",
        "openings": openings_by_agents(participant) if participant else [],
        "devices": participant.keys.order_by("-id").values_list("created_at", flat=True) if participant else [],
        "checks": checks.select_related("minutes").distinct().order_by("until"),
    }
    return render(request, "partners/home.html", context)


@access(find_invitation, audience=RouteAudience.PARTNERS, methods=FORM)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner opens links: GET shows a button, POST comes in."""
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "partners/gone.html", {"reason": why_closed(token)}, status=GONE_STATUS)
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, consultation=invitation.consultation) if _asks(invitation) else None
    agent, error = actor_of(request), ""
    if request.method == "POST" and (form is None or form.is_valid()):
        chosen = form.cleaned_data["organisation"] if form is not None else None
        try:
            participant = open_invitation(invitation, chosen, agent=agent)
        except RefusedInput as refusal:
            error = refusal.message
        else:
            enter(request, participant)
            return redirect(destination(request.GET))
    already = participant_of(request)
    context: dict[str, Any] = {
        "invitation": invitation,
        "form": form,
        "error": error,
        "who_sees": who_sees_names(invitation.consultation),
        "agent": agent if agent is not None and is_of_another(agent, invitation) else None,
        "other": already if already is not None and not _same(already, invitation) else None,
    }
    return form_page(request, "partners/invitation.html", context, refused=bool(error))


def _asks(invitation: Invitation) -> bool:
    return invitation.kind == InvitationKind.OPEN


def _same(participant: Participant, invitation: Invitation) -> bool:
    return invitation.contact_id is not None and participant.contact_id == invitation.contact_id


@access(participant_of_key, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def forward(request: HttpRequest, participant: Participant) -> HttpResponse:
    """« Transmettre à un collègue »: a mail, or a link to give."""
    form = ForwardForm(request.POST if request.method == "POST" else None)
    link = ""
    made: list[Invitation] = []

    def hand_on() -> None:
        email = form.cleaned_data["email"]
        made.append(forward_by_mail(participant, email) if email else forward_invitation(participant))

    if request.method == "POST" and saved(form, hand_on):
        if form.cleaned_data["email"]:
            messages.success(request, "L'invitation sera envoyée dans les minutes qui viennent.")
            return redirect("partners:forward")
        link = invitation_link(made[0])
    return form_page(request, "partners/forward.html", {"participant": participant, "form": form, "link": link})


@access(participant_of_key, audience=RouteAudience.PARTNERS, methods=FORM)
def leave_device(request: HttpRequest) -> HttpResponse:
    """Close this device. The page's script refuses while something waits to be sent."""
    participant = participant_of(request)
    if request.method == "POST":
        leave(request)
        messages.success(request, "C'est fermé sur cet appareil. Votre lien d'invitation permet de revenir.")
        return redirect("partners:home")
    if participant is None:
        return redirect("partners:home")
    return render(request, "partners/leave.html", {"participant": participant, "key": key_of(request)})
