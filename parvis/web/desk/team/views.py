"""The project team of a consultation: who alone sees who said what."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.operations.team import add_member, remove_member
from parvis.consultations.queries import get_consultation_or_404, possible_members
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once
from parvis.web.desk.team.forms import MemberForm


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the project team; adding someone."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    candidates = possible_members(consultation)
    form = MemberForm(posted(request), candidates=candidates)
    if request.method == "POST" and saved(form, lambda: add_member(actor, consultation, form.cleaned_data["user"])):
        messages.success(request, "La personne fait partie de l'équipe projet.")
        return redirect("desk:team", code)
    return page(
        request,
        "desk/team/team.html",
        "consultations",
        form=form,
        consultation=consultation,
        members=consultation.members.select_related("user").order_by("user__name", "user__email"),
        has_candidates=candidates.exists(),
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def leave_team(request: HttpRequest, code: str, user: str) -> HttpResponse:
    """Take someone out of the team."""
    actor = agent(request)
    consultation = get_consultation_or_404(actor, code, editable_consultations(actor))
    member = consultation.members.filter(user__code=user).select_related("user").first()
    if member is None:
        raise Http404("Cette personne n'est pas dans l'équipe.")
    try:
        remove_member(actor, consultation, member.user)
    except RefusedInput as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "La personne ne fait plus partie de l'équipe projet.")
    return redirect("desk:team", code)
