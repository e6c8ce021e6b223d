"""Who works at the desk, and what each may do where."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.gathering.desk.leaving import gather_leaving
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.agents import add_agent, change_role, remove_role
from parvis.people.operations.second_factor import reset_second_factor
from parvis.people.rules import (
    administered_roles,
    administered_territories,
    administers_somewhere,
    resettable_agents,
)
from parvis.people.second_factor.state import with_second_factor
from parvis.territories.models import Territory
from parvis.web.components.form_pages import saved
from parvis.web.desk.agents.forms import AgentForm, RoleForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once


@sent_once
@access(administered_territories, audience=RouteAudience.AGENTS, methods=FORM)
def agents(request: HttpRequest) -> HttpResponse:
    """The roles given on the territories one administers, and one more."""
    actor = agent(request)
    if not administers_somewhere(actor):
        raise PermissionDenied
    territories = Territory.objects.filter(administered_territories(actor))
    form = AgentForm(posted(request), territories=territories)
    if request.method == "POST" and saved(
        form,
        lambda: add_agent(
            actor,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            territory=form.cleaned_data["territory"],
            role=RoleKind(form.cleaned_data["role"]),
        ),
    ):
        messages.success(request, "Le rôle est donné. La personne sera prévenue par courriel.")
        return redirect("desk:agents")
    roles = Role.objects.filter(administered_roles(actor)).select_related("user", "territory")
    return page(
        request,
        "desk/agents/agents.html",
        "agents",
        form=form,
        roles=roles.order_by("user__name", "user__email", "territory__sort_key", "kind"),
        actor=actor,
        in_two_steps=User.objects.filter(resettable_agents(actor), with_second_factor()),
    )


@pressed_once
@access(administered_roles, audience=RouteAudience.AGENTS, methods=FORM)
def remove(request: HttpRequest, user: str, territory: str, kind: str) -> HttpResponse:
    """What the agent will no longer do, and what waits for her; POST takes the role away."""
    actor = agent(request)
    role = _role_or_404(actor, user, territory, kind)
    form = Form(posted(request))
    if request.method == "POST" and saved(form, lambda: remove_role(actor, role)):
        messages.success(request, "Le rôle est retiré.")
        return redirect("desk:agents")
    return page(request, "desk/agents/remove.html", "agents", role=role, form=form, leaving=gather_leaving(role))


@sent_once
@access(administered_roles, audience=RouteAudience.AGENTS, methods=FORM)
def change(request: HttpRequest, user: str, territory: str, kind: str) -> HttpResponse:
    """Another role, on the same territory."""
    actor = agent(request)
    role = _role_or_404(actor, user, territory, kind)
    form = RoleForm(posted(request), initial={"role": role.kind})
    if request.method == "POST" and saved(form, lambda: change_role(actor, role, RoleKind(form.cleaned_data["role"]))):
        messages.success(request, "Le rôle est changé.")
        return redirect("desk:agents")
    return page(request, "desk/agents/change.html", "agents", role=role, form=form)


def _role_or_404(actor: User, user: str, territory: str, kind: str) -> Role:
    """No row number in the address: the three codes name the role."""
    named = Role.objects.filter(administered_roles(actor), user__code=user, territory__code=territory, kind=kind)
    role = named.select_related("user", "territory").first()
    if role is None:
        raise Http404("Ce rôle n'existe pas.")
    return role


@access(resettable_agents, audience=RouteAudience.AGENTS, methods=FORM)
def reset(request: HttpRequest, user: str) -> HttpResponse:
    """Take the second step away from an agent who lost her telephone, once one is sure that it is her."""
    actor = agent(request)
    colleague = User.objects.filter(resettable_agents(actor), code=user).first()
    if colleague is None:
        raise Http404("Cet agent n'est pas de ceux dont vous réglez l'accès.")
    if request.method == "POST":
        try:
            reset_second_factor(actor, colleague)
        except RefusedInput as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, f"La seconde étape de {colleague} est effacée. La personne sera prévenue.")
        return redirect("desk:agents")
    return page(request, "desk/agents/reset.html", "agents", colleague=colleague)
