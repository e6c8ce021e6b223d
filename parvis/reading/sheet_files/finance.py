"""The budget of a sheet and its funding lines, wherever they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.sheet_files.money import amounts, is_amount, is_total, money_lines, worth
from parvis.reading.sheet_files.values import FieldContent, Line, tidy
from parvis.reading.sheet_files.vocabulary import is_void

_TOTAL_WORDS: Final = re.compile(
    r"^(?:sous[- ])?(?:total|totaux|coût|cout|budget|montant)"
    r"(?: total| des (?:charges|produits|dépenses|recettes|ressources)| global| annuel| prévisionnel| de l['’]action)*"
    r"(?: (?:TTC|HT|général))?\s*[:=–-]?\s*",
    re.IGNORECASE,
)
_EURO: Final = 1.0


@dataclass(slots=True)
class Finance:
    """A total as written, and (source, amount) lines."""

    budget: str = ""
    funding: list[tuple[str, str]] = field(default_factory=list)

    @property
    def differs(self) -> tuple[float, float] | None:
        """The sum of the funding lines and the total, when both are known and are not the same."""
        stated = amounts(self.budget) or ([self.budget] if is_amount(self.budget) else [])
        parts = [worth(amount) for _, amount in self.funding]
        if not stated or len(parts) < 2 or None in parts:
            return None
        total, funded = worth(stated[0]), sum(amount for amount in parts if amount is not None)
        return (funded, total) if total is not None and abs(total - funded) > _EURO else None


def finance(budgets: Iterable[FieldContent], fundings: Iterable[tuple[str, FieldContent]]) -> Finance:
    """Reads what the labels of budget say, then those of funding, each with its label."""
    money = Finance()
    for content in budgets:
        _budget(content.lines, money)
    for label, content in fundings:
        for line in content.lines:
            _funding(line, money, label)
    return money


def _budget(lines: list[Line], money: Finance) -> None:
    if len(lines) == 1 and not lines[0].row:
        _set_budget(lines[0].text, money)
        return
    for line in lines:
        source, *_ = line.text.split("\t")
        lone = is_total(line.text) or (not line.row and _is_lone(line.text))
        if lone or (line.row and is_total(source)):
            _set_budget(_TOTAL_WORDS.sub("", line.text.replace("\t", " ")), money)
        elif amounts(line.text) or line.row:
            _funding(line, money)
        else:
            _set_budget(line.text, money)


def _set_budget(text: str, money: Finance) -> None:
    text = tidy(text)
    if text and not money.budget and not is_void(text):
        money.budget = text


def _is_lone(text: str) -> bool:
    """Whether a line is an amount alone, with nobody who pays it."""
    return is_amount(text) or (len(pairs := money_lines(text)) == 1 and not pairs[0][0])


def _funding(line: Line, money: Finance, label: str = "") -> None:
    if line.row:
        source, _, amount = line.text.partition("\t")
        amount = tidy(amount.split("\t")[0])
        pairs = [] if is_void(amount) and amount else [(source, amount)] if amount else money_lines(source)
    else:
        pairs = money_lines(line.text)
    for source, amount in pairs:
        source = tidy(source).strip(" :–-")
        if amount and not source and "subvention" in label.casefold():
            source = label  # what is asked of one funder is no budget
        if is_total(source) or (amount and not source):
            _set_budget(amount, money)
        elif source and not is_void(source):
            money.funding.append((re.sub(r"^dont\s+", "", source), amount))
