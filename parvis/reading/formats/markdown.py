"""Markdown: plain text plus front matter, headings, anchors, emphasis, quotes, raw HTML and tables.

The signs of the format are furniture; links and emphasis inside a sentence stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parvis.reading.formats.text import indent_of, is_rule, split_lines
from parvis.reading.formats.typed_tables import split_bars
from parvis.reading.runs import Fixed, Run, SourceRuns

_HEADING: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_KEY: Final = re.compile(r"#?\s*[\w-]{1,40}:(\s|$)")
_TITLE: Final = re.compile(r"""title:\s*(["']?)(?=\S)""")
_ATTRIBUTES: Final = re.compile(r"\{:?[^{}]{0,200}\}")
_OPENED: Final = re.compile(r"<(script|style|iframe|template)\b", re.IGNORECASE)
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)[^*_]{1,200}(\*\*|__)\s*:?")


def looks_like_markdown(lines: list[str]) -> bool:
    """Text whose headings or bold lines are written in Markdown, whatever its name says."""
    sample = [line.strip() for line in lines[:2000]]
    headings = sum(_HEADING.match(line) is not None for line in sample)
    return headings >= 2 or sum(_BOLD.fullmatch(line) is not None for line in sample) >= 2


def to_runs(text: str) -> SourceRuns:
    """The runs of a Markdown text."""
    lines = split_lines(text)
    table = split_bars(lines)
    front = _front_matter(lines)
    runs: list[Run] = []
    title: str | None = None
    blank, closing, dropped = False, "", False
    for index, line in enumerate(lines):
        content = line.strip()
        if not content:
            blank = True
            continue
        if index in front:
            named = _front_title(index, line)
            title = title or next((run.text for run in named if run.fixed == "title"), None)
            runs.extend(named)
        elif closing or _OPENED.match(content):
            dropped = True
            opened = _OPENED.match(content)
            closing = closing or f"</{opened.group(1).lower() if opened else ''}>"
            runs.append(_run(index, line, 0, len(line), fixed="furniture"))
            if closing in content.lower():
                closing = ""
        elif index in table:
            runs.extend(table[index])
        else:
            runs.extend(_line(index, line, blank))
            _underline(runs)
        blank = False
    warnings = ("Le fichier contenait du code (script ou style) : il a été mis de côté.",) if dropped else ()
    return SourceRuns("md", tuple(lines), tuple(runs), title, warnings)


def _front_matter(lines: list[str]) -> range:
    """The lines of the front matter, its rules included; only comments may come before it."""
    start = 0
    while start < len(lines) and (not lines[start].strip() or lines[start].startswith("# ")):
        start += 1
    if start >= min(len(lines), 6) or lines[start].strip() != "---":
        return range(0)
    keyed = False
    for index in range(start + 1, min(len(lines), start + 200)):
        line = lines[index]
        if line.strip() in ("---", "..."):
            return range(start, index + 1) if keyed else range(0)
        keyed = keyed or _KEY.match(line) is not None
        if not (not line.strip() or line[0] in " \t#-" or _KEY.match(line)):
            break
    return range(0)


def _front_title(index: int, line: str) -> list[Run]:
    match = _TITLE.match(line)
    if match is None:
        return [_run(index, line, 0, len(line), fixed="furniture")]
    end = len(line.rstrip())
    quote = match.group(1)
    if quote and line[:end].endswith(quote) and end - 1 > match.end():
        end -= 1
    pieces = [
        _run(index, line, 0, match.end(), fixed="furniture"),
        _run(index, line, match.end(), end, fixed="title"),
        _run(index, line, end, len(line), fixed="furniture"),
    ]
    return [piece for piece in pieces if piece.text]


def _line(index: int, line: str, blank: bool) -> Iterator[Run]:
    content = line.strip()
    if is_rule(content) or _ATTRIBUTES.fullmatch(content):
        yield _run(index, line, 0, len(line), fixed="furniture", after_blank=blank)
        return
    start = len(line) - len(line.lstrip())
    heading = _HEADING.match(line, start)
    level = len(heading.group(1)) if heading else 0
    body = heading.end() if heading else start
    while (tag := _TAG.match(line, body)) is not None:
        body = tag.end()
    end = len(line.rstrip())
    bare = line[body:end].rstrip("#")
    if heading and bare.endswith(" "):
        end = body + len(bare.rstrip())
    while (before := _before_tag(line, body, end)) is not None:
        end = before
    if body > start:
        yield _run(index, line, start, body, fixed="furniture", after_blank=blank)
    if line[body:end].strip():
        yield _run(
            index,
            line,
            body,
            end,
            indent=indent_of(line),
            after_blank=blank,
            heading=level,
            bold=_BOLD.fullmatch(content) is not None,
            fixed="prose" if content.startswith(">") and not heading else "",
        )
    if line[end:].strip():
        yield _run(index, line, end, len(line), fixed="furniture")


def _before_tag(line: str, body: int, end: int) -> int | None:
    """Where the text ends before the tag that closes the line, if one does."""
    if end <= body or line[end - 1] != ">":
        return None
    opening = line.rfind("<", max(body, end - 300), end)
    if opening < 0 or _TAG.fullmatch(line, opening, end) is None:
        return None
    return len(line[:opening].rstrip()) if opening > body else opening


def _underline(runs: list[Run]) -> None:
    """A title underlined by = or - is a heading."""
    if len(runs) < 2 or runs[-1].after_blank or runs[-1].number != runs[-2].number + 1:
        return
    rule, above = runs[-1].text, runs[-2]
    if rule[0] in "=-" and len(rule) >= 3 and len(set(rule)) == 1 and not above.fixed and not above.heading:
        level = 1 if rule[0] == "=" else 2
        runs[-2] = Run(
            above.number, above.column, above.text, above.indent, above.after_blank, heading=level, bold=above.bold
        )


def _run(
    index: int,
    line: str,
    start: int,
    end: int,
    *,
    indent: int = 0,
    after_blank: bool = False,
    heading: int = 0,
    bold: bool = False,
    fixed: Fixed = "",
) -> Run:
    text = line[start:end]
    column = start + len(text) - len(text.lstrip()) + 1
    return Run(
        index + 1,
        column,
        text.strip(),
        indent=indent,
        after_blank=after_blank,
        heading=heading,
        bold=bold,
        fixed=fixed,
    )
