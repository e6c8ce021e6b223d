"""The parts of a consultation: phases, validation steps, project team."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.operations.phases import plan_phases
from parvis.consultations.operations.team import add_member, choose_steps, remove_member
from parvis.consultations.queries import get_consultation_or_404, possible_members
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.web.desk.forms.consultations import MemberForm, PhaseForm, StepsForm
from parvis.web.desk.requests import REFUSED, agent, page, posted, saved


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def phases(request: HttpRequest, code: str) -> HttpResponse:
    """The eight phases in one form: dates, or by hand."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    rows = [PhaseForm(posted(request), phase) for phase in found.phases.all()]
    valid = [row.is_valid() for row in rows]  # every row is checked, so that every fault is shown at once
    if request.method == "POST" and all(valid):
        changed = plan_phases(actor, found, [row.plan() for row in rows])
        messages.success(request, "C'est enregistré." if changed else "Rien n'a changé.")
        return redirect("desk:consultation", code)
    refused = request.method == "POST"
    response = page(request, "desk/phases.html", "consultations", rows=rows, consultation=found, refused=refused)
    response.status_code = REFUSED if refused else 200
    return response


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def steps(request: HttpRequest, code: str) -> HttpResponse:
    """The steps that minutes pass before they are published."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    chosen = list(found.steps.values_list("kind", flat=True))
    form = StepsForm(posted(request), steps=chosen)
    if request.method == "POST" and saved(form, lambda: choose_steps(actor, found, form.kinds())):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:consultation", code)
    return page(request, "desk/steps.html", "consultations", form=form, consultation=found)


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the project team; adding someone."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    candidates = possible_members(found)
    form = MemberForm(posted(request), candidates=candidates)
    if request.method == "POST" and saved(form, lambda: add_member(actor, found, form.cleaned_data["user"])):
        messages.success(request, "La personne fait partie de l'équipe projet.")
        return redirect("desk:team", code)
    return page(
        request,
        "desk/team.html",
        "consultations",
        form=form,
        consultation=found,
        members=found.members.select_related("user").order_by("user__name", "user__email"),
        has_candidates=candidates.exists(),
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def leave_team(request: HttpRequest, code: str, user: str) -> HttpResponse:
    """Take someone out of the team."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    member = found.members.filter(user__code=user).select_related("user").first()
    if member is None:
        raise Http404("Cette personne n'est pas dans l'équipe.")
    try:
        remove_member(actor, found, member.user)
    except RefusedInput as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "La personne ne fait plus partie de l'équipe projet.")
    return redirect("desk:team", code)
