"""Sheets written in Word: dropped by the dozen, read, looked over one by one, stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.core.text import fold
from parvis.french.counts import plural
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
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.sheets.word_forms import WaitingSheetForm, WordFilesForm, initial_of, typed_in

_SHOWN_IN = {"contact": "internal_note", "other": "internal_note"}
"""The field of the form that holds what has none of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the review: its doubts and the stretches of lines, first and last, where it was read."""

    bound: Any
    doubts: list[str]
    lines: list[tuple[int, int]]


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=4 * UPLOAD_BYTES)
def word_files(request: HttpRequest, code: str) -> HttpResponse:
    """Drop files; see those whose sheets wait."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = WordFilesForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        brought = _bring(request, actor, consultation, form)
        if len(brought) == 1:
            return redirect("desk:review_sheet", code, brought[0].code)
        return redirect("desk:word_files", code)
    rows = list(
        WaitingSheet.objects.filter(editable_waiting_sheets(actor), source__consultation=consultation)
        .exclude(state=WaitingState.STORED)
        .select_related("source")
        .defer("source__data", "source__lines", "source__picture", "typed")
        .order_by("source__added_at", "pk")
    )
    matcher = Matcher(consultation)
    return page(
        request, "desk/sheets/word_files.html", "consultations", consultation=consultation, form=form,
        waiting=[(row, _count_doubts(row, matcher)) for row in rows if row.state == WaitingState.WAITING],
        dropped=[row for row in rows if row.state == WaitingState.DROPPED],
    )  # fmt: skip


def _bring(request: HttpRequest, actor: User, consultation: Consultation, form: WordFilesForm) -> list[WaitingSheet]:
    """One file after the other: a refused one says why and holds back no other. Those that were read are told at once:
    thirty notices would push the work out of sight."""
    brought: list[WaitingSheet] = []
    files = 0
    for file in form.cleaned_data["documents"]:
        name = file.name or "fichier"
        try:
            brought += bring_file(actor, consultation, file.read(), name)
            files += 1
        except RefusedInput as refused:
            messages.error(request, f"{name} : {refused.message}")
    if brought:
        sheets = plural(len(brought), "fiche lue", "fiches lues")
        messages.success(request, f"{sheets} dans {plural(files, 'fichier', 'fichiers')}, à relire.")
    return brought


