"""The blocks of a booklet, for Word: contents, facts, boxes to tick, lines to write on, blocks kept together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from parvis.documents.docx_parts import MUTED, cm, element, fix_widths, qn, ruled, write
from parvis.documents.paper import Beside, Block, Choices, Contents, Facts, Fitted, Lines, Together, Words, in_columns
from parvis.documents.text import one_line

LEVELS: Final = {"chapter": 1, "section": 2}


class Kept:
    """A holder that remembers what it is given, so that no page parts it."""

    def __init__(self, holder: Any) -> None:
        self._holder, self._lines = holder, list[Any]()

    def add_paragraph(self, text: str = "", style: str | None = None) -> Any:
        self._lines.append(self._holder.add_paragraph(text, style))
        return self._lines[-1]

    def add_table(self, rows: int, cols: int) -> Any:
        table = self._holder.add_table(rows, cols)
        self._lines.append(table)
        return table

    def hold(self) -> None:
        """Tie each line to the next, the last one excepted."""
        for line in self._lines[:-1]:
            for paragraph in _paragraphs(line):
                paragraph.paragraph_format.keep_with_next = True


def _paragraphs(line: Any) -> Iterator[Any]:
    if hasattr(line, "paragraph_format"):
        yield line
        return
    for row in line.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))
        for cell in row.cells:
            yield from cell.paragraphs


def add_contents(holder: Any, block: Contents, blocks: Iterable[Block], width_cm: float) -> None:
    """The headings with links to them. Word counts the pages when the file is opened: it asks before."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    write(holder.add_paragraph(), block.title, size=15, bold=True)
    for rank, (level, title) in enumerate(_headings(blocks)):
        line = holder.add_paragraph()
        line.paragraph_format.left_indent = cm(0.8 * (level - 1))
        line.paragraph_format.space_after = cm(0.06)
        line.paragraph_format.keep_with_next = level == 1
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(cm(width_cm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        write(line, one_line(title), bold=level == 1)
        line.add_run("\t")
        _page_of(line, _bookmark(rank))


def mark_heading(line: Any) -> None:
    """What the contents point at."""
    rank = len(line.part.element.xpath("//w:bookmarkStart"))
    line._p.insert(1, element("w:bookmarkStart", id=str(rank + 1), name=_bookmark(rank)))
    line._p.append(element("w:bookmarkEnd", id=str(rank + 1)))


def add_facts(holder: Any, block: Facts) -> None:
    for label, value in block.lines:
        line = holder.add_paragraph()
        line.paragraph_format.space_after = cm(0.1)
        write(line, f"{one_line(label)} : ", bold=True)
        write(line, value)


def add_choices(holder: Any, block: Choices, width_cm: float) -> None:
    """One row: each column is a cell."""
    columns = in_columns(block.options, block.columns)
    table = holder.add_table(rows=1, cols=len(columns))
    fix_widths(table, [width_cm / len(columns)] * len(columns))
    for cell, options in zip(table.rows[0].cells, columns, strict=True):
        for rank, option in enumerate(options):
            line = cell.add_paragraph() if rank else cell.paragraphs[0]
            line.paragraph_format.space_after = cm(0.06)
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = cm(0.7), cm(-0.7)
            line.paragraph_format.tab_stops.add_tab_stop(cm(0.7))
            write(line, f"☐\t{option}")


def add_lines(holder: Any, block: Lines) -> None:
    write(holder.add_paragraph(), block.label, size=9.5, colour=MUTED)
    for rank in range(block.count):
        ruled(holder.add_paragraph(), rank)
    holder.add_paragraph().paragraph_format.space_after = cm(0)


def _headings(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Level and title, in the order in which they are written."""
    for block in blocks:
        match block:
            case Words():
                if block.style in LEVELS:
                    yield LEVELS[block.style], block.text
            case Fitted() | Together():
                yield from _headings(block.blocks)
            case Beside():
                yield from _headings((*block.left, *block.right))


def _bookmark(rank: int) -> str:
    return f"partie{rank}"


def _page_of(line: Any, bookmark: str) -> None:
    """A field that Word counts again at opening: `dirty`. Empty until then, rather than a false number."""
    for kind in ("begin", "instr", "separate", "end"):
        run = line.add_run()
        if kind == "instr":
            instruction = element("w:instrText")
            instruction.text = f" PAGEREF {bookmark} \\h "
            run._r.append(instruction)
        else:
            mark = element("w:fldChar", fldCharType=kind)
            if kind == "begin":
                mark.set(qn("w:dirty"), "true")
            run._r.append(mark)
