"""The project team of a consultation: who alone sees who said what."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation
from parvis.consultations.operations.names_of_funders import keep_names_from_funders, mark_funder
from parvis.consultations.operations.team import add_member, remove_member
from parvis.consultations.queries import get_consultation_or_refuse, possible_members
from parvis.consultations.rules import editable_consultations
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.people.models import User
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once
from parvis.web.desk.team.forms import MemberForm


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the project team; adding someone."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
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
        funders=set(consultation.funders.order_by().values_list("pk", flat=True)),
        who_sees=who_sees_names(consultation),
        has_candidates=candidates.exists(),
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def leave_team(request: HttpRequest, code: str, user: str) -> HttpResponse:
    """What she will no longer read nor do; POST takes her out of the team."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    member, form = _member(consultation, user), Form(posted(request))
    if request.method == "POST" and saved(form, lambda: remove_member(actor, consultation, member)):
        messages.success(request, "La personne ne fait plus partie de l'équipe projet.")
        return redirect("desk:team", code)
    return page(
        request, "desk/team/leave.html", "consultations", consultation=consultation, member=member, form=form
    )  # fmt: skip


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def funders(request: HttpRequest, code: str) -> HttpResponse:
    """Keep names from the funders of the team, or no longer."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    kept = request.POST.get("kept") == "1"
    return _done(request, code, lambda: keep_names_from_funders(actor, consultation, kept=kept))


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def funder(request: HttpRequest, code: str, user: str) -> HttpResponse:
    """Say that a member of the team is of a funder, or is not."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    member = _member(consultation, user)
    funds = request.POST.get("funds") == "1"
    return _done(request, code, lambda: mark_funder(actor, consultation, member, funds=funds))


def _member(consultation: Consultation, code: str) -> User:
    member = consultation.members.filter(user__code=code).select_related("user").first()
    if member is None:
        raise Http404("Cette personne n'est pas dans l'équipe.")
    return member.user


def _done(request: HttpRequest, code: str, operation: Callable[[], None]) -> HttpResponse:
    """Back to the team, with what became of it."""
    try:
        operation()
    except RefusedInput as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "C'est enregistré.")
    return redirect("desk:team", code)
