"""How well sheets are read, against what a person read in them: `python -m bench.sheet_scores [seen|third|FOLDER]`.

`sheet_corpus/` holds sheets of many shapes, each beside its gold reading, written by someone who had not read the
code. Those of `seen` were looked at while the rules were made; those of `aside` were not. Any folder of files beside
their `STEM.truth.json` is scored too (`bench.sheet_truths`).

Each field of each sheet is exact (the same text but for spaces, the same elements in the same order), near (half of
its words at least, on both sides), wrong, missing, or invented (the gold says nothing). `void` counts the fields where
both say nothing. `text` and `summary` are exact when they hold every sentence of the gold, near when they hold one.
`doubted` counts, of the fields near, wrong or invented, those that a doubt of the sheet names; the last line, those
read exactly that a doubt names for nothing. A file that is refused gives no sheet.
A sheet is matched to the gold by its rank; one too many is an invention of each of its fields.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.sheet_truths import FILES, gold_of, unjoined
from parvis.core.errors import RefusedInput
from parvis.reading.sheet_files import ReadSheet, SheetReading, read_sheets, unplaced_pieces

CORPUS = Path(__file__).parent / "sheet_corpus"
FIELDS: Final = (
    "title", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding", "indicators", "text",
    "summary", "contact", "other",
)  # fmt: skip
GRADES: Final = ("exact", "near", "wrong", "missing", "invented", "void")
_TO_CHECK: Final = ("near", "wrong", "invented")
_LONG: Final = ("text", "summary")
_EMPTY: Final[dict[str, Any]] = {"other": {}, "text_contains": [], "summary_contains": []}


@dataclass(frozen=True)
class Graded:
    """One field of one sheet."""

    field: str
    grade: str
    mine: Any
    gold: Any
    doubted: bool = False


def tidy(value: Any) -> Any:
    """The same value with its spaces reduced, a list for a tuple."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {tidy(key): tidy(each) for key, each in value.items()}
    return [tidy(each) for each in value]


def grade(field: str, mine: Any, gold: Any, *, whole: bool = True) -> str:
    """How a field was read. `whole`: what the gold does not say is not in the sheet."""
    if not gold:
        return "invented" if mine and whole else "void"
    if not mine:
        return "missing"
    if field in _LONG:
        held = sum(sentence in mine for sentence in gold)
        return "exact" if held == len(gold) else "near" if held else "wrong"
    if mine == gold:
        return "exact"
    return "near" if _shared(mine, gold) >= 0.5 else "wrong"


def _shared(mine: Any, gold: Any) -> float:
    """The part of the words that both sides share."""
    one, other = (Counter(json.dumps(value, ensure_ascii=False).casefold().split()) for value in (mine, gold))
    return (one & other).total() / max(1, (one | other).total())


def compare(sheet: ReadSheet | None, gold: dict[str, Any]) -> list[Graded]:
    """Every field of a sheet."""
    return [_graded(field, sheet, gold) for field in FIELDS]


def _graded(field: str, sheet: ReadSheet | None, gold: dict[str, Any]) -> Graded:
    mine: Any = "" if sheet is None else getattr(sheet, field)
    if field == "other":
        mine = {label: unjoined(value) if "whole" in gold else value for label, value in mine}
    mine, told = tidy(mine), tidy(gold.get(f"{field}_contains" if field in _LONG else field, ""))
    doubted = sheet is not None and any(doubt.name == field for doubt in sheet.doubts)
    whole = "whole" in gold or field not in _LONG
    return Graded(field, grade(field, mine, told, whole=whole), mine, told, doubted)


def score(path: Path, faults: bool) -> tuple[list[Graded], int]:
    """The grades of a file, and how many of its lines are not wholly kept."""
    reading = _read(path)
    gold = gold_of(path, reading.sheets)
    graded: list[Graded] = []
    for rank in range(max(len(gold), len(reading.sheets))):
        sheet = reading.sheets[rank] if rank < len(reading.sheets) else None
        graded += compare(sheet, gold[rank] if rank < len(gold) else _EMPTY)
    lost = len(unplaced_pieces(reading))
    counts = _counts(graded)
    print(_row(path.name, counts) + f"{len(reading.sheets):>5}/{len(gold)}{lost:>7}")
    if faults:
        for each in graded:
            if each.grade not in ("exact", "void"):
                print(f"    {each.grade:9}{each.field:12}{each.mine!r}\n{'or':>24} {each.gold!r}")
    return graded, lost


def _read(path: Path) -> SheetReading:
    try:
        return read_sheets(path.read_bytes(), path.name)
    except RefusedInput as refusal:
        return SheetReading(path.name, "", (), (), (str(refusal),), ())


def _row(name: str, counts: Counter[str]) -> str:
    return f"{name[:33]:34}" + "".join(f"{counts[each]:>9}" for each in (*GRADES, "doubted"))


def _counts(graded: Iterable[Graded]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in graded:
        counts[each.grade] += 1
        counts["doubted"] += each.doubted and each.grade in _TO_CHECK
    return counts


def main(half: str, faults: bool) -> None:
    """Prints the table of a half, or of a folder: by file, by field, in all."""
    folder = Path(half) if Path(half).is_dir() else CORPUS / half
    print(f"{folder.name}\n{'':34}" + "".join(f"{each:>9}" for each in (*GRADES, "doubted")) + "  lues/or  perdu")
    paths = sorted(path for path in folder.iterdir() if path.suffix in FILES)
    graded = [each for path in paths for each in score(path, faults)[0]]
    print()
    for field in FIELDS:
        print(_row(field, _counts(each for each in graded if each.field == field)))
    print(_row("en tout", _counts(graded)))
    right = [each for each in graded if each.grade == "exact"]
    print(f"to check: {sum(each.grade in _TO_CHECK for each in graded)}")
    print(f"right and doubted: {sum(each.doubted for each in right)} of {len(right)}")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    for asked in words or ["seen"]:
        main(asked, "--faults" in sys.argv)
