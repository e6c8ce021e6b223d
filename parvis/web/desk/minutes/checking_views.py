"""The reading of a draft by those present, seen from the desk: sent, answered, ended."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.consultations.enums import StepKind
from parvis.consultations.rules import reads_names
from parvis.core import clock
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.gathering.reports.checked_draft import checked_draft
from parvis.meetings.models import LineComment, Minutes
from parvis.meetings.operations.checking import (
    answer_comment,
    end_checking,
    present_contacts,
    present_without_address,
    send_for_checking,
    standing_check,
)
from parvis.meetings.rules import editable_minutes
from parvis.publishing.validation import next_step
from parvis.web.components.form_pages import saved
from parvis.web.desk.form_fields import Day
from parvis.web.desk.minutes import fetch
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import sent_once

DEFAULT_DAYS = 7


class UntilForm(forms.Form):
    """Until when those present may comment."""

    until = Day(label="Remarques jusqu'au (inclus)")


class AnswerForm(forms.Form):
    """What was done of a comment."""

    answer = forms.CharField(label="Suite donnée", max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))


@sent_once
@access(editable_minutes, audience=RouteAudience.AGENTS, methods=FORM)
def checking(request: HttpRequest, code: str) -> HttpResponse:
    """Send the draft, or move its deadline; read what those present say of it."""
    minutes = fetch.editable_minutes(request, code)
    check = standing_check(minutes)
    first = check.until if check is not None else clock.today() + datetime.timedelta(days=DEFAULT_DAYS)
    form = UntilForm(request.POST or None, initial={"until": first})
    if request.method == "POST" and saved(
        form, lambda: send_for_checking(agent(request), minutes, form.cleaned_data["until"])
    ):
        messages.success(request, "La relecture est ouverte aux personnes présentes.")
        return redirect("desk:checking", code)
    return _show(request, minutes, form)


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End the reading today."""
    minutes = fetch.editable_minutes(request, code)
    form = UntilForm({"until": clock.today()})
    if saved(form, lambda: end_checking(agent(request), minutes)):
        messages.success(request, "La relecture est terminée : l'étape peut être validée.")
        return redirect("desk:checking", code)
    return _show(request, minutes, form)


@sent_once
@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def answer(request: HttpRequest, code: str, comment: str) -> HttpResponse:
    """Answer one comment."""
    minutes = fetch.editable_minutes(request, code)
    remark = get_object_or_404(LineComment, check_sent__minutes=minutes, code=comment)
    form = AnswerForm(request.POST)
    if saved(form, lambda: answer_comment(agent(request), remark, form.cleaned_data["answer"])):
        messages.success(request, "La suite donnée est enregistrée : la personne la lira.")
        return redirect("desk:checking", code)
    return _show(request, minutes, form, answering=comment)


def _show(request: HttpRequest, minutes: Minutes, form: forms.Form, *, answering: str = "") -> HttpResponse:
    check = standing_check(minutes)
    with_names = reads_names(agent(request), minutes.consultation)
    context: dict[str, Any] = {
        "minutes": minutes,
        "check": check,
        "draft": checked_draft(check, None, with_names=with_names) if check is not None else None,
        "open": check is not None and check.is_open(clock.today()),
        "waits": next_step(minutes) == StepKind.PARTICIPANTS and minutes.state == "validation",
        "contacts": present_contacts(minutes),
        "without_address": present_without_address(minutes) if check is None else [],
        "answering": answering,
        "with_names": with_names,
    }
    return page(request, "desk/minutes/checking.html", "meetings", form=form, **context)
