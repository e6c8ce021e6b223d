"""A paper for Word, so that an agent changes a word, a line, a row before printing."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any, Final

from parvis.documents.docx_booklet import (
    LEVELS,
    Kept,
    add_choices,
    add_contents,
    add_facts,
    add_lines,
    mark_heading,
)
from parvis.documents.docx_file import add_field, set_language
from parvis.documents.docx_parts import (
    INK,
    LINE,
    MUTED,
    alignment,
    border,
    cm,
    fix_widths,
    picture,
    qn,
    repeat_head,
    ruled,
    start_page,
    tight,
    write,
)
from parvis.documents.paper import (
    HEAVY_PAPER,
    MARGIN_CM,
    Beside,
    Block,
    Cards,
    Choices,
    Contents,
    Facts,
    Figure,
    Fitted,
    Grid,
    Items,
    Lines,
    NewPage,
    Paper,
    Space,
    Together,
    Words,
)
from parvis.documents.paper_pdf import sign_png
from parvis.documents.text import one_line
from parvis.documents.wording import kind_colour
from parvis.documents.zips import repack
from parvis.sandbox import in_child

if TYPE_CHECKING:
    from docx.document import Document as Doc

_SIZES: Final = {
    "title": 26, "chapter": 21, "section": 16, "heading": 15, "lead": 13.5, "body": 11, "label": 11, "small": 9.5,
    "big": 24, "huge": 96, "code": 66,
}  # fmt: skip
_BOLD: Final = frozenset({"title", "chapter", "section", "heading", "label", "big", "huge", "code"})
_STYLES: Final = {"title": "Title", "heading": "Heading 1", "chapter": "Heading 1", "section": "Heading 2"}
_HEAD_CM: Final = 1.5
_CARD_LINES: Final = 3


@in_child(HEAVY_PAPER, seconds=60)
def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word file. Same paper, same bytes."""
    from docx import Document

    doc = Document()
    _set_page(doc, paper)
    body: Any = doc
    new_page = False
    for block in paper.blocks:
        before = len(doc.element.body) - 1  # the last element is the section
        if not isinstance(block, NewPage):
            _add(body, block, paper)
            if new_page:
                start_page(doc.element.body[before])
        new_page = isinstance(block, NewPage)
    out = io.BytesIO()
    doc.save(out)
    return repack(out.getvalue())


def _width_cm(paper: Paper) -> float:
    return paper.sides_cm[0] - 2 * MARGIN_CM


def _add(holder: Any, block: Block, paper: Paper) -> None:
    match block:
        case Words():
            _words(holder, block, paper)
        case Items():
            for point in block.points:
                line = holder.add_paragraph()
                line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = cm(0.8), cm(-0.8)
                line.paragraph_format.tab_stops.add_tab_stop(cm(0.8))
                write(line, f"{'☐' if block.box else '–'}\t{point}")
        case Grid():
            _grid(holder, block, paper)
        case Cards():
            _cards(holder, block, paper)
        case Contents():
            add_contents(holder, block, paper.blocks, _width_cm(paper))
        case Facts():
            add_facts(holder, block)
        case Choices():
            add_choices(holder, block, _width_cm(paper))
        case Lines():
            add_lines(holder, block)
        case Figure():
            line = holder.add_paragraph()
            line.alignment = alignment(block.align)
            picture(line, block.image, block.width_cm, most_cm=block.height_cm)
        case Fitted():
            for inner in block.blocks:
                _add(holder, inner, paper)
        case Together():
            kept = Kept(holder)
            for inner in block.blocks:
                _add(kept, inner, paper)
            kept.hold()
        case Beside():
            _beside(holder, block, paper)
        case Space():
            holder.add_paragraph().paragraph_format.space_after = cm(max(0.0, block.cm - 0.5))
        case NewPage():
            raise ValueError("a new page starts between blocks of the paper, not inside one")


def _words(holder: Any, block: Words, paper: Paper) -> None:
    line = holder.add_paragraph(style=_STYLES.get(block.style))
    line.alignment = alignment(block.align)
    if block.style in LEVELS:
        mark_heading(line)
    if block.kind:
        line.add_run().add_picture(io.BytesIO(sign_png(block.kind)), height=cm(0.045 * _SIZES[block.style]))
        line.add_run(" ")
    write(line, block.text, size=_SIZES[block.style] * paper.scale, bold=block.style in _BOLD,
           colour=kind_colour(block.kind) or (MUTED if block.style == "small" else INK))  # fmt: skip


