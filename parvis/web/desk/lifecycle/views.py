"""A consultation is opened, archived, taken out of the archive, deleted: each page says what changes first."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation
from parvis.consultations.operations.lifecycle import (
    archive_consultation,
    bring_back_consultation,
    open_consultation,
)
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, prepared_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.gathering.desk.opening import gather_opening
from parvis.meetings.deletion import deletion_of
from parvis.meetings.operations.copy_consultation import copy_consultation, first_day
from parvis.meetings.operations.delete_consultation import delete_consultation
from parvis.web.components.form_pages import saved
from parvis.web.desk.lifecycle.forms import CopyForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def open_one(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes visible, to whom, and what is missing; POST opens."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    if consultation.opened_at is not None:
        return redirect("desk:consultation", code)
    if request.method == "POST":
        open_consultation(actor, consultation)
        messages.success(request, "La concertation est ouverte. Vous pouvez inviter les partenaires.")
        return redirect("desk:consultation", code)
    opening = gather_opening(consultation)
    return page(
        request, "desk/lifecycle/open.html", "consultations", consultation=consultation, opening=opening,
        missing=[(item.sentence, f"desk:{item.page}") for item in opening.missing],
    )  # fmt: skip


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """What the archive changes; POST puts the consultation there."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = Form(posted(request))
    if request.method == "POST" and saved(form, lambda: archive_consultation(actor, consultation)):
        messages.success(request, "La concertation est archivée. Elle se lit toujours, et se retrouve sous la liste.")
        return redirect("desk:consultation", code)
    return page(request, "desk/lifecycle/archive.html", "consultations", consultation=consultation, form=form)


@pressed_once
@access(prepared_consultations, audience=RouteAudience.AGENTS, methods=POST)
def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    """Out of the archive."""
    actor = agent(request)
    bring_back_consultation(actor, get_consultation_or_refuse(actor, code, prepared_consultations(actor)))
    messages.success(request, "La concertation est sortie des archives : elle se modifie de nouveau.")
    return redirect("desk:consultation", code)


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """What goes, or why it may not; POST deletes."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = Form(posted(request))
    if request.method == "POST" and saved(form, lambda: delete_consultation(actor, consultation)):
        messages.success(request, f"« {consultation.title} » est supprimée.")
        return redirect("desk:consultations")
    return page(
        request, "desk/lifecycle/delete.html", "consultations", consultation=consultation, form=form,
        deletion=deletion_of(consultation),
    )  # fmt: skip


@sent_once
@access(prepared_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """A new consultation from this one, archived or not: what it takes over is ticked."""
    actor = agent(request)
    source = get_consultation_or_refuse(actor, code, prepared_consultations(actor))
    form = CopyForm(posted(request), source=source, began=first_day(source))
    made: list[Consultation] = []
    if request.method == "POST" and saved(form, lambda: made.append(copy_consultation(actor, source, form.plan()))):
        messages.success(request, "La nouvelle concertation est prête, en brouillon : relisez-la, puis ouvrez-la.")
        return redirect("desk:consultation", made[0].code)
    return page(request, "desk/lifecycle/copy.html", "consultations", consultation=source, form=form)
