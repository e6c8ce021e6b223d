"""What a person read in the sheets of a file, in the words that `bench.sheet_scores` compares.

`STEM.gold.json` is written in those words. `STEM.truth.json` was written by someone who knew nothing of the software:
`{"sheets": [{field: value}]}`, a value of several paragraphs being joined with line breaks. Three of its ways are not
those of a reading, and are brought to them here, so that only what was read is graded:
- `text` and `summary` are looked for paragraph by paragraph, without the sign before an item;
- a reading keeps goals and findings in the text, under their label, where a truth gives them in `other`: such a
  paragraph is looked for in the text when the text bears its label, in `other` when it does not;
- the lines of a field on one line are joined with commas, and those of `other` may bear a dash.
What a truth leaves empty is invented when it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from parvis.reading.sheet_files import ReadSheet

FILES: Final = (".docx", ".odt", ".xlsx", ".ods")
_LONG: Final = ("text", "summary")
_BULLET: Final = re.compile(r"^\s*[-–—•→*]\s+")


def gold_of(path: Path, read: Sequence[ReadSheet]) -> list[dict[str, Any]]:
    """What was to be read in each sheet of a file. `read` are the sheets as they were read."""
    gold = path.with_suffix(".gold.json")
    if gold.exists():
        return list(json.loads(gold.read_text(encoding="utf-8"))["sheets"])
    truths = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))["sheets"]
    return [_gold(truth, read[rank] if rank < len(read) else None) for rank, truth in enumerate(truths)]


def _gold(truth: dict[str, Any], sheet: ReadSheet | None) -> dict[str, Any]:
    gold: dict[str, Any] = {name: _joined(value) for name, value in truth.items() if name not in (*_LONG, "other")}
    gold.update({f"{name}_contains": _paragraphs(truth.get(name, "")) for name in _LONG})
    under = " ".join(_labels(sheet, "text")).casefold() if sheet is not None else ""
    gold["other"] = {}
    for label, value in truth.get("other", {}).items():
        if label.casefold() in under:
            gold["text_contains"] += _paragraphs(value)
        else:
            gold["other"][label] = _joined(value)
    return {**gold, "whole": True}


def _labels(sheet: ReadSheet, name: str) -> list[str]:
    return [piece.text for passage in sheet.passages if passage.name == name for piece in passage.label]


def _paragraphs(text: str) -> list[str]:
    return [_BULLET.sub("", part) for part in text.split("\n") if part.strip()]


def _joined(value: Any) -> Any:
    return ", ".join(_paragraphs(value)) if isinstance(value, str) else value


def unjoined(value: str) -> str:
    """A value of `other` as the lines of a truth are joined: on one line, without the dashes of its items."""
    return ", ".join(re.sub(r"^[–-] ", "", line).rstrip(" ,;") for line in value.split("\n"))
