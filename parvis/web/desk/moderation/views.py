"""Flags, and what can be done with what was published. Each change is one POST."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from parvis.consultations.rules import moderated_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.meetings import rules
from parvis.meetings.models import Minutes
from parvis.meetings.rules import moderated_minutes
from parvis.publishing.enums import FlagReason, FlagState
from parvis.publishing.models import EditionLine, Flag
from parvis.publishing.operations.decide_flag import decide_flag
from parvis.publishing.queries import editions_of
from parvis.publishing.targets import Target, flags_on, moderated_target
from parvis.web.components.form_pages import form_page, saved
from parvis.web.components.published import published_address
from parvis.web.desk.moderation.forms import DecisionForm, EraseForm, HideForm
from parvis.web.desk.requests import agent
from parvis.web.desk.sent_once import sent_once

_PAGE = 30


@access(moderated_consultations, audience=RouteAudience.AGENTS)
def flags(request: HttpRequest) -> HttpResponse:
    """The flags of the consultations the agent moderates, those that wait first."""
    moderated = Flag.objects.filter(moderated_consultations(agent(request), "consultation__"))
    waiting = moderated.filter(state=FlagState.OPEN)
    everything = "tous" in request.GET
    chosen = (moderated if everything else waiting).select_related("consultation").order_by("-created_at", "-id")
    context = {
        "section": "moderation",
        "page": Paginator(chosen, _PAGE).get_page(request.GET.get("page")),
        "waiting": waiting.count(),
        "everything": everything,
    }
    return render(request, "desk/moderation/flags.html", context)


@sent_once
@access(moderated_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def flag(request: HttpRequest, code: str) -> HttpResponse:
    """One flag: what it names, around it, and the decision."""
    actor = agent(request)
    mine = Flag.objects.filter(moderated_consultations(actor, "consultation__"))
    flag = get_object_or_404(mine.select_related("consultation", "handled_by"), code=code)
    target = moderated_target(actor, flag.target_kind, flag.target_code)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and saved(
        form, lambda: decide_flag(actor, flag, target, hide=form.hides, answer=form.cleaned_data["answer"])
    ):
        messages.success(request, "Le signalement a reçu sa réponse.")
        return redirect("desk:flags")
    context = {
        "section": "moderation",
        "flag": flag,
        **(_described(target) if target is not None else {"described": None}),
        "form": form,
        "trail": _trail(f"Signalement {flag.code}"),
    }
    return form_page(request, "desk/moderation/flag.html", context)


@access(moderated_target, audience=RouteAudience.AGENTS)
def subject(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Something published, and what moderation can do with it."""
    return _show(request, _target(request, kind, code))


@access(moderated_target, audience=RouteAudience.AGENTS, methods=POST)
def hide(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take it off every page, file and feed."""
    target, form = _target(request, kind, code), HideForm(request.POST)
    if saved(form, lambda: target.hide(agent(request), FlagReason(form.cleaned_data["reason"]))):
        return _back(request, kind, code, "C'est masqué, partout.")
    return _show(request, target, hide_form=form)


@access(moderated_target, audience=RouteAudience.AGENTS, methods=POST)
def restore(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show it again."""
    target, form = _target(request, kind, code), Form(request.POST)
    if saved(form, lambda: target.restore(agent(request))):
        return _back(request, kind, code, "C'est rétabli.")
    return _show(request, target, other_form=form)


@access(moderated_target, audience=RouteAudience.AGENTS, methods=POST)
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Forget a contribution, for ever."""
    target, form = _target(request, "contribution", code), EraseForm(request.POST)
    if saved(form, lambda: target.erase(agent(request))):
        return _back(request, "contribution", code, "Le texte est effacé, partout et pour toujours.")
    return _show(request, target, erase_form=form)


@access(moderated_minutes, audience=RouteAudience.AGENTS)
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that editions of these minutes published, each with its page of moderation."""
    minutes = get_object_or_404(Minutes.objects.filter(rules.moderated_minutes(agent(request))), code=code)
    editions = editions_of(minutes)
    if not editions:
        raise Http404
    lines = EditionLine.objects.filter(edition=editions[-1]).order_by("position")
    standing = [_published(line) for line in lines]
    codes = {line["code"] for line in standing}
    gone = minutes.contributions.exclude(code__in=codes).order_by("id")
    context = {
        "section": "moderation",
        "minutes": minutes,
        "edition": editions[-1],
        "lines": standing,
        "gone": list(gone),
        "trail": _trail(minutes.title),
    }
    return render(request, "desk/moderation/minutes.html", context)


def _published(line: EditionLine) -> dict[str, Any]:
    return {
        "kind": "contribution" if line.is_contribution else "paragraph",
        "code": line.reference.split(":", 1)[1],
        "text": (line.content or {}).get("text", "[texte effacé]"),
        "sort": (line.content or {}).get("kind", ""),
        "hidden": line.hidden_at is not None,
    }


def _target(request: HttpRequest, kind: str, code: str) -> Target:
    target = moderated_target(agent(request), kind, code)
    if target is None:
        raise Http404
    return target


def _described(target: Target) -> dict[str, Any]:
    described, kind = target.describe(), target.kind.name
    return {
        "described": described,
        "kind": target.kind,
        "public_address": published_address(kind, described.code, described.place),
    }


def _show(
    request: HttpRequest,
    target: Target,
    *,
    hide_form: HideForm | None = None,
    erase_form: EraseForm | None = None,
    other_form: Form | None = None,
) -> HttpResponse:
    described = _described(target)
    context = described | {
        "section": "moderation",
        "erasable": target.erasable,
        "flags": flags_on(target.kind.name, described["described"]),
        "hide_form": hide_form or HideForm(),
        "erase_form": erase_form or EraseForm(),
        "other_form": other_form,
        "trail": _trail(described["described"].title),
    }
    return form_page(request, "desk/moderation/subject.html", context)


def _back(request: HttpRequest, kind: str, code: str, confirmation: str) -> HttpResponse:
    messages.success(request, confirmation)
    return redirect("desk:moderate", kind=kind, code=code)


def _trail(here: str) -> list[tuple[str, str]]:
    return [("Modération", reverse("desk:flags")), (here, "")]
