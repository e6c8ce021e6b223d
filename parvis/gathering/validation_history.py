"""How an edition was validated, in the words of its readers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from parvis.consultations.enums import StepKind
from parvis.french.counts import enumeration
from parvis.french.dates import day

_LABELS: dict[str, str] = dict(StepKind.choices)


def validation_history(header: Mapping[str, Any]) -> tuple[str, ...]:
    """One sentence a fact, from the header of an edition; none for those published before it was told."""
    record = header.get("validation")
    if record is None:
        return ()
    passed = [f"{_LABELS[row['step']].lower()} ({_day(row['on'])})" for row in record["passed"]]
    first = f"Validée par : {enumeration(passed)}." if passed else "Publiée sans étape de validation."
    alone = [_by_one(kinds) for kinds in record.get("same_person", ())]
    return (first, *alone, *(sentence for change in record["changes"] for sentence in _change(change)))


def _by_one(kinds: Sequence[str]) -> str:
    return f"Une même personne a validé ces étapes : {_names(kinds)}."


def _change(change: Mapping[str, Any]) -> list[str]:
    on = f"Le {_day(change['on'])}"
    sentences = []
    if change["removed"]:
        sentences.append(f"{on}, retirée des étapes de validation : {_names(change['removed'])}.")
    if change["added"]:
        sentences.append(f"{on}, ajoutée aux étapes de validation : {_names(change['added'])}.")
    return sentences


def _names(kinds: Sequence[str]) -> str:
    return enumeration([_LABELS[kind].lower() for kind in kinds])


def _day(iso: str) -> str:
    return day(datetime.date.fromisoformat(iso))
