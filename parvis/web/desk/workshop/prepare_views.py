"""« Préparer l'atelier »: agenda, actions to look at, tables, dots; the code of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError, Stale
from parvis.core.write_over import write_over
from parvis.french import dates
from parvis.gathering.desk.sheet_choice import sheet_choice
from parvis.gathering.room.agenda import agenda_lines, agenda_times
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board, Meeting
from parvis.meetings.operations.room.preparing import AGENDAS, MAX_STEPS, prepare_board
from parvis.meetings.rules import editable_meetings
from parvis.web.components.compared import STALE
from parvis.web.components.form_pages import form_page
from parvis.web.desk.requests import agent, page
from parvis.web.desk.workshop.draft import Draft, RoomForm, StepForm, plan_of
from parvis.web.desk.workshop.fetch import board_of, editable_workshop, room_link


@dataclass(frozen=True, slots=True)
class _Answer:
    """What becomes of a preparation that was sent."""

    room: RoomForm
    steps: list[StepForm]
    problem: str = ""
    stale: bool = False

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """Control, where it is, what is wrong."""
        named: list[tuple[str, Form]] = [("", self.room)]
        named += [(f"Étape {rank} · ", form) for rank, form in enumerate(self.steps, start=1)]
        return [
            (form[name].id_for_label, f"{where}{form[name].label}", str(error))
            for where, form in named
            for name, errors in form.errors.items()
            for error in errors
        ]


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=FORM)
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    """The preparation, or what it was once the room has opened."""
    meeting = editable_workshop(request, code)
    board = board_of(meeting)
    if board is not None and board.state != BoardState.PREPARED:
        if request.method == "POST":
            messages.error(request, "L'atelier a commencé : sa préparation ne change plus.")
            return redirect("desk:prepare_room", code)
        return _prepared(request, meeting, board)
    if request.method != "POST":
        draft = Draft.of_board(board)
        return _show(request, meeting, board, draft, _Answer(RoomForm(initial=draft.room), draft.step_forms()))
    draft = Draft.of_post(request.POST)
    if request.POST.get("geste"):
        draft.apply(request.POST["geste"])
        answer = _Answer(RoomForm(initial=draft.room), draft.step_forms())
        return _show(request, meeting, board, draft, answer, unsaved=True)
    return _save(request, meeting, board, draft)


def _save(request: HttpRequest, meeting: Meeting, board: Board | None, draft: Draft) -> HttpResponse:
    room = RoomForm(request.POST)
    steps = [StepForm(request.POST, prefix=f"step-{place}") for place in range(len(draft.steps))]
    answer = _Answer(room, steps)
    if all([room.is_valid(), *(form.is_valid() for form in steps)]):
        plan = plan_of(room, steps, sheet_choice(agent(request), meeting, draft.sheets).chosen)
        try:
            write_over(
                meeting,
                lambda row: _compare(row, draft, request.POST.get("prepared_as", "")),
                lambda row: prepare_board(agent(request), row, plan),
            )
        except ParvisError as refusal:
            answer = _Answer(room, steps, refusal.message, stale=isinstance(refusal, Stale))
        else:
            messages.success(request, "L'atelier est préparé. Vous pouvez encore tout changer avant de l'ouvrir.")
            return redirect("desk:prepare_room", meeting.code)
    return _show(request, meeting, board_of(meeting), draft, answer, refused=True, unsaved=True)


def _compare(meeting: Meeting, draft: Draft, prepared_as: str) -> None:
    """Raises `Stale` when somebody saved another preparation than the one the page had shown, or than this one."""
    standing = Draft.of_board(board_of(meeting)).fingerprint()
    if prepared_as not in ("", standing) and standing != draft.fingerprint():
        raise Stale(STALE)


def _show(
    request: HttpRequest, meeting: Meeting, board: Board | None, draft: Draft, answer: _Answer,
    *, refused: bool = False, unsaved: bool = False,
) -> HttpResponse:  # fmt: skip
    times = agenda_times(meeting, [form.length for form in answer.steps])
    context = {
        "section": "meetings",
        "meeting": meeting,
        "themes": meeting.themes.all(),
        "board": board,
        "answer": answer,
        "rows": list(zip(answer.steps, times.slots, strict=True)),
        "focused_step": draft.focused_step,
        "times": times,
        "total": dates.length(times.minutes),
        "beyond": dates.length(abs(times.beyond)) if times.beyond else "",
        "choice": sheet_choice(agent(request), meeting, draft.sheets),
        "templates": list(AGENDAS),
        "full": len(draft.steps) >= MAX_STEPS,
        "unsaved": unsaved,
        "room_link": room_link(board) if board is not None else "",
        "prepared_as": _prepared_as(request, board, answer),
        "standing": _preparation(board) if board is not None and answer.stale else None,
    }
    return form_page(request, "desk/workshop/prepare.html", context, refused=refused)


def _prepared_as(request: HttpRequest, board: Board | None, answer: _Answer) -> str:
    """What the form was opened on, kept while lines are moved; once both versions are shown, what stands now."""
    opened_on = "" if answer.stale else request.POST.get("prepared_as", "")
    return opened_on or Draft.of_board(board).fingerprint()


def _prepared(request: HttpRequest, meeting: Meeting, board: Board) -> HttpResponse:
    return page(
        request, "desk/workshop/prepared.html", "meetings", meeting=meeting, room_link=room_link(board),
        **_preparation(board),
    )  # fmt: skip


def _preparation(board: Board) -> dict[str, Any]:
    chosen = board.board_sheets.select_related("sheet").order_by("position")
    return {"board": board, "lines": agenda_lines(board), "sheets": [row.sheet for row in chosen]}
