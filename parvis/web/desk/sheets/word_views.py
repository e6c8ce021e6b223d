"""Sheets written in Word: dropped by the dozen, read, looked over one by one, stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.core.text import fold
from parvis.people.models import User
from parvis.sheets.enums import WaitingState
from parvis.sheets.models import ActionSheet, WaitingSheet
from parvis.sheets.operations.waiting_sheets import (
    bring_file,
    drop_waiting,
    keep_typed,
    store_waiting,
    take_back_waiting,
)
from parvis.sheets.read_match import Matched, Matcher
from parvis.sheets.rules import editable_sheets, editable_waiting_sheets
from parvis.web.components.files import file_response
from parvis.web.components.form_pages import form_page, saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sheets.word_forms import WaitingSheetForm, WordFilesForm, initial_of, typed_in

_SHOWN_IN = {"contact": "internal_note", "other": "internal_note"}
"""The field of the form that holds what has none of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the review: its doubts and the stretches of lines, first and last, where it was read."""

    bound: Any
    doubts: list[str]
    lines: list[tuple[int, int]]


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def word_files(request: HttpRequest, code: str) -> HttpResponse:
    """Drop files; see those whose sheets wait."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    form = WordFilesForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        brought = _bring(request, actor, found, form)
        if len(brought) == 1:
            return redirect("desk:review_sheet", code, brought[0].code)
        return redirect("desk:word_files", code)
    rows = list(
        WaitingSheet.objects.filter(editable_waiting_sheets(actor), source__consultation=found)
        .exclude(state=WaitingState.STORED)
        .select_related("source")
        .defer("source__data", "source__lines", "source__picture", "typed")
        .order_by("source__added_at", "pk")
    )
    matcher = Matcher(found)
    return page(
        request, "desk/sheets/word_files.html", "consultations", consultation=found, form=form,
        waiting=[(row, _count_doubts(row, matcher)) for row in rows if row.state == WaitingState.WAITING],
        dropped=[row for row in rows if row.state == WaitingState.DROPPED],
    )  # fmt: skip


def _bring(request: HttpRequest, actor: User, found: Consultation, form: WordFilesForm) -> list[WaitingSheet]:
    """One file after the other: a refused one says why and holds back no other. Those that were read are told at once:
    thirty notices would push the work out of sight."""
    brought: list[WaitingSheet] = []
    files = 0
    for file in form.cleaned_data["documents"]:
        name = file.name or "fichier"
        try:
            brought += bring_file(actor, found, file.read(), name)
            files += 1
        except RefusedInput as refused:
            messages.error(request, f"{name} : {refused.message}")
    if brought:
        count = len(brought)
        where = f"{files} fichiers" if files > 1 else "un fichier"
        messages.success(request, f"{count} fiche{'s lues' if count > 1 else ' lue'} dans {where}, à relire.")
    return brought


