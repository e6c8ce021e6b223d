"""The action under discussion, as the room reads it: what it is, what was thought of it, what was raised, the reply."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any, Final

from parvis.gathering.results.in_words import Bar
from parvis.gathering.room.turning import in_pages
from parvis.meetings.models import Board, BoardSheet
from parvis.sheets.models import LeadReply

POINTS_A_PANEL: Final = 2
_SUMMARY_SIGNS, _REPLY_SIGNS = 200, 160
"""What is read from ten metres in the middle of a screen. A summary is cut there: its sheet says the rest."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers under their title."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One page of the action. `kind`: summary, why, bars, points or reply; `content`: what it says."""

    kind: str
    content: Any


@dataclass(frozen=True, slots=True)
class ActionScene:
    """What stays on the screen, and the panels that turn under it."""

    number: int
    title: str
    lead: str
    places: str
    known: str
    panels: tuple[Panel, ...]


def action_scene(board: Board, discussed: dict[str, Any]) -> ActionScene | None:
    """The scene of the action, `discussed` being what the snapshot says of it; None when there is none."""
    sheet = board.discussed
    if sheet is None:
        return None
    figures = discussed["figures"]
    words = figures.get("figures") or {}
    places = list(sheet.territories.filter(hidden=False).order_by("sort_key", "pk").values_list("name", flat=True))
    return ActionScene(
        number=sheet.number,
        title=sheet.title,
        lead=sheet.lead_name or (sheet.lead.name if sheet.lead is not None else ""),
        places=", ".join(places),
        known=words.get("known") or figures.get("known") or "",
        panels=(
            *_of_figures(figures, words),
            *_of_text("summary", sheet.summary, _SUMMARY_SIGNS)[:1],
            *(Panel("points", part) for part in in_pages(_points(board), POINTS_A_PANEL)),
            *(_of_text("reply", _reply(board), _REPLY_SIGNS) if "why" not in figures else ()),
        ),
    )


def _of_figures(figures: dict[str, Any], words: dict[str, Any]) -> tuple[Panel, ...]:
    why = figures.get("why") or words.get("why")
    if why:
        return (Panel("why", why),)
    bars = (("appreciation", words.get("out_of", "")), ("values", "Dans le détail"))
    return tuple(
        Panel("bars", Bars(title, tuple(Bar(**bar) for bar in words[name]))) for name, title in bars if words.get(name)
    )


def _of_text(kind: str, text: str, signs: int) -> tuple[Panel, ...]:
    parts = textwrap.wrap(" ".join(text.split()), signs)
    return tuple(Panel(kind, f"{part} …" if part is not parts[-1] else part) for part in parts)


def points_of(row: BoardSheet) -> list[str]:
    """The points raised about an action of a room, one by one, without the stop that ends them."""
    return [line.strip().removesuffix(".") for line in row.points.splitlines() if line.strip()]


def _points(board: Board) -> list[str]:
    return [point for row in board.board_sheets.filter(sheet=board.discussed_id) for point in points_of(row)]


def _reply(board: Board) -> str:
    """What the lead answered. It comes with the figures that it answers, never before."""
    replies = LeadReply.objects.filter(sheet=board.discussed_id, hidden_at=None).values_list("text", flat=True)
    return replies.first() or ""
