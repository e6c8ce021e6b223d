"""A partner who was at a workshop reads its draft and comments it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.consultations.models import Participant
from parvis.core.access import FORM, RouteAudience, access
from parvis.meetings.models import MinutesCheck
from parvis.meetings.rules import readable_checks
from parvis.web.draft_checks import answer_check
from parvis.web.partners.session import for_partner


@access(readable_checks, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def check(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """The draft of this code, as long as she may check it."""
    hers = MinutesCheck.objects.filter(readable_checks(participant)).select_related("minutes__consultation")
    return answer_check(request, participant, hers.distinct().filter(code=code).first(), surface="partners")
