"""A preparation being typed: its lines move without script, each button sends the whole form, which comes back changed.

A gesture changes what is typed and nothing else; only « Enregistrer » writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

from parvis.meetings.enums import RoomStep
from parvis.meetings.models import Board
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, MAX_STEPS, BoardPlan, StepPlan
from parvis.sheets.models import ActionSheet
from parvis.web.components.compared import fingerprint
from parvis.web.desk.form_fields import OneLine

MAX_SHEETS: Final = 60
Typed = dict[str, Any]


class RoomForm(forms.Form):
    """What holds for the whole room."""

    tables = forms.IntegerField(label="Tables", min_value=1, max_value=40, initial=4)
    dots_per_person = forms.IntegerField(label="Gommettes par personne", min_value=1, max_value=50, initial=5)
    expected_people = forms.IntegerField(
        label="Téléphones attendus",
        min_value=1,
        max_value=1_000,
        initial=60,
        help_text="Au-delà, un téléphone attend que l'animation le laisse entrer.",
    )
    approve_first = forms.BooleanField(
        label="Je relis les notes des téléphones avant qu'elles paraissent à l'écran", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tables", "dots_per_person", "expected_people"):
            self.fields[name].widget.attrs |= {"class": "input--short", "inputmode": "numeric"}


class StepForm(forms.Form):
    """One line of the agenda."""

    title = OneLine(label="Intitulé", max_length=120)
    kind = forms.ChoiceField(label="Ce qu'on y fait", choices=RoomStep)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=240)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].widget.attrs |= {"inputmode": "numeric"}

    @property
    def length(self) -> int:
        """The minutes typed, 0 while they are not a number."""
        typed = str(self["minutes"].value() or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0


@dataclass
class Draft:
    """What was typed, checked or not. `sheets`: codes, in order. `focused_step`: the line that was just moved."""

    room: Typed
    steps: list[Typed]
    sheets: list[str]
    focused_step: int | None = None

    @classmethod
    def of_board(cls, board: Board | None) -> Draft:
        """What was prepared, or the first template."""
        if board is None:
            return cls({}, [_typed(step) for step in AGENDAS[DEFAULT_AGENDA]], [])
        steps = [{"title": step.title, "kind": step.kind, "minutes": step.minutes} for step in board.steps.all()]
        room = {name: getattr(board, name) for name in RoomForm.base_fields}
        return cls(room, steps, list(board.board_sheets.order_by("position").values_list("sheet__code", flat=True)))

    @classmethod
    def of_post(cls, post: QueryDict) -> Draft:
        """What was sent. Sheets ticked below go after those already chosen."""
        room: Typed = {name: post.get(name, "") for name in ("tables", "dots_per_person", "expected_people")}
        room["approve_first"] = "approve_first" in post
        count = 0
        while count < MAX_STEPS and f"step-{count}-title" in post:
            count += 1
        steps = [
            {name: post.get(f"step-{place}-{name}", "") for name in StepForm.base_fields} for place in range(count)
        ]
        codes = dict.fromkeys([*post.getlist("sheet"), *post.getlist("add")])
        return cls(room, steps, list(codes)[:MAX_SHEETS])

    def fingerprint(self) -> str:
        """The same for what was prepared and for a form that says the same."""
        steps = [[str(step[name]) for name in StepForm.base_fields] for step in self.steps]
        return fingerprint([sorted((name, str(value)) for name, value in self.room.items()), steps, self.sheets])

    def apply(self, action: str) -> None:
        """`verb` or `verb:where`, as the buttons say. What makes no sense changes nothing."""
        verb, _, where = action.partition(":")
        if verb == "add-step" and len(self.steps) < MAX_STEPS:
            self.focused_step = len(self.steps)
            self.steps.append({"title": "", "kind": RoomStep.OTHER.value, "minutes": 15})
        elif verb == "template" and where in AGENDAS:
            self.steps = [_typed(step) for step in AGENDAS[where]]
        elif verb in ("up", "down", "remove") and where.isascii() and where.isdigit():
            self.focused_step = _move(self.steps, int(where), verb)
        elif verb in ("sheet-up", "sheet-down", "sheet-remove") and where in self.sheets:
            _move(self.sheets, self.sheets.index(where), verb.removeprefix("sheet-"))

    def step_forms(self) -> list[StepForm]:
        return [StepForm(prefix=f"step-{place}", initial=typed) for place, typed in enumerate(self.steps)]


def _typed(step: StepPlan) -> Typed:
    return {"title": step.title, "kind": step.kind.value, "minutes": step.minutes}


def _move(items: list[Any], place: int, verb: str) -> int | None:
    """Move or take out one item; where it is now."""
    if not 0 <= place < len(items):
        return None
    item = items.pop(place)
    if verb == "remove":
        return None
    after = min(len(items), max(0, place + (-1 if verb == "up" else 1)))
    items.insert(after, item)
    return after


def plan_of(room: RoomForm, steps: Sequence[StepForm], sheets: Iterable[ActionSheet]) -> BoardPlan:
    """What valid forms say."""
    return BoardPlan(
        steps=[
            StepPlan(RoomStep(form.cleaned_data["kind"]), form.cleaned_data["title"], form.cleaned_data["minutes"])
            for form in steps
        ],
        sheets=list(sheets),
        tables=room.cleaned_data["tables"],
        dots_per_person=room.cleaned_data["dots_per_person"],
        expected_people=room.cleaned_data["expected_people"],
        approve_first=room.cleaned_data["approve_first"],
    )
