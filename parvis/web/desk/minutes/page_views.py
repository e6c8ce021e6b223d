"""The page of minutes: where they are, what they cover, the steps they pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from parvis.core.access import POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.meetings import queries, rules
from parvis.meetings.models import Meeting, Minutes, WaitingReport
from parvis.meetings.operations.frame_minutes import cover_meetings, rename_minutes
from parvis.meetings.operations.waiting_reports import drop_report
from parvis.meetings.rules import editable_minutes, readable_minutes
from parvis.publishing.enums import PublishingState
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.queries import editions_of, step_rows
from parvis.web.components.form_pages import form_page, saved
from parvis.web.desk.minutes import fetch
from parvis.web.desk.minutes.forms import MeetingsForm, TitleForm
from parvis.web.desk.requests import agent, refuse_post_in_archive
from parvis.web.desk.sent_once import pressed_once, sent_once
from parvis.web.desk.step_form import StepForm

_WORKING = (PublishingState.DRAFT, PublishingState.VALIDATION)


@access(readable_minutes, audience=RouteAudience.AGENTS)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about these minutes but their text."""
    return show(request, fetch.readable_minutes(request, code))


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Change the title."""
    minutes = fetch.editable_minutes(request, code)
    form = TitleForm(request.POST, prefix="titre")
    if saved(form, lambda: rename_minutes(agent(request), minutes, form.cleaned_data["title"], _version(form))):
        return _back(request, minutes, "Le titre est enregistré.")
    return show(request, minutes, title_form=form)


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def cover(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the meetings these minutes tell."""
    minutes = fetch.editable_minutes(request, code)
    form = MeetingsForm(request.POST, prefix="rencontres", minutes=minutes, choices=_meetings(request))
    if saved(
        form, lambda: cover_meetings(agent(request), minutes, list(form.cleaned_data["meetings"]), _version(form))
    ):
        return _back(request, minutes, "Les rencontres racontées sont enregistrées.")
    return show(request, minutes, meetings_form=form)


@pressed_once
@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Send to the first step of validation."""
    minutes = fetch.editable_minutes(request, code)
    return _move(request, minutes, lambda: submit_draft(agent(request), minutes), "Le compte-rendu est envoyé.")


@pressed_once
@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Back to draft, to correct."""
    minutes = fetch.editable_minutes(request, code)
    return _move(
        request,
        minutes,
        lambda: reopen_draft(agent(request), minutes),
        "Le compte-rendu est rouvert : corrigez-le, puis envoyez-le à nouveau.",
    )


@sent_once
@access(readable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def step(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the step that waits is passed. The operation checks who may: an elected member edits nothing."""
    minutes = fetch.readable_minutes(request, code)
    refuse_post_in_archive(request, minutes.consultation)
    form = StepForm(request.POST)
    if saved(form, lambda: pass_step(agent(request), minutes, form.chosen, note=form.cleaned_data["note"])):
        return _back(request, minutes, "L'étape est validée.")
    return show(request, minutes, step_form=form)


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def drop_waiting(request: HttpRequest, code: str, report: str) -> HttpResponse:
    """Take away a file that is being read, or that could not be."""
    minutes = fetch.editable_minutes(request, code)
    waiting = get_object_or_404(WaitingReport, meeting__minutes=minutes, code=report)
    drop_report(agent(request), waiting)
    return _back(request, minutes, f"« {waiting.name} » est retiré.")


def show(
    request: HttpRequest,
    minutes: Minutes,
    *,
    title_form: TitleForm | None = None,
    meetings_form: MeetingsForm | None = None,
    step_form: StepForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Draw the page, with the form that was refused if there is one."""
    actor = agent(request)
    mine = Minutes.objects.filter(pk=minutes.pk)
    editable = mine.filter(rules.editable_minutes(actor)).exists()
    editions = editions_of(minutes)
    waiting = queries.waiting_reports(minutes)
    reading = any(not report.refusal for report in waiting)
    steps = step_rows(minutes, actor, editions)
    context: dict[str, Any] = {
        "section": "meetings",
        "minutes": minutes,
        "meetings": list(minutes.meetings.select_related("territory").order_by("starts_at", "id")),
        "editable": editable,
        "working": minutes.state in _WORKING,
        "publishable": mine.filter(rules.publishable_minutes(actor)).exists(),
        "moderated": bool(editions) and mine.filter(rules.moderated_minutes(actor)).exists(),
        "sources": queries.sources_in_short(minutes),
        "waiting_reports": waiting,
        "reading": reading,
        "photos": queries.photos_of(minutes) if editable else (),
        "steps": steps,
        "waiting": next((row for row in steps if row.state == "current"), None),
        "editions": editions[::-1],
        "counts": queries.count_lines(minutes),
        "refusal": refusal,
        "step_form": step_form or StepForm(),
        "trail": [("Rencontres", reverse("desk:meetings")), (minutes.title, "")],
    }
    if editable:
        context |= _forms(request, minutes, title_form, meetings_form)
    response = form_page(request, "desk/minutes/minutes.html", context, refused=bool(refusal))
    if request.headers.get("HX-Request") == "true" and not reading:
        response["HX-Refresh"] = "true"  # the reading that the page looked at is over: all of it changed
    return response


def _forms(
    request: HttpRequest, minutes: Minutes, title_form: TitleForm | None, meetings_form: MeetingsForm | None
) -> dict[str, Any]:
    version = minutes.version
    covered = list(minutes.meetings.order_by("id").values_list("code", flat=True))
    return {
        "title_form": title_form or TitleForm(prefix="titre", initial={"title": minutes.title, "version": version}),
        "meetings_form": meetings_form
        or MeetingsForm(
            prefix="rencontres",
            minutes=minutes,
            choices=_meetings(request),
            initial={"meetings": covered, "version": version},
        ),
    }


def _meetings(request: HttpRequest) -> Any:
    return Meeting.objects.filter(rules.editable_meetings(agent(request)))


def _version(form: BaseForm) -> int:
    version: int = form.cleaned_data["version"]
    return version


def _move(request: HttpRequest, minutes: Minutes, act: Callable[[], object], confirmation: str) -> HttpResponse:
    try:
        act()
    except ParvisError as refusal:
        minutes.refresh_from_db()
        return show(request, minutes, refusal=refusal.message)
    return _back(request, minutes, confirmation)


def _back(request: HttpRequest, minutes: Minutes, confirmation: str) -> HttpResponse:
    messages.success(request, confirmation)
    return redirect("desk:minutes", code=minutes.code)
