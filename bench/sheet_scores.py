"""How well Word sheets are read, against what a person read in them: `python -m bench.sheet_scores [seen|aside|third]`.

`sheet_corpus/` holds sheets of many shapes, each beside its gold reading, written by someone who had not read the
code. Those of `seen` were looked at while the rules were made; those of `aside` were not.

Each field of each sheet is exact (the same text but for spaces, the same elements in the same order), near (half of
its words at least, on both sides), wrong, missing, or invented (the gold says nothing). `void` counts the fields where
both say nothing. `text` and `summary` are exact when they hold every sentence of the gold, near when they hold one.
`doubted` counts, of the fields near, wrong or invented, those that a doubt of the sheet names.
A sheet is matched to the gold by its rank; one too many is an invention of each of its fields.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces

CORPUS = Path(__file__).parent / "sheet_corpus"
FIELDS: Final = (
    "title", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding", "indicators", "text",
    "summary", "contact", "other",
)  # fmt: skip
GRADES: Final = ("exact", "near", "wrong", "missing", "invented", "void")
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


def grade(field: str, mine: Any, gold: Any) -> str:
    """How a field was read."""
    if not gold:
        return "invented" if mine and field not in ("text", "summary") else "void"
    if not mine:
        return "missing"
    if field in ("text", "summary"):
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
    found = []
    for field in FIELDS:
        said: Any = "" if sheet is None else getattr(sheet, field)
        mine = tidy(dict(said) if field == "other" and said else said)
        told = tidy(gold.get(f"{field}_contains" if field in ("text", "summary") else field, ""))
        doubted = sheet is not None and any(doubt.name == field for doubt in sheet.doubts)
        found.append(Graded(field, grade(field, mine, told), mine, told, doubted))
    return found


def score(path: Path, faults: bool) -> tuple[list[Graded], int]:
    """The grades of a file, and how many of its lines are not wholly kept."""
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["sheets"]
    reading = read_sheets(path.read_bytes(), path.name)
    graded: list[Graded] = []
    for rank in range(max(len(gold), len(reading.sheets))):
        sheet = reading.sheets[rank] if rank < len(reading.sheets) else None
        graded += compare(sheet, gold[rank] if rank < len(gold) else _EMPTY)
    lost = len(unplaced_pieces(reading))
    counts = Counter(each.grade for each in graded)
    print(_row(path.name, counts) + f"{len(reading.sheets):>5}/{len(gold)}{lost:>7}")
    if faults:
        for each in graded:
            if each.grade not in ("exact", "void"):
                print(f"    {each.grade:9}{each.field:12}{each.mine!r}\n{'or':>24} {each.gold!r}")
    return graded, lost


def _row(name: str, counts: Counter[str]) -> str:
    return f"{name[:33]:34}" + "".join(f"{counts[each]:>9}" for each in GRADES)


def main(half: str, faults: bool) -> None:
    """Prints the table of a half: by file, by field, in all."""
    print(f"{half}\n{'':34}" + "".join(f"{each:>9}" for each in GRADES) + "  lues/or  perdu")
    doubted: Counter[bool] = Counter()
    fields: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for path in sorted(CORPUS.joinpath(half).iterdir()):
        if path.suffix in (".docx", ".odt"):
            for each in score(path, faults)[0]:
                fields[each.field][each.grade] += 1
                total[each.grade] += 1
                doubted[each.doubted] += each.grade in ("near", "wrong", "invented")
    print()
    for field in FIELDS:
        print(_row(field, fields[field]))
    print(_row("en tout", total))
    print(f"{'doubted':34}{doubted[True]:>9} of {doubted.total()}")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    for asked in words or ["seen"]:
        main(asked, "--faults" in sys.argv)
