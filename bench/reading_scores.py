"""How well reports are read, against what a person read in them: `python -m bench.reading_scores [seen|aside]`.

`reading_corpus/` holds reports in every format and shape, each beside its gold reading, written by someone who had
not read the code. Those of `seen` were looked at while the rules were made; those of `aside` were not.

A contribution is right when its letters and digits, those of its sub-items and of its conclusion, are those of the
gold, no more and no less. It is an invention when no contribution of the gold shares half of its words. Kind, theme
and number are compared on the contributions that are right.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "reading_corpus"


@dataclass
class Score:
    """Counts of contributions, summed over reports."""

    gold: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0
    kind: int = 0
    theme: int = 0
    number: int = 0
    split: int = 0
    unplaced: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Score) -> None:
        for name in ("gold", "found", "right", "invented", "kind", "theme", "number", "split", "unplaced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class Said:
    """A contribution, from either side, ready to be compared."""

    theme: str | None
    kind: str
    number: str | None
    text: str
    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        return _letters(" ".join((self.text, *self.parts)))

    @property
    def words(self) -> Counter[str]:
        return Counter(re.findall(r"\w+", " ".join((self.text, *self.parts)).casefold()))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _gold(entries: Iterable[dict[str, Any]]) -> list[Said]:
    """A conclusion is written beside what it concludes, or as an entry of its own (`true`)."""
    said: list[Said] = []
    for entry in entries:
        conclusion = entry["conclusion"]
        if conclusion is True and said:
            said[-1] = replace(said[-1], parts=(*said[-1].parts, entry["text"], *entry["children"]))
            continue
        number = None if entry["number"] is None else str(entry["number"])
        parts = (*entry["children"], *([conclusion] if isinstance(conclusion, str) and conclusion else []))
        said.append(Said(entry["theme"], entry["kind"], number, entry["text"], parts))
    return said


def _read(path: Path) -> tuple[list[Said], int]:
    """The contributions read, a conclusion on its own line joined to what it concludes, and what was placed nowhere."""
    from parvis.reading import read, unplaced

    report = read(path.read_bytes(), path.name)
    said: list[Said] = []
    for item in report.contributions:
        children = tuple(child.text for child in item.children)
        if item.conclusion and said:
            before = said[-1]
            said[-1] = replace(before, parts=(*before.parts, item.text, *children))
        else:
            said.append(Said(item.theme, item.kind, item.number, item.text, children))
    return said, len(unplaced(report))


def score(path: Path, gold: list[Said]) -> Score:
    """One report against its gold reading."""
    found, unplaced = _read(path)
    result = Score(gold=len(gold), found=len(found), unplaced=unplaced)
    waiting: dict[str, list[Said]] = defaultdict(list)
    for said in gold:
        waiting[said.whole].append(said)
    for said in found:
        if not waiting[said.whole]:
            if not any(_shared(said.words, other.words) >= 0.5 for other in gold):
                result.invented += 1
                result.faults.append(f"INVENTÉ   {said.text}")
            else:
                result.faults.append(f"de trop   {_shown(said)}")
            continue
        other = waiting[said.whole].pop(0)
        result.right += 1
        for name, mine, theirs in (
            ("kind", said.kind, other.kind),
            ("theme", _letters(said.theme or ""), _letters(other.theme or "")),
            ("number", said.number, other.number),
            ("split", _letters(said.text), _letters(other.text)),
        ):
            if mine != theirs:
                setattr(result, name, getattr(result, name) + 1)
                result.faults.append(f"{name:9} {mine!r} au lieu de {theirs!r} : {said.text[:60]}")
    result.faults.extend(f"manque    {_shown(said)}" for left in waiting.values() for said in left)
    return result


def _shown(said: Said) -> str:
    return " ¶ ".join((said.text, *said.parts))


def _shared(mine: Counter[str], theirs: Counter[str]) -> float:
    return (mine & theirs).total() / max(1, mine.total())


def reports(half: str) -> list[tuple[Path, str, list[Said]]]:
    """The reports of a half, each with its shape and its gold reading."""
    out = []
    for gold in sorted((CORPUS / half).glob("*.gold.json")):
        told = json.loads(gold.read_text(encoding="utf-8"))
        stem = gold.name.removesuffix(".gold.json")
        path = next(file for file in gold.parent.glob(f"{stem}.*") if file != gold)
        out.append((path, told["shape"], _gold(told["contributions"])))
    return out


HEAD = (
    f"{'':34}{'or':>5}{'lues':>6}{'préc.':>7}{'rappel':>7}{'F1':>7}"
    f"{'inv.':>6}{'type':>6}{'thème':>6}{'n°':>4}{'coupe':>6}{'perdu':>6}"
)


def row(name: str, score: Score) -> str:
    return (
        f"{name[:33]:34}{score.gold:>5}{score.found:>6}{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}"
        f"{score.invented:>6}{score.kind:>6}{score.theme:>6}{score.number:>4}{score.split:>6}{score.unplaced:>6}"
    )


def main(half: str, *, faults: bool) -> None:
    total, formats = Score(), defaultdict[str, Score](Score)
    print(f"{half}\n{HEAD}")
    for path, shape, gold in reports(half):
        one = score(path, gold)
        total.add(one)
        formats[path.suffix[1:]].add(one)
        print(f"{row(path.name, one)}  {shape}")
        if faults:
            print("".join(f"    {fault}\n" for fault in one.faults), end="")
    for name, summed in formats.items():
        print(row(name, summed))
    print(row("ensemble", total))


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if not word.startswith("-")] or ["seen", "aside"]
    for half in asked:
        main(half, faults="--faults" in sys.argv)