@pressed_once
@access(editable_waiting_sheets, audience=RouteAudience.AGENTS, methods=FORM)
def review_sheet(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """The fields beside the text they were read in, doubts first."""
    actor = agent(request)
    consultation, waiting_sheet = _waiting(actor, code, waiting)
    if waiting_sheet.state != WaitingState.WAITING and request.POST.get("geste") != "reprendre":
        messages.info(request, "Cette fiche n'attend plus de relecture.")
        return redirect("desk:word_files", code)
    if request.POST.get("geste") in ("ecarter", "reprendre"):
        return _set_aside(request, actor, code, waiting_sheet)
    matched = Matcher(consultation).match(waiting_sheet.read)
    same = _same_title(actor, consultation, request.POST.get("title") or _first(waiting_sheet, "title"))
    form = WaitingSheetForm(
        posted(request),
        initial=initial_of(waiting_sheet, matched),
        consultation=consultation,
        picture=waiting_sheet.source.picture is not None,
        same=same is not None,
    )
    gesture = request.POST.get("geste", "")
    if request.method == "POST" and gesture == "garder":
        if _keep(request, waiting_sheet, form):
            messages.success(request, "C'est gardé : vous pouvez fermer cette page et revenir.")
            return redirect("desk:word_files", code)
    elif request.method == "POST":
        show = gesture == "montrer"
        if saved(
            form,
            lambda: store_waiting(
                actor, waiting_sheet, over=form.over(same), picture=form.picture(), details=form.details(), show=show
            ),
        ):
            return _next(request, actor, consultation, show)
        _keep(request, waiting_sheet, form)
    return _page(request, consultation, waiting_sheet, form, matched, same)


@access(editable_waiting_sheets, audience=RouteAudience.AGENTS, methods=POST)
def keep_sheet(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """What is being typed is kept as it is, a moment after each pause."""
    consultation, waiting_sheet = _waiting(agent(request), code, waiting)
    form = WaitingSheetForm(
        request.POST, consultation=consultation, picture=waiting_sheet.source.picture is not None, same=True
    )
    try:
        keep_typed(waiting_sheet, typed_in(form, request.POST))
    except ParvisError as refusal:
        return form_page(request, "desk/sheets/_kept.html", {"refusal": refusal.message}, refused=True)
    waiting_sheet.refresh_from_db(fields=["typed_at"])
    return render(request, "desk/sheets/_kept.html", {"at": localtime(waiting_sheet.typed_at)})


@access(editable_waiting_sheets, audience=RouteAudience.AGENTS)
def sheet_picture(request: HttpRequest, code: str, waiting: str) -> HttpResponse:
    """The picture of the file, drawn again."""
    _, waiting_sheet = _waiting(agent(request), code, waiting)
    if waiting_sheet.source.picture is None:
        raise Http404("Image inconnue.")
    return file_response(bytes(waiting_sheet.source.picture), "image", waiting_sheet.source.picture_type, inline=True)


def _set_aside(request: HttpRequest, actor: User, code: str, waiting_sheet: WaitingSheet) -> HttpResponse:
    act = drop_waiting if request.POST["geste"] == "ecarter" else take_back_waiting
    try:
        act(actor, waiting_sheet)
    except ParvisError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "La fiche est écartée." if act is drop_waiting else "La fiche est reprise.")
    return redirect("desk:word_files", code)


def _keep(request: HttpRequest, waiting_sheet: WaitingSheet, form: WaitingSheetForm) -> bool:
    """Also when the form is refused: what was typed is in the database before it is on the screen again."""
    try:
        keep_typed(waiting_sheet, typed_in(form, request.POST))
    except ParvisError as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _next(request: HttpRequest, actor: User, consultation: Consultation, show: bool) -> HttpResponse:
    """On to the next sheet that waits."""
    messages.success(request, f"La fiche est enregistrée, {'montrée aux partenaires' if show else 'en brouillon'}.")
    waiting = WaitingSheet.objects.filter(
        editable_waiting_sheets(actor), source__consultation=consultation, state=WaitingState.WAITING
    )
    following = waiting.order_by("source__added_at", "pk").values_list("code", flat=True).first()
    if following is None:
        return redirect("desk:sheets", consultation.code)
    return redirect("desk:review_sheet", consultation.code, following)


def _page(
    request: HttpRequest,
    consultation: Consultation,
    waiting_sheet: WaitingSheet,
    form: WaitingSheetForm,
    matched: Matched,
    same: ActionSheet | None,
) -> HttpResponse:
    doubts = _doubts(waiting_sheet, matched)
    rows = [
        Row(
            bound,
            [text for name, text, _ in doubts if name == bound.name],
            _stretches(_lines(waiting_sheet, bound.name)),
        )
        for bound in form
    ]
    return page(
        request,
        "desk/sheets/review.html",
        "consultations",
        consultation=consultation,
        waiting=waiting_sheet,
        form=form,
        rows=rows,
        doubts=doubts,
        same=same,
        inside=range(waiting_sheet.first_line, waiting_sheet.last_line + 1),
        source=waiting_sheet.source,
    )


def _doubts(waiting_sheet: WaitingSheet, matched: Matched) -> list[tuple[str, str, int]]:
    """Those of the reading, then those of what the consultation knows: (field of the form, text, line or 0)."""
    read_doubts = [(_SHOWN_IN.get(name, name), text, line) for name, text, line in waiting_sheet.doubts]
    return [
        *read_doubts,
        *(
            (name, text, next(iter(_lines(waiting_sheet, name)), 0))
            for name, text in (*matched.too_long, *matched.doubts)
        ),
    ]


def _count_doubts(waiting_sheet: WaitingSheet, matcher: Matcher) -> int:
    return len(_doubts(waiting_sheet, matcher.match(waiting_sheet.read)))


def _lines(waiting_sheet: WaitingSheet, name: str) -> list[int]:
    names = {"internal_note": ("contact", "other"), "lead_name": ("lead",)}.get(name, (name,))
    return sorted({line for place in names for line in waiting_sheet.places.get(place, [])})


def _stretches(lines: list[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for line in lines:
        if stretches and line == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], line)
        else:
            stretches.append((line, line))
    return stretches


def _first(waiting_sheet: WaitingSheet, name: str) -> str:
    return str((waiting_sheet.typed or waiting_sheet.read)[name])


def _same_title(actor: User, consultation: Consultation, title: str) -> ActionSheet | None:
    key = fold(title)[:200]
    return (
        ActionSheet.objects.filter(editable_sheets(actor), consultation=consultation, sort_key=key).first()
        if key
        else None
    )


def _waiting(actor: User, code: str, waiting: str) -> tuple[Consultation, WaitingSheet]:
    """A sheet that `actor` may look over, with its consultation."""
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    waiting_sheet = (
        WaitingSheet.objects.filter(editable_waiting_sheets(actor), source__consultation=consultation, code=waiting)
        .select_related("source")
        .defer("source__data")
        .first()
    )
    if waiting_sheet is None:
        raise Http404("Fiche inconnue.")
    return consultation, waiting_sheet
