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
from parvis.web.desk.cycle.forms import PhasesForm, StepsForm
from parvis.web.desk.requests import agent, page, posted


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def phases(request: HttpRequest, code: str) -> HttpResponse:
    """The eight phases in one form: opened by their dates, or by an agent."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = PhasesForm(posted(request), consultation)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(consultation, lambda row: plan_phases(actor, row, form.plans()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:consultation", code)
    return page(request, "desk/cycle/phases.html", "consultations", form=form, consultation=consultation)


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def steps(request: HttpRequest, code: str) -> HttpResponse:
    """The steps that minutes pass before they are published."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = StepsForm(posted(request), consultation)
    if request.method == "POST" and saved(
        form,
        lambda: form.save_over(
            consultation,
            lambda row: choose_steps(actor, row, form.kinds(), one_person=form.cleaned_data["one_person"]),
        ),
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:consultation", code)
    return page(request, "desk/cycle/steps.html", "consultations", form=form, consultation=consultation)
