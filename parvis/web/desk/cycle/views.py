"""The cycle of a consultation: its phases, and the steps its minutes pass before they are published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.operations.phases import plan_phases
from parvis.consultations.operations.team import choose_steps
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.web.components.form_pages import saved
from parvis.web.desk.cycle.forms import PhaseForm, StepsForm
from parvis.web.desk.requests import agent, page, posted


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def phases(request: HttpRequest, code: str) -> HttpResponse:
    """The eight phases in one form: opened by their dates, or by an agent."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    rows = [PhaseForm(posted(request), phase) for phase in consultation.phases.all()]
    valid = [row.is_valid() for row in rows]  # every row is checked, so that every fault is shown at once
    if request.method == "POST" and all(valid):
        changed = plan_phases(actor, consultation, [row.plan() for row in rows])
        messages.success(request, "C'est enregistré." if changed else "Rien n'a changé.")
        return redirect("desk:consultation", code)
    refused = request.method == "POST"
    return page(
        request,
        "desk/cycle/phases.html",
        "consultations",
        rows=rows,
        consultation=consultation,
        faults=refused,
        refused=refused,
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def steps(request: HttpRequest, code: str) -> HttpResponse:
    """The steps that minutes pass before they are published."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    chosen = list(consultation.steps.values_list("kind", flat=True))
    form = StepsForm(posted(request), steps=chosen, one_person=consultation.one_person_validates)
    if request.method == "POST" and saved(
        form,
        lambda: choose_steps(actor, consultation, form.kinds(), one_person=form.cleaned_data["one_person"]),
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:consultation", code)
    return page(request, "desk/cycle/steps.html", "consultations", form=form, consultation=consultation)
