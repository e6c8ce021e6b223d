"""Someone who was at a workshop reads the draft of its minutes and comments it: one page for every surface."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Participant
from parvis.core import clock
from parvis.core.errors import ParvisError
from parvis.gathering.reports.checked_draft import checked_draft
from parvis.meetings.models import MinutesCheck
from parvis.meetings.operations.checking import record_remark
from parvis.web.components.form_pages import form_page


def answer_check(
    request: HttpRequest, participant: Participant, check: MinutesCheck | None, *, surface: str, **around: Any
) -> HttpResponse:
    """The draft, line by line; a POST adds a remark or takes one back.

    `check`: one that the caller fetched through its rule, or None. `surface`: whose templates `check.html` and
    `check_over.html` are shown, with `around` in their context.
    """
    line, text = request.POST.get("line", ""), request.POST.get("text", "")
    context: dict[str, Any] = {"participant": participant, **around}
    if check is None and text:  # it went on while she wrote: her words come back to her
        return form_page(request, f"{surface}/check_over.html", context | {"typed": text}, refused=True)
    if check is None:
        raise Http404
    refused: dict[str, Any] = {}
    if request.method == "POST":
        try:
            record_remark(participant, check, line, text, withdraw=request.POST.get("withdraw", ""))
        except ParvisError as refusal:
            refused = {"refusal": refusal.message, "target": line, "typed": text}
        else:
            return redirect(request.path)
    context |= {"check": check, "draft": checked_draft(check, participant), "open": check.is_open(clock.today())}
    return form_page(request, f"{surface}/check.html", context | refused, refused=bool(refused))
