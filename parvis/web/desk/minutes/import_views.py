"""A report comes in: files dropped, or a text pasted."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from parvis.consultations.enums import Audience
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.choose_readers import ReadersToChoose, choose_readers, is_open, readers_to_offer
from parvis.meetings.operations.frame_minutes import start_minutes
from parvis.meetings.operations.import_report import Imported, import_reports
from parvis.meetings.operations.waiting_reports import is_long, keep_reports
from parvis.meetings.rules import editable_meetings, readable_meetings, readable_minutes
from parvis.web.components.form_pages import form_page
from parvis.web.desk.minutes import fetch
from parvis.web.desk.minutes.forms import ImportForm
from parvis.web.desk.minutes.import_summary import import_summary
from parvis.web.desk.requests import agent
from parvis.web.desk.sent_once import pressed_once

_READ_LATER = "Ce compte-rendu est long : il est en cours de lecture. Vous pouvez continuer ailleurs en attendant."
_TOO_LONG_TO_TRY = (
    "Ce texte est trop long pour être vérifié d'abord : importez-le. Rien ne sera publié, et « Annuler » l'enlèvera."
)
_NO_MORE_YOURS = "Cette rencontre est maintenant réservée : l'équipe projet la relira, vous ne l'ouvrez plus."
_NOTHING = "Aucune contribution n'a été reconnue dans ce texte : tout est gardé, à vous de choisir ce qui en est une."


@pressed_once
@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_report(request: HttpRequest, code: str) -> HttpResponse:
    """Drop files or paste a text; « Vérifier d'abord » tells what would come of it and stores nothing."""
    meeting = fetch.editable_meeting(request, code)
    if request.method != "POST":
        return _page(request, meeting, ImportForm())
    dry_run = "essai" in request.POST
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, meeting, form)
    files = form.named_bytes()
    readers = form.chosen_readers(meeting)
    try:
        if is_long(files):
            return _read_later(request, meeting, form, files, readers, dry_run=dry_run)
        imported = import_reports(agent(request), meeting, files, dry_run=dry_run, ask=True, readers=readers)
    except ReadersToChoose as question:
        return _page(request, meeting, form, question=question)
    except ParvisError as refusal:
        form.add_error("reports" if form.cleaned_data["reports"] else "text", refusal.message)
        return _page(request, meeting, form)
    if dry_run:
        return _page(request, meeting, form, trial=imported)
    assert imported.minutes is not None
    _tell(request, imported)
    if not Meeting.objects.filter(editable_meetings(agent(request)), pk=meeting.pk).exists():
        messages.info(request, _NO_MORE_YOURS)
        return _leads_to(request, reverse("desk:meetings"))
    return _leads_to(request, f"{reverse('desk:review', args=[imported.minutes.code])}#doutes")


def _leads_to(request: HttpRequest, address: str) -> HttpResponse:
    """A button that answers in place must take the whole page elsewhere."""
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") == "true" else redirect(address)


@pressed_once
@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin minutes without a file."""
    meeting = fetch.editable_meeting(request, code)
    try:
        minutes = start_minutes(agent(request), meeting)
    except ParvisError as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:import_report", code=code)
    return redirect("desk:review", code=minutes.code)


@access(readable_meetings, audience=RouteAudience.AGENTS)
def of_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of a meeting; the import when there are none yet."""
    minutes = Minutes.objects.filter(readable_minutes(agent(request)), meetings__code=code).order_by("id").first()
    if minutes is None:
        return redirect("desk:import_report", code=code)
    return redirect("desk:minutes", code=minutes.code)


def _read_later(
    request: HttpRequest,
    meeting: Meeting,
    form: ImportForm,
    files: Sequence[tuple[str, bytes]],
    readers: Audience | None,
    *,
    dry_run: bool,
) -> HttpResponse:
    """A long report is read beside the requests; its minutes tell where the reading is.

    What it speaks of is not known yet: who may read is asked of each, where the meeting is open.
    """
    if dry_run:
        form.add_error("reports" if form.cleaned_data["reports"] else "text", _TOO_LONG_TO_TRY)
        return _page(request, meeting, form)
    if readers is None and is_open(meeting):
        return _page(request, meeting, form, question=ReadersToChoose(()))
    with transaction.atomic():
        if readers is not None:
            choose_readers(agent(request), meeting, readers)
        keep_reports(agent(request), meeting, files)
    messages.success(request, _READ_LATER)
    if not Meeting.objects.filter(editable_meetings(agent(request)), pk=meeting.pk).exists():
        messages.info(request, _NO_MORE_YOURS)
        return _leads_to(request, reverse("desk:meetings"))
    return _leads_to(request, of_meeting(request, meeting.code)["Location"])


def _tell(request: HttpRequest, imported: Imported) -> None:
    messages.success(request, f"{import_summary(imported)}.")
    if not imported.items:
        messages.warning(request, _NOTHING)
    for warning in imported.warnings:
        messages.info(request, warning)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    form: ImportForm,
    *,
    trial: Imported | None = None,
    question: ReadersToChoose | None = None,
) -> HttpResponse:
    """The whole page, or for « Vérifier d'abord » its answer alone: the files chosen stay chosen."""
    context = {
        "section": "meetings",
        "meeting": meeting,
        "form": form,
        "trial": trial,
        "trial_summary": import_summary(trial) if trial else "",
        "question": question,
        "offered": readers_to_offer(meeting),
        "choose_again": bool((trial or question) and form.cleaned_data["reports"]),
    }
    if request.headers.get("HX-Request") == "true":
        return form_page(request, "desk/minutes/_trial.html", context)
    context["minutes"] = Minutes.objects.filter(meetings=meeting).order_by("id").first()
    context["trail"] = [
        ("Rencontres", reverse("desk:meetings")),
        (meeting.title, reverse("desk:meeting", args=[meeting.code])),
        ("Importer un compte-rendu", ""),
    ]
    return form_page(request, "desk/minutes/import.html", context)
