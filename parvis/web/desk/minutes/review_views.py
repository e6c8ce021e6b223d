"""The review: source and outline side by side, doubts first; each button calls one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from parvis.consultations.models import Theme
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import ParvisError, Stale
from parvis.meetings import queries
from parvis.meetings.models import Minutes, MinutesLine
from parvis.meetings.operations import review
from parvis.meetings.operations.meeting_theme import proposed_theme
from parvis.meetings.place_match import places_of
from parvis.meetings.rules import editable_minutes
from parvis.publishing.enums import PublishingState
from parvis.web.components.form_pages import form_page
from parvis.web.desk.minutes import fetch, swaps
from parvis.web.desk.minutes.forms import AddLineForm, LineForm, ReviewActionForm
from parvis.web.desk.minutes.review_actions import ReviewRequest, perform
from parvis.web.desk.requests import agent

_SHOWN_DOUBTS = 8
_WORKING = (PublishingState.DRAFT, PublishingState.VALIDATION)


@access(editable_minutes, audience=RouteAudience.AGENTS)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The whole screen."""
    return _page(request, fetch.editable_minutes(request, code))


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=POST)
def gesture(request: HttpRequest, code: str) -> HttpResponse:
    """One action on the ticked lines. Answers the rows that changed, or goes back to the screen without JavaScript."""
    minutes = fetch.editable_minutes(request, code)
    form = ReviewActionForm(request.POST)
    if not form.is_valid():
        return _refused(request, minutes, _first_error(form))
    data = form.cleaned_data
    if data["gesture"] == "undo" and queries.taking_back(minutes).asks:
        return _ask_first(request, minutes)
    offset = (_page_number(request, minutes) - 1) * queries.PAGE_LINES
    asked = ReviewRequest(
        agent(request), minutes, data["lines"], data["version"], data["theme"],
        data["rank"] and data["rank"] + offset, data["before"], data["territory"],
    )  # fmt: skip
    return _answer(request, minutes, lambda: perform(data["gesture"], asked), data["lines"][:1])


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=FORM)
def line(request: HttpRequest, code: str, line: str) -> HttpResponse:
    """The text of a line: correct them, or cut the line in two."""
    minutes = fetch.editable_minutes(request, code)
    row = get_object_or_404(minutes.lines.select_related("theme", "source"), code=line)
    if request.method != "POST":
        initial = {"text": row.text, "details": "\n".join(row.details), "version": minutes.version}
        return _editor(request, minutes, row, LineForm(initial=initial))
    form = LineForm(request.POST)
    if not form.is_valid():
        return _editor(request, minutes, row, form)
    before = _rows_shown(request, minutes)
    version = form.cleaned_data["version"]
    try:
        if "couper" in request.POST:
            review.split_line(agent(request), minutes, row.code, form.cut(), version, text=form.words())
            confirmation = "Ligne coupée."
        else:
            review.edit_line(agent(request), minutes, row.code, form.words(), form.sub_points(), version)
            confirmation = "Texte corrigé."
    except ParvisError as refusal:
        form.add_error("text", refusal.message)
        return _editor(request, minutes, row, form, stale=isinstance(refusal, Stale))
    return _done(request, minutes, before, confirmation, [row.code])


