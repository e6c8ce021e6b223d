"""Seeing minutes as readers will, and publishing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from parvis.consultations.electoral_period import electoral_warning
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.gathering.glossary import glossary_of
from parvis.gathering.reports.draft import draft_report
from parvis.meetings import queries, rules
from parvis.meetings.models import Minutes
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.rules import publishable_minutes
from parvis.publishing.enums import PublishingState
from parvis.publishing.validation import edition_in_preparation
from parvis.web.components.acronyms import AcronymMarker
from parvis.web.components.form_pages import form_page, saved
from parvis.web.desk.minutes import fetch
from parvis.web.desk.minutes.fetch import previewable_minutes
from parvis.web.desk.minutes.forms import PublishForm
from parvis.web.desk.requests import agent
from parvis.web.desk.sent_once import sent_once


@access(previewable_minutes, audience=RouteAudience.AGENTS)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The working text as readers would see it if it were published now: for who writes it, or has a step to pass."""
    minutes = fetch.previewable_minutes(request, code)
    may = Minutes.objects.filter(pk=minutes.pk).filter(rules.publishable_minutes(agent(request))).exists()
    context = {
        "section": "meetings",
        "minutes": minutes,
        "report": draft_report(minutes),
        "acronyms": AcronymMarker(glossary_of(minutes.consultation.territory_id)),
        "readers": queries.readers_of(minutes),
        "may_publish": may and minutes.state == PublishingState.READY,
        "trail": _trail(minutes, "Aperçu"),
    }
    return render(request, "desk/minutes/preview.html", context)


@sent_once
@access(publishable_minutes, audience=RouteAudience.AGENTS, methods=FORM)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Say who will read, ask once, publish."""
    minutes = fetch.publishable_minutes(request, code)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if form.is_bound and saved(form, lambda: publish_minutes(agent(request), minutes, note=form.cleaned_data["note"])):
        messages.success(request, "Le compte-rendu est publié.")
        return redirect("desk:minutes", code=minutes.code)
    minutes.refresh_from_db()
    context = {
        "section": "meetings",
        "minutes": minutes,
        "form": form,
        "readers": queries.readers_of(minutes),
        "number": edition_in_preparation(minutes),
        "counts": queries.count_lines(minutes),
        "ready": minutes.state == PublishingState.READY,
        "trail": _trail(minutes, "Publier"),
        "electoral": electoral_warning(minutes.consultation, clock.today()),
    }
    return form_page(request, "desk/minutes/publish.html", context)


def _trail(minutes: Minutes, here: str) -> list[tuple[str, str]]:
    return [
        ("Rencontres", reverse("desk:meetings")),
        (minutes.title, reverse("desk:minutes", args=[minutes.code])),
        (here, ""),
    ]
