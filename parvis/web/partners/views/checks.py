"""A partner who was at a workshop reads its draft and comments it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Participant
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.gathering.reports.checked_draft import checked_draft
from parvis.meetings.models import MinutesCheck
from parvis.meetings.operations.checking import record_remark
from parvis.meetings.rules import readable_checks
from parvis.web.components.form_pages import form_page
from parvis.web.partners.session import for_partner


@access(readable_checks, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def check(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """The draft, line by line; a POST adds a remark or takes one back."""
    hers = MinutesCheck.objects.filter(readable_checks(participant)).select_related("minutes__consultation")
    check = hers.distinct().filter(code=code).first()
    line, text = request.POST.get("line", ""), request.POST.get("text", "")
    if check is None and text:  # it went on while she wrote: her words come back to her
        over = {"participant": participant, "typed": text}
        return form_page(request, "partners/check_over.html", over, refused=True)
    if check is None:
        raise Http404
    refused: dict[str, object] = {}
    if request.method == "POST":
        try:
            record_remark(participant, check, line, text, withdraw=request.POST.get("withdraw", ""))
        except ParvisError as refusal:
            refused = {"refusal": refusal.message, "target": line, "typed": text}
        else:
            return redirect("partners:check", code)
    context = {
        "participant": participant,
        "check": check,
        "draft": checked_draft(check, participant),
        "open": check.is_open(clock.today()),
    }
    return form_page(request, "partners/check.html", context | refused, refused=bool(refused))
