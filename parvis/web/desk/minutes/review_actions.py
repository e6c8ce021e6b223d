"""Which operation each button and key of the review calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from parvis.consultations.enums import Kind
from parvis.consultations.models import Theme
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes
from parvis.meetings.operations import review
from parvis.meetings.operations.meeting_theme import give_proposed_theme
from parvis.meetings.operations.take_back import redo_change, undo_change
from parvis.meetings.place_match import places_of
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the review was asked to do: by whom, on which lines of which version, with what."""

    actor: User
    minutes: Minutes
    lines: list[str]
    version: int
    theme: str
    rank: int | None
    before: str
    territory: str


@dataclass(frozen=True, slots=True)
class ReviewAction:
    """What a button does, and the sentence that confirms it."""

    confirmation: str | Promise
    act: Callable[[ReviewRequest], object]


def _kind(kind: Kind) -> ReviewAction:
    return ReviewAction(
        f"Nature : {kind.label}",
        lambda asked: review.set_kind(asked.actor, asked.minutes, asked.lines, kind, asked.version),
    )


def _place(place: LinePlace, confirmation: str) -> ReviewAction:
    return ReviewAction(
        confirmation, lambda asked: review.set_place(asked.actor, asked.minutes, asked.lines, place, asked.version)
    )


def _step(down: bool, confirmation: str) -> ReviewAction:
    return ReviewAction(
        confirmation, lambda asked: review.step_lines(asked.actor, asked.minutes, asked.lines, down, asked.version)
    )


def _conclusion(value: bool, confirmation: str) -> ReviewAction:
    return ReviewAction(
        confirmation, lambda asked: review.set_conclusion(asked.actor, asked.minutes, asked.lines, value, asked.version)
    )


def _theme(asked: ReviewRequest) -> None:
    theme = Theme.objects.filter(consultation=asked.minutes.consultation_id, code=asked.theme).first()
    if theme is None:
        raise RefusedInput("Choisissez une thématique dans la liste.")
    review.set_theme(asked.actor, asked.minutes, asked.lines, theme, asked.version)


def _territory(asked: ReviewRequest) -> None:
    """No choice means the place of the meeting."""
    place = None
    if asked.territory:
        place = places_of(asked.minutes.consultation.territory_id).filter(code=asked.territory).first()
        if place is None:
            raise RefusedInput("Choisissez un lieu dans la liste.")
    review.set_territory(asked.actor, asked.minutes, asked.lines, place, asked.version)


def _move(asked: ReviewRequest) -> None:
    review.move_lines(asked.actor, asked.minutes, asked.lines, asked.before or _code_at(asked), asked.version)


def _code_at(asked: ReviewRequest) -> str | None:
    """The line that bears the number typed; beyond the last one, the end."""
    if asked.rank is None:
        raise RefusedInput("Écrivez le numéro de la ligne devant laquelle placer celles-ci.")
    codes = asked.minutes.lines.order_by("position", "id").values_list("code", flat=True)
    return next(iter(codes[asked.rank - 1 : asked.rank]), None)


def _lift(asked: ReviewRequest) -> None:
    if len(asked.lines) != 1:
        raise RefusedInput("Choisissez une seule ligne : ses sous-points deviendront des contributions.")
    review.lift_details(asked.actor, asked.minutes, asked.lines[0], asked.version)


REVIEW_ACTIONS: dict[str, ReviewAction] = {
    **{f"kind:{kind}": _kind(kind) for kind in Kind},
    "theme": ReviewAction("Thématique donnée", _theme),
    "theme:meeting": ReviewAction(
        "Thématique donnée", lambda asked: give_proposed_theme(asked.actor, asked.minutes, asked.version)
    ),
    "territory": ReviewAction("Lieu donné", _territory),
    "place:aside": _place(LinePlace.ASIDE, "Mis de côté"),
    "place:introduction": _place(LinePlace.INTRODUCTION, "Placé dans l'introduction"),
    "place:item": _place(LinePlace.ITEM, "Ramené parmi les contributions"),
    "join": ReviewAction(
        "Lignes réunies", lambda asked: review.join_lines(asked.actor, asked.minutes, asked.lines, asked.version)
    ),
    "nest": ReviewAction(
        "Devenu sous-point", lambda asked: review.nest_lines(asked.actor, asked.minutes, asked.lines, asked.version)
    ),
    "lift": ReviewAction("Sous-points sortis", _lift),
    "up": _step(False, "Monté"),
    "down": _step(True, "Descendu"),
    "move": ReviewAction("Déplacé", _move),
    "conclusion": _conclusion(True, "Marqué comme conclusion"),
    "plain": _conclusion(False, "Redevenu une ligne simple"),
    "check": ReviewAction(
        "Vérifié", lambda asked: review.check_lines(asked.actor, asked.minutes, asked.lines, asked.version)
    ),
    "undo": ReviewAction("Annulé", lambda asked: undo_change(asked.actor, asked.minutes, asked.version)),
    "undo-all": ReviewAction("Annulé", lambda asked: undo_change(asked.actor, asked.minutes, asked.version)),
    "redo": ReviewAction("Rétabli", lambda asked: redo_change(asked.actor, asked.minutes, asked.version)),
}


def perform(name: str, asked: ReviewRequest) -> str:
    """Do it; return what to say. Raises what the operation raises."""
    action = REVIEW_ACTIONS.get(name)
    if action is None:
        raise RefusedInput("Ce bouton n'existe plus : rechargez la page.")
    result = action.act(asked)
    return f"{action.confirmation} : {result}." if isinstance(result, str) else f"{action.confirmation}."
