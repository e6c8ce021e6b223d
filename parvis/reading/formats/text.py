"""Plain text: lines, their indent, the empty lines between them, pages parted by form feeds, underlined titles."""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.formats.typed_tables import split_tabs
from parvis.reading.runs import Run, SourceRuns

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_RULE: Final = re.compile(r"[=\-_*~#·•—–\s]+")


def split_lines(text: str) -> list[str]:
    """The lines of `text` as an editor numbers them; a final line end opens no line."""
    lines = _LINE_END.split(text)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def indent_of(line: str) -> int:
    """Width of the white space that opens a line, a tab counting four."""
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank) + 3 * blank.count("\t")


def is_rule(text: str) -> bool:
    """A drawn line: three signs or more, and nothing else."""
    return len(text) >= 3 and _RULE.fullmatch(text) is not None


def to_runs(text: str) -> SourceRuns:
    """The runs of a plain text."""
    lines = split_lines(text)
    table = split_tabs(lines)
    runs: list[Run] = []
    page, blank = 1, False
    for index, line in enumerate(lines):
        page += line.count("\f")
        content = line.strip()
        if not content:
            blank = True
            continue
        if index in table:
            runs.extend(table[index])
            blank = False
            continue
        rule = is_rule(content)
        if rule and runs and not blank and _underlines(content, runs[-1]):
            runs[-1] = _raise(runs[-1], 1 if content[0] == "=" else 2)
        runs.append(
            Run(
                number=index + 1,
                column=len(line) - len(line.lstrip()) + 1,
                text=content,
                indent=indent_of(line),
                after_blank=blank,
                page=page,
                fixed="furniture" if rule else "",
            )
        )
        blank = False
    return SourceRuns("txt", tuple(lines), tuple(runs))


def _underlines(rule: str, run: Run) -> bool:
    return rule[0] in "=-" and len(set(rule)) == 1 and not run.fixed and len(run.text) <= 100


def _raise(run: Run, level: int) -> Run:
    return Run(run.number, run.column, run.text, run.indent, run.after_blank, heading=level, page=run.page)