@access(editable_waiting_sheets, audience=RouteAudience.AGENTS, methods=FORM)
def review_sheet(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """The fields beside the text they were read in, doubts first."""
    actor = agent(request)
    found, held = _waiting(actor, code, waiting)
    if held.state != WaitingState.WAITING and request.POST.get("geste") != "reprendre":
        messages.info(request, "Cette fiche n'attend plus de relecture.")
        return redirect("desk:word_files", code)
    if request.POST.get("geste") in ("ecarter", "reprendre"):
        return _set_aside(request, actor, code, held)
    matched = Matcher(found).match(held.read)
    same = _same_title(actor, found, request.POST.get("title") or _first(held, "title"))
    form = WaitingSheetForm(
        posted(request), initial=initial_of(held, matched), consultation=found, picture=held.source.picture is not None,
        same=same is not None,
    )  # fmt: skip
    gesture = request.POST.get("geste", "")
    if request.method == "POST" and gesture == "garder":
        if _keep(request, held, form):
            messages.success(request, "C'est gardé : vous pouvez fermer cette page et revenir.")
            return redirect("desk:word_files", code)
    elif request.method == "POST":
        show = gesture == "montrer"
        if saved(
            form,
            lambda: store_waiting(
                actor, held, over=form.over(same), picture=form.picture(), details=form.details(), show=show
            ),
        ):
            return _next(request, actor, found, show)
        _keep(request, held, form)
    return _page(request, found, held, form, matched, same)


@access(editable_waiting_sheets, audience=RouteAudience.AGENTS, methods=POST)
def keep_sheet(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """What is being typed is kept as it is, a moment after each pause."""
    found, held = _waiting(agent(request), code, waiting)
    form = WaitingSheetForm(request.POST, consultation=found, picture=held.source.picture is not None, same=True)
    try:
        keep_typed(held, typed_in(form, request.POST))
    except ParvisError as refusal:
        return form_page(request, "desk/sheets/_kept.html", {"refusal": refusal.message}, refused=True)
    held.refresh_from_db(fields=["typed_at"])
    return render(request, "desk/sheets/_kept.html", {"at": localtime(held.typed_at)})


@access(editable_waiting_sheets, audience=RouteAudience.AGENTS)
def sheet_picture(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """The picture of the file, drawn again."""
    _, held = _waiting(agent(request), code, waiting)
    if held.source.picture is None:
        raise Http404("Image inconnue.")
    return file_response(bytes(held.source.picture), "image", held.source.picture_type, inline=True)


def _set_aside(request: HttpRequest, actor: User, code: str, held: WaitingSheet) -> HttpResponse:
    act = drop_waiting if request.POST["geste"] == "ecarter" else take_back_waiting
    try:
        act(actor, held)
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "La fiche est écartée." if act is drop_waiting else "La fiche est reprise.")
    return redirect("desk:word_files", code)


def _keep(request: HttpRequest, held: WaitingSheet, form: WaitingSheetForm) -> bool:
    """Also when the form is refused: what was typed is in the database before it is on the screen again."""
    try:
        keep_typed(held, typed_in(form, request.POST))
    except ParvisError as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _next(request: HttpRequest, actor: User, found: Consultation, show: bool) -> HttpResponse:
    """On to the next sheet that waits."""
    messages.success(request, f"La fiche est enregistrée, {'montrée aux partenaires' if show else 'en brouillon'}.")
    waiting = WaitingSheet.objects.filter(
        editable_waiting_sheets(actor), source__consultation=found, state=WaitingState.WAITING
    )
    following = waiting.order_by("source__added_at", "pk").values_list("code", flat=True).first()
    if following is None:
        return redirect("desk:sheets", found.code)
    return redirect("desk:review_sheet", found.code, following)


def _page(
    request: HttpRequest, found: Consultation, held: WaitingSheet, form: WaitingSheetForm, matched: Matched,
    same: ActionSheet | None,
) -> HttpResponse:  # fmt: skip
    doubts = _doubts(held, matched)
    rows = [
        Row(bound, [text for name, text, _ in doubts if name == bound.name], _stretches(_lines(held, bound.name)))
        for bound in form
    ]
    return page(
        request, "desk/sheets/review.html", "consultations", consultation=found, waiting=held, form=form, rows=rows,
        doubts=doubts, same=same, inside=range(held.first_line, held.last_line + 1), source=held.source,
    )  # fmt: skip


def _doubts(held: WaitingSheet, matched: Matched) -> list[tuple[str, str, int]]:
    """Those of the reading, then those of what the consultation knows: (field of the form, text, line or 0)."""
    said = [(_SHOWN_IN.get(name, name), text, line) for name, text, line in held.doubts]
    return [
        *said,
        *((name, text, next(iter(_lines(held, name)), 0)) for name, text in (*matched.too_long, *matched.doubts)),
    ]


def _count_doubts(held: WaitingSheet, matcher: Matcher) -> int:
    return len(_doubts(held, matcher.match(held.read)))


def _lines(held: WaitingSheet, name: str) -> list[int]:
    names = {"internal_note": ("contact", "other"), "lead_name": ("lead",)}.get(name, (name,))
    return sorted({line for each in names for line in held.places.get(each, [])})


def _stretches(lines: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _first(held: WaitingSheet, name: str) -> str:
    return str((held.typed or held.read)[name])


def _same_title(actor: User, found: Consultation, title: str) -> ActionSheet | None:
    key = fold(title)[:200]
    return ActionSheet.objects.filter(editable_sheets(actor), consultation=found, sort_key=key).first() if key else None


def _waiting(actor: User, code: str, waiting: str) -> tuple[Consultation, WaitingSheet]:
    """A sheet that `actor` may look over, with its consultation."""
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    held = (
        WaitingSheet.objects.filter(editable_waiting_sheets(actor), source__consultation=found, code=waiting)
        .select_related("source")
        .defer("source__data")
        .first()
    )
    if held is None:
        raise Http404("Fiche inconnue.")
    return found, held
