"""Who comes: the list to fill before, during and after; adding by hand; the reminder."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.french.counts import plural
from parvis.gathering.desk.registrations import gather_registrations
from parvis.meetings.enums import Presence
from parvis.meetings.operations.registering import add_newcomer, mark_presences
from parvis.meetings.operations.remind_meeting import queue_reminders, reminder_letter, resume_reminders
from parvis.meetings.rules import editable_meetings
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once
from parvis.web.desk.workshop.fetch import editable_workshop
from parvis.web.desk.workshop.registration_forms import AddForm


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def registrations(request: HttpRequest, code: str) -> HttpResponse:
    """One select a person. Only what was moved here is written: an answer that came meanwhile stays."""
    meeting = editable_workshop(request, code)
    if request.method == "POST":
        try:
            count = mark_presences(agent(request), meeting, _moved(request))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"{plural(count, 'changement', 'changements')} : c'est enregistré.")
        return redirect(request.get_full_path())
    table = gather_registrations(meeting)
    state = request.GET.get("etat", "")
    return page(
        request,
        "desk/workshop/registrations.html",
        "meetings",
        meeting=meeting,
        table=table,
        rows=[row for row in table.rows if not state or row.presence == state],
        state=state,
        states=[
            (presence.value, presence.label, table.counts[presence]) for presence in Presence if table.counts[presence]
        ],
        presences=Presence.choices,
        coming=meeting.starts_at > clock.now(),
    )


def _moved(request: HttpRequest) -> dict[str, Presence]:
    """Contact's code → presence, for the selects that no longer say what the page had shown."""
    moved = {}
    for name, value in request.POST.items():
        contact = name.removeprefix("p-")
        if name != contact and value in Presence.values and value != request.POST.get(f"was-{contact}"):
            moved[contact] = Presence(str(value))
    return moved


@sent_once
@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Someone who telephoned, or who came without a word."""
    meeting = editable_workshop(request, code)
    form = AddForm(posted(request), meeting=meeting)

    def write() -> None:
        presence = Presence(form.cleaned_data["presence"])
        if form.cleaned_data["contact"] is not None:
            mark_presences(agent(request), meeting, {form.cleaned_data["contact"].code: presence})
        else:
            add_newcomer(agent(request), meeting, form.newcomer(), presence)

    if request.method == "POST" and saved(form, write):
        messages.success(request, "C'est noté.")
        return redirect("desk:registrations", code)
    return page(request, "desk/workshop/add_registration.html", "meetings", meeting=meeting, form=form)


@pressed_once
@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def reminder(request: HttpRequest, code: str) -> HttpResponse:
    """The text as it will leave, the button that sends it, and what is needed to send it from one's own mail."""
    meeting = editable_workshop(request, code)
    if request.method == "POST":
        try:
            messages.success(request, _send(request, code))
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        return redirect("desk:meeting_reminder", code)
    table = gather_registrations(meeting)
    wanted = [row for row in table.rows if row.presence == Presence.REGISTERED and row.reminded_at is None]
    silent = [row for row in table.rows if row.presence == Presence.INVITED and row.reminded_at is None]
    letter = reminder_letter(meeting.consultation, [(meeting, "")])
    return page(
        request, "desk/workshop/reminder.html", "meetings", meeting=meeting, table=table, letter=letter,
        registered=sum(bool(row.email) for row in wanted), silent=sum(bool(row.email) for row in silent),
        addresses="; ".join(row.email for row in table.expected if row.email), coming=meeting.starts_at > clock.now(),
        without=[row for row in wanted if not row.email],
    )  # fmt: skip


def _send(request: HttpRequest, code: str) -> str:
    """Do what the button says; the sentence that confirms it."""
    meeting = editable_workshop(request, code)
    if "resume" in request.POST:
        count = resume_reminders(agent(request), meeting)
        return f"{plural(count, 'rappel sera renvoyé', 'rappels seront renvoyés')}."
    count = queue_reminders(agent(request), meeting, unanswered="unanswered" in request.POST)
    if not count:
        return "Personne à prévenir : chacun a déjà son rappel."
    return f"{plural(count, 'rappel sera envoyé', 'rappels seront envoyés')} par courriel."