def _grid(holder: Any, block: Grid, paper: Paper) -> None:
    table = holder.add_table(rows=1 + len(block.rows), cols=len(block.head))
    table.style = "Table Grid"
    fix_widths(table, [width * _width_cm(paper) / sum(block.widths) for width in block.widths])
    border(table, LINE)
    repeat_head(table)
    cells = [list(row.cells) for row in table.rows]
    for cell, label in zip(cells[0], block.head, strict=True):
        write(tight(cell), label, size=9.5 * paper.scale, bold=True)
    for row, values in zip(cells[1:], block.rows, strict=True):
        for cell, value in zip(row, values, strict=True):
            write(tight(cell), value, size=10.5 * paper.scale)
    if block.row_cm:
        for row in table.rows[1:]:
            row.height = cm(block.row_cm)


def _cards(holder: Any, block: Cards, paper: Paper) -> None:
    """A table to cut along its lines: Word has no rounded card."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE

    table = holder.add_table(rows=block.lines, cols=block.columns)
    table.style = "Table Grid"
    fix_widths(table, [_width_cm(paper) / block.columns] * block.columns)
    border(table, kind_colour(block.kind) or INK)
    free = paper.sides_cm[1] - 2 * MARGIN_CM - _HEAD_CM - 1.2
    for row in table.rows:
        row.height, row.height_rule = cm(free / block.lines), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in row.cells:
            head = cell.paragraphs[0]
            head.paragraph_format.space_before = cm(0.3)
            head.add_run().add_picture(io.BytesIO(sign_png(block.kind)), height=cm(0.55))
            write(head, f"  {block.label}", size=15, bold=True, colour=kind_colour(block.kind) or INK)
            write(cell.add_paragraph(), block.hint, size=9, colour=MUTED)
            for rank in range(_CARD_LINES):
                ruled(cell.add_paragraph(), rank)


def _beside(holder: Any, block: Beside, paper: Paper) -> None:
    table = holder.add_table(rows=1, cols=2)
    fix_widths(table, [_width_cm(paper) - block.right_cm, block.right_cm])
    for cell, blocks in zip(table.rows[0].cells, (block.left, block.right), strict=True):
        for inner in blocks:
            _add(cell, inner, paper)
        first = cell.paragraphs[0]
        if len(cell.paragraphs) > 1 and not first.runs:
            first._p.getparent().remove(first._p)


def _set_page(doc: Doc, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, RGBColor

    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (cm(side) for side in paper.sides_cm)
    section.left_margin = section.right_margin = section.bottom_margin = cm(MARGIN_CM)
    section.top_margin = cm(MARGIN_CM + _HEAD_CM)
    section.header_distance, section.footer_distance = cm(1.0), cm(0.8)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = doc.styles[name]
        style.font.name = "Calibri"
        style.paragraph_format.space_after = Pt(6)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
    borders = doc.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        doc.styles["Title"].element.pPr.remove(borders)
    set_language(doc, "fr")
    head = section.header.paragraphs[0]
    head.style = doc.styles["Normal"]
    if paper.logo is not None:
        picture(head, paper.logo, 0, height_cm=1.3)
        head.paragraph_format.tab_stops.add_tab_stop(cm(_width_cm(paper)), WD_TAB_ALIGNMENT.RIGHT)
        head.add_run("\t")
    write(head, one_line(paper.authority), size=9.5, bold=paper.logo is None, colour=MUTED)
    foot = section.footer.paragraphs[0]
    doc.styles["Footer"].font.size, doc.styles["Footer"].font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
    foot.add_run(one_line(paper.footer))
    if paper.numbered:
        foot.add_run(" · page " if paper.footer else "Page ")
        add_field(foot, "PAGE")
    stamp = datetime.datetime.combine(paper.made_on, datetime.time())
    properties = doc.core_properties
    properties.title, properties.author = one_line(paper.title)[:250], one_line(paper.authority)[:250]
    properties.comments, properties.last_modified_by, properties.language = "", "", "fr"
    properties.created = properties.modified = stamp