@access(editable_minutes, audience=RouteAudience.AGENTS, methods=FORM)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write a contribution that the source did not hold."""
    minutes = fetch.editable_minutes(request, code)
    if request.method != "POST":
        form = AddLineForm(initial={"after": request.GET.get("apres", ""), "version": minutes.version})
        return _add_page(request, minutes, form)
    form = AddLineForm(request.POST)
    if not form.is_valid():
        return _add_page(request, minutes, form)
    data, before = form.cleaned_data, _rows_shown(request, minutes)
    try:
        fresh = review.add_line(
            agent(request), minutes, data["after"] or None, data["kind"], data["text"], data["version"]
        )
    except ParvisError as refusal:
        form.add_error("text", refusal.message)
        return _add_page(request, minutes, form)
    return _done(request, minutes, before, "Ligne ajoutée.", [fresh])


def _answer(request: HttpRequest, minutes: Minutes, act: Callable[[], str], focus: Sequence[str]) -> HttpResponse:
    before = _rows_shown(request, minutes) if _htmx(request) else []
    try:
        confirmation = act()
    except ParvisError as refusal:
        return _refused(request, minutes, refusal.message)
    return _done(request, minutes, before, confirmation, focus)


def _done(
    request: HttpRequest, minutes: Minutes, before: Sequence[queries.ReviewRow], confirmation: str, focus: Sequence[str]
) -> HttpResponse:
    if not _htmx(request):
        return redirect(_address(request, minutes, focus[0] if focus else ""))
    changed = swaps.compare(before, _rows_shown(request, minutes))
    return render(
        request, "desk/minutes/_swaps.html", _state(minutes) | {"swaps": changed, "confirmation": confirmation}
    )


def _ask_first(request: HttpRequest, minutes: Minutes) -> HttpResponse:
    """Nothing is changed yet: the state of the list asks, with the button that says yes."""
    if not _htmx(request):
        return _page(request, minutes, asking=True)
    return render(request, "desk/minutes/_state.html", _state(minutes) | {"asking": True})


def _refused(request: HttpRequest, minutes: Minutes, refusal: str) -> HttpResponse:
    if not _htmx(request):
        return _page(request, minutes, refusal=refusal, ticked=request.POST.getlist("lines"))
    context = _state(minutes) | {"refusal": refusal}
    # The version stays the one the agent looked at: trying again without reloading is refused again.
    context["version"] = request.POST.get("version", "")
    return form_page(request, "desk/minutes/_state.html", context, refused=True)


def _page(
    request: HttpRequest, minutes: Minutes, refusal: str = "", ticked: Sequence[str] = (), *, asking: bool = False
) -> HttpResponse:
    shown = queries.review_page(minutes, _page_number(request, minutes), only_doubts=_only_doubts(request))
    context = _state(minutes) | {
        "section": "meetings",
        "shown": shown,
        "rows": shown.rows,
        "only_doubts": _only_doubts(request),
        "sources": queries.source_texts(minutes, shown.rows),
        "themes": list(Theme.objects.filter(consultation=minutes.consultation_id).order_by("position", "id")),
        "places": places_of(minutes.consultation.territory_id),
        "refusal": refusal,
        "asking": asking,
        "ticked": set(ticked),
        "trail": _trail(minutes, "Relecture"),
        "working": minutes.state in _WORKING,
    }
    return form_page(request, "desk/minutes/review.html", context, refused=bool(refusal))


def _state(minutes: Minutes) -> dict[str, Any]:
    """What stands above the list: counts, doubts, what can be taken back."""
    counts = queries.count_lines(minutes)
    return {
        "minutes": minutes,
        "version": minutes.version,
        "counts": counts,
        "doubts": queries.first_doubts(minutes, _SHOWN_DOUBTS),
        "more_doubts": max(counts.doubts - _SHOWN_DOUBTS, 0),
        "taking_back": queries.taking_back(minutes),
        "proposed": proposed_theme(minutes),
    }


def _rows_shown(request: HttpRequest, minutes: Minutes) -> list[queries.ReviewRow]:
    """The lines of the page from which this was asked."""
    number = _page_number(request, minutes)
    return queries.review_page(minutes, number, only_doubts=_only_doubts(request)).rows


def _page_number(request: HttpRequest, minutes: Minutes) -> int:
    """Said by the page itself, or by the line (`ligne`) that a link leads to."""
    if "ligne" in request.GET:
        return queries.page_of(minutes, request.GET["ligne"], only_doubts=_only_doubts(request))
    asked = request.POST.get("page") or request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def _only_doubts(request: HttpRequest) -> bool:
    return "doutes" in request.GET or "doutes" in request.POST


def _editor(
    request: HttpRequest, minutes: Minutes, row: MinutesLine, form: LineForm, *, stale: bool = False
) -> HttpResponse:
    """The form of a line. After a change by someone else it shows their text beside what was typed, and saving again
    is then a choice."""
    version = minutes.version if stale or not form.is_bound else form["version"].value()
    context: dict[str, Any] = {
        "minutes": minutes,
        "row": row,
        "form": form,
        "section": "meetings",
        "stale": stale,
        "version": version,
    }
    if _htmx(request):
        response = form_page(request, "desk/minutes/_editor.html", context)
        response["HX-Retarget"] = f"#e-{row.code}"
        return response
    context["trail"] = _trail(minutes, "Une ligne")
    context["passage"] = (
        row.source.lines[row.source_line - 1 : row.source_last_line] if row.source and row.source_line else []
    )
    return form_page(request, "desk/minutes/line.html", context)


def _add_page(request: HttpRequest, minutes: Minutes, form: AddLineForm) -> HttpResponse:
    context = {"minutes": minutes, "form": form, "section": "meetings", "trail": _trail(minutes, "Ajouter une ligne")}
    return form_page(request, "desk/minutes/add.html", context)


def _address(request: HttpRequest, minutes: Minutes, line: str = "") -> str:
    """The page that shows `line`, at its place."""
    asked = ({"doutes": "1"} if _only_doubts(request) else {}) | ({"ligne": line} if line else {})
    return reverse("desk:review", args=[minutes.code], query=asked) + (f"#l-{line}" if line else "")


def _trail(minutes: Minutes, here: str) -> list[tuple[str, str]]:
    return [
        ("Rencontres", reverse("desk:meetings")),
        (minutes.title, reverse("desk:minutes", args=[minutes.code])),
        (here, ""),
    ]


def _htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _first_error(form: ReviewActionForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
