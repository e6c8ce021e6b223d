"""What a form of the facilitator's page, or of a table's, asks for: operations, one for each note or family chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from parvis.core.errors import RefusedInput

Operation = tuple[str, dict[str, Any]]
"""A kind of operation and its body."""
CHOOSE = "Choisissez d'abord des notes ou des familles : cochez leurs cases."


def operations_of(posted: QueryDict) -> list[Operation]:
    """The operations. Raises `RefusedInput` when the form does not say what it is about."""
    name = posted.get("gesture", "")
    if name not in _BUTTONS:
        raise RefusedInput("Ce geste n'existe pas : rechargez la page.")
    return _BUTTONS[name](posted)


def _note(posted: QueryDict) -> list[Operation]:
    body: dict[str, Any] = {
        "text": posted.get("text", ""),
        "contribution_kind": posted.get("contribution_kind", ""),
        "conclusion": posted.get("conclusion") == "1",
    }
    return [("note", body | ({"theme": posted["theme"]} if posted.get("theme") else {}))]


def _edit(posted: QueryDict) -> list[Operation]:
    body: dict[str, Any] = {"of": posted.get("of", ""), "text": posted.get("text", "")}
    return [("edit", body | {name: posted[name] for name in ("contribution_kind", "theme") if posted.get(name)})]


def _rename(posted: QueryDict) -> list[Operation]:
    return [("edit", {"of": posted.get("of", ""), "title": posted.get("title", "")})]


def _gather(posted: QueryDict) -> list[Operation]:
    """Into the family that is chosen, else into a new one."""
    notes = _chosen(posted, "notes")
    if posted.get("family"):
        return [("family", {"of": posted["family"], "notes": notes})]
    return [("family", {"title": posted.get("title", ""), "notes": notes})]


def _take_out(posted: QueryDict) -> list[Operation]:
    return [("family", {"of": None, "notes": _chosen(posted, "notes")})]


def _same(posted: QueryDict) -> list[Operation]:
    """The first note, or the first family, stands for the others."""
    chosen = posted.getlist("families") or _chosen(posted, "notes")
    if len(chosen) < 2:
        raise RefusedInput("Cochez au moins deux notes, ou deux familles, qui disent la même chose.")
    return [("duplicate", {"note": other, "of": chosen[0]}) for other in chosen[1:]]


def _part(posted: QueryDict) -> list[Operation]:
    return [("duplicate", {"note": reference, "of": None}) for reference in _chosen(posted, "notes", "families")]


def _heads(posted: QueryDict) -> list[Operation]:
    people = posted.get("people", "")
    counted = int(people) if people.isascii() and people.isdecimal() and len(people) < 6 else None
    return [("attendance", {"organisation": posted.get("organisation", ""), "people": counted})]


def _for_each(kind: str, **state: bool) -> Callable[[QueryDict], list[Operation]]:
    return lambda posted: [(kind, {"of": reference, **state}) for reference in _chosen(posted, "notes", "families")]


def _show(posted: QueryDict) -> list[Operation]:
    """With how many versions of each note the page had: what changed since was not seen, and is not shown."""
    seen = dict(field.rpartition(":")[::2] for field in posted.getlist("seen"))
    return [
        ("hide", {"of": reference, "hidden": False} | ({"seen": seen[reference]} if reference in seen else {}))
        for reference in _chosen(posted, "notes", "families")
    ]


def _chosen(posted: QueryDict, *names: str) -> list[str]:
    chosen = [reference for name in names for reference in posted.getlist(name)]
    if not chosen:
        raise RefusedInput(CHOOSE)
    return chosen


_BUTTONS: dict[str, Callable[[QueryDict], list[Operation]]] = {
    "note": _note,
    "edit": _edit,
    "rename": _rename,
    "gather": _gather,
    "take_out": _take_out,
    "same": _same,
    "part": _part,
    "hide": _for_each("hide", hidden=True),
    "show": _show,
    "promote": _for_each("promote", promoted=True),
    "demote": _for_each("promote", promoted=False),
    "withdraw": _for_each("withdraw", withdrawn=True),
    "restore": _for_each("withdraw", withdrawn=False),
    "heads": _heads,
}
"""What the button of a form is called → how its operations are read from it."""
