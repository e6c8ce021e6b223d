"""The budget of a sheet and its funding lines, wherever they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from typing import Final

from parvis.reading.sheet_files.bits import is_prose
from parvis.reading.sheet_files.label_match import field_of
from parvis.reading.sheet_files.money import AMOUNT, amounts, is_amount, is_total, money_lines, worth
from parvis.reading.sheet_files.payers import payer_of
from parvis.reading.sheet_files.shares import told_shares
from parvis.reading.sheet_files.values import FieldContent, Line, tidy
from parvis.reading.sheet_files.vocabulary import is_void

_TOTAL_WORDS: Final = re.compile(
    r"^(?:sous[- ])?(?:total|totaux|coût|cout|budget|montant)"
    r"(?: total| global| réel| complet| final| annuel| prévisionnel| de l['’]action"
    r"| des (?:charges|produits|dépenses|recettes|ressources))*"
    r"(?: (?:TTC|HT|général))?\s*[:=–-]?\s*",
    re.IGNORECASE,
)
# « 74 – Subventions d'exploitation »: an account of a budget.
_ACCOUNT: Final = re.compile(r"\s*7\d{1,3}\b\s*[-–—.:/]?\s*\w")
_IN_KIND: Final = re.compile(
    r"\s*(?:8[67]\d?\b|(?:\d{2,3}\s*[-–—.:]?\s*)?(?:contributions? (?:volontaires?|en nature)|b[ée]n[ée]volat|"
    r"prestations? en nature|dons? en nature|mises? à disposition gratuites?|personnel bénévole))",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"([^:;=\d][^:;=]{1,60}?)\s*[:=]\s*((?!20\d\d$)\d{1,3}(?:[\s.]?\d{3})+(?:,\d{2})?)")
_ASKED: Final = re.compile(r"subvention|demand|sollicit|accord", re.IGNORECASE)
# « Année 2025 – exercice du 1er janvier au 31 décembre », above a budget.
_DATED: Final = re.compile(
    r"\W*(?:année|exercice|période|budget)?s?\s*(?:\d{2}/\d{2}/)?20\d\d\b(?!\s*€)", re.IGNORECASE
)
_EURO: Final = 1.0
_TOLD_TOTAL: Final = re.compile(
    rf"(?:le |son )?(?:co[uû]t|budget)\b[^€\d]{{0,80}}?(?P<amount>{AMOUNT.pattern})", re.IGNORECASE
)
_PAID_BY: Final = re.compile(r"^(?:dont\s+|autres?\s*:\s*|(?:co)?financée?s?\s+par\s+)", re.IGNORECASE)
_UNNAMED: Final = re.compile(r"(?:montant|subvention|aide|demandé)[^()]*$", re.IGNORECASE)
_SEVERAL: Final = 2


@dataclass(slots=True)
class Finance:
    """A total as written, and (source, amount) lines.

    `told`: read in a sentence; `unsure`: read under a label of budget, where expenses may stand; `others`: amounts of
    other labels of budget. `unpaid` are lines without amount, `sums` those that others make up, `in_kind` what is
    given and costs nothing: all left out.
    """

    budget: str = ""
    funding: list[tuple[str, str]] = field(default_factory=list)
    told: bool = False
    unsure: bool = False
    others: list[str] = field(default_factory=list)
    unpaid: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)
    in_kind: list[str] = field(default_factory=list)

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
        _another(content.lines, money)
        _budget(_paired(content.lines), money)
    labelled = [(label, _paired(content.lines)) for label, content in fundings]
    paid = any(_is_paid(line) for _, lines in labelled for line in lines)
    if paid:
        money.funding, money.unsure = [], False  # what stood under the budget is what it is spent on
    for label, lines in labelled:
        told = told_shares(lines[0].text) if len(lines) == 1 and not lines[0].row else None
        if told is not None and told[1] and not money.budget and _leads(lines[0].text):
            money.budget, money.funding = told[0], [*money.funding, *told[1]]
            continue
        for line in lines:
            if paid and not _is_paid(line):
                money.unpaid.append(tidy(line.text))
            else:
                _funding(line, money, label)
    _leave_out(money)
    return money


def _leads(text: str) -> bool:
    """Whether a line begins with an amount: « 58 000 € par an (CAF : 20 000 €…) »."""
    return AMOUNT.match(text) is not None


def _another(lines: list[Line], money: Finance) -> None:
    """« Budget 2025 : 900 € », after « Budget 2024 : 800 € »."""
    one = money.budget and len(lines) == 1 and not lines[0].row and amounts(lines[0].text)
    if one and worth(lines[0].text) != worth(money.budget):
        money.others.append(tidy(lines[0].text))


def _leave_out(money: Finance) -> None:
    """Leaves out of the funding what is given in kind, and the accounts that the lines under them make up."""
    money.funding = [(payer_of(_PAID_BY.sub("", source)), amount) for source, amount in money.funding]
    money.in_kind = [source for source, _ in money.funding if _IN_KIND.match(source)]
    money.unpaid += [source for source, amount in money.funding if worth(amount) == 0]
    named = {worth(amount) for source, amount in money.funding if not _UNNAMED.match(source)}
    again = [pair for pair in money.funding if _UNNAMED.match(pair[0]) and worth(pair[1]) in named]
    money.sums += [source for source, _ in again]  # « Montant de la subvention », said again by who pays it
    money.funding = [pair for pair in money.funding if pair not in again]
    paid = [pair for pair in money.funding if not _IN_KIND.match(pair[0]) and worth(pair[1]) != 0]
    money.funding = []
    for place, (source, amount) in enumerate(paid):
        under = _under(paid, place) if _ACCOUNT.match(source) else []
        if under and _adds_up(amount, under):
            money.sums.append(source)
        else:
            money.funding.append((source, amount))


def _under(paid: list[tuple[str, str]], place: int) -> list[str]:
    """The amounts between an account and the next one."""
    following = islice(paid, place + 1, None)
    return [amount for _, amount in takewhile(lambda pair: _ACCOUNT.match(pair[0]) is None, following)]


def _adds_up(amount: str, parts: Iterable[str]) -> bool:
    total, worths = worth(amount), [worth(part) for part in parts]
    return total is not None and abs(total - sum(part or 0 for part in worths)) <= _EURO


def _paired(lines: list[Line]) -> list[Line]:
    """The same lines, who pays and how much joined where a table in a cell gave them one under the other.

    « Ville : 5000 » is an amount whose unit is in the label.
    """
    lines = [part for line in lines for part in _bare_lines(line)]
    pairs = [
        place
        for place, (line, below) in enumerate(pairwise(lines))
        if not (line.row or below.row or amounts(line.text) or is_amount(line.text)) and is_amount(below.text)
    ]
    if len(pairs) < _SEVERAL:
        return lines
    joined = {place: Line(f"{lines[place].text}\t{lines[place + 1].text}", row=1) for place in pairs}
    second = {place + 1 for place in pairs}
    return [joined.get(place, line) for place, line in enumerate(lines) if place not in second]


def _bare_lines(line: Line) -> list[Line]:
    """« Ville : 5 000 ; CAF : 3 000 », without unit, as a line of money each; the line itself where a part is none."""
    parts = [] if line.row else [_BARE.fullmatch(part.strip()) for part in line.text.split(";")]
    bare = [Line("\t".join(part.groups()), row=1) for part in parts if part is not None]
    return bare if parts and len(bare) == len(parts) else [line]


def _is_paid(line: Line) -> bool:
    """Whether a line of money has an amount, be it without unit when it stands alone."""
    if line.row:
        return bool(amounts(line.text)) or any(is_amount(cell) for cell in line.text.split("\t")[1:])
    return bool(amounts(line.text)) or is_amount(line.text)


def _budget(lines: list[Line], money: Finance) -> None:
    if len(lines) == 1 and not lines[0].row:
        told = told_shares(lines[0].text)
        if told is None:
            _set_budget(lines[0].text, money)
        elif not money.budget:
            money.budget, money.funding, money.told = told[0], [*money.funding, *told[1]], True
        return
    for place, line in enumerate(lines):
        source, *_ = line.text.split("\t")
        if place == 0 and not line.row and not money.budget and (total := AMOUNT.match(line.text)) is not None:
            money.budget = total.group().strip()  # « 17 350 € pour l'année, dont : », then who pays
            continue
        lone = is_total(line.text) or (not line.row and _is_lone(line.text))
        if lone or (line.row and is_total(source)):
            _set_budget(_TOTAL_WORDS.sub("", line.text.replace("\t", " ")), money)
        elif amounts(line.text) or line.row:
            money.unsure = money.unsure or not line.text.startswith("dont ")
            _funding(line, money)
        elif len(lines) > 1 and not any(sign.isdigit() for sign in line.text):
            money.unpaid.append(tidy(line.text))  # « Montants TTC »
        else:
            _set_budget(line.text, money)


def _set_budget(text: str, money: Finance) -> None:
    text = tidy(text)
    if text and not money.budget and not is_void(text) and not _DATED.match(text):
        money.budget = text


def _is_lone(text: str) -> bool:
    """Whether a line is an amount alone, with nobody who pays it."""
    return is_amount(text) or (len(pairs := money_lines(text)) == 1 and not pairs[0][0])


def _names_payer(label: str) -> bool:
    """« Subvention demandée », « Part Ville »: what is asked of one funder, and no budget."""
    named = field_of(label)
    return bool(label) and (_ASKED.search(label) is not None or named is None or named[0] not in ("funding", "budget"))


def _funding(line: Line, money: Finance, label: str = "") -> None:
    if line.row:
        source, _, amount = line.text.partition("\t")
        amount = tidy(amount.split("\t")[0])
        pairs = [] if is_void(amount) and amount else [(source, amount)] if amount else money_lines(source)
    elif (total := _TOLD_TOTAL.match(line.text)) is not None and is_prose(line.text.rstrip(" :") + "."):
        _set_budget(total["amount"], money)  # « Le coût total est de 54 000 €, financé comme suit : »
        money.told = True
        pairs = []
    elif is_amount(line.text):
        pairs = [("", line.text)]
    else:
        pairs = money_lines(line.text)
    for source, amount in pairs:
        source = tidy(source).strip(" :–-")
        if amount and not source and _names_payer(label):
            source = label  # what is asked of one funder, « Part Ville », is no budget
        if is_total(source) or (amount and not source):
            _set_budget(amount, money)
        elif source and not is_void(source):
            money.funding.append((source, amount))
