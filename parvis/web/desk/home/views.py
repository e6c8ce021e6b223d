"""What waits for the agent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.consultations.rules import followed_mails
from parvis.core import clock
from parvis.core.access import RouteAudience, access
from parvis.core.mailing.enums import TO_DECIDE
from parvis.core.models import OutgoingMail
from parvis.gathering.desk.home import gather_home
from parvis.meetings.rules import readable_minutes
from parvis.people.rules import administers_somewhere, prepares_somewhere
from parvis.web.desk.requests import agent, page


@access(readable_minutes, audience=RouteAudience.AGENTS)
def home(request: HttpRequest) -> HttpResponse:
    """« Ce qui m'attend »; on a new instance, the first steps."""
    actor = agent(request)
    content = gather_home(actor)
    today = clock.today()
    cycles = [
        (consultation, [phase for phase in consultation.phases.all() if phase.is_open(today)])
        for consultation in content.consultations
    ]
    return page(
        request,
        "desk/home/home.html",
        "home",
        actor=actor,
        content=content,
        cycles=cycles,
        administers=administers_somewhere(actor),
        follows_mails=prepares_somewhere(actor),
        mails_to_decide=OutgoingMail.objects.filter(followed_mails(actor), state__in=TO_DECIDE).count(),
    )
