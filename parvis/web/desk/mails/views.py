"""The queue of mails, and the two choices for one that was refused or cut."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.rules import followed_mails
from parvis.core.access import RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.core.mailing.counts import count_mails
from parvis.core.mailing.enums import TO_DECIDE, UNDER_WAY, MailState
from parvis.core.mailing.queue import send_again, set_aside
from parvis.core.models import OutgoingMail
from parvis.gathering.desk.mails import gather_mail_rows
from parvis.people.rules import prepares_somewhere
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once

_A_PAGE = 100
_FILTERS = {
    "a-decider": ("À décider", TO_DECIDE),
    "en-attente": ("En attente", UNDER_WAY),
    "partis": ("Partis", (MailState.SENT,)),
    "de-cote": ("Mis de côté", (MailState.SET_ASIDE,)),
}
"""What stands in the address: label, states."""


@access(followed_mails, prepares_somewhere, audience=RouteAudience.AGENTS)
def mails(request: HttpRequest) -> HttpResponse:
    """Those to decide first, then those under way; the others by a filter."""
    actor = agent(request)
    if not prepares_somewhere(actor):
        raise PermissionDenied
    followed = OutgoingMail.objects.filter(followed_mails(actor))
    counts = count_mails(followed)
    chosen = request.GET.get("etat", "")
    if chosen not in _FILTERS:
        chosen = "a-decider" if counts.refusals + counts.cut else "en-attente" if counts.waiting else "partis"
    rows = followed.filter(state__in=_FILTERS[chosen][1])
    shown = Paginator(rows.order_by("-created_at", "-pk"), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "desk/mails/mails.html", "home", counts=counts, page=shown, rows=gather_mail_rows(list(shown)),
        chosen=chosen, filters=[(name, label) for name, (label, _) in _FILTERS.items()],
    )  # fmt: skip


@pressed_once
@access(followed_mails, audience=RouteAudience.AGENTS, methods=("POST",))
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Send it again, or leave it."""
    actor = agent(request)
    mail = OutgoingMail.objects.filter(followed_mails(actor), code=code).select_related("content").first()
    if mail is None:
        raise Http404("Ce courriel n'est pas de ceux que vous suivez.")
    try:
        if "again" in request.POST:
            send_again(actor, mail)
            messages.success(request, "Il sera renvoyé.")
        else:
            set_aside(actor, mail)
            messages.success(request, "Il est mis de côté : il ne partira plus.")
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:mails")
