"""A paper of a room for Word, so that an agent changes a word, a line, a row before printing."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any, Final

from parvis.documents.docx_file import KIND_COLOURS, add_field, set_language
from parvis.documents.paper import (
    MARGIN_CM,
    Beside,
    Block,
    Cards,
    Figure,
    Grid,
    Image,
    Items,
    NewPage,
    Paper,
    Space,
    Words,
)
from parvis.documents.paper_pdf import drawn_png, sign_png
from parvis.documents.text import clean, one_line
from parvis.documents.zips import repack

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    Holder = Doc | _Cell

_INK, _MUTED, _LINE = "1C2B33", "52616A", "B9B2A3"
_SIZES: Final = {"title": 26, "heading": 15, "lead": 13.5, "body": 11, "small": 9.5, "big": 24, "huge": 96, "code": 66}
_BOLD: Final = frozenset({"title", "heading", "big", "huge", "code"})
_HEAD_CM: Final = 1.5
_CARD_LINES: Final = 3


def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word file. Same paper, same bytes."""
    from docx import Document

    doc = Document()
    _set_page(doc, paper)
    body: Any = doc
    for block in paper.blocks:
        _add(body, block, paper)
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
                line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = _cm(0.8), _cm(-0.8)
                line.paragraph_format.tab_stops.add_tab_stop(_cm(0.8))
                _write(line, f"{'☐' if block.box else '–'}\t{point}")
        case Grid():
            _grid(holder, block, paper)
        case Cards():
            _cards(holder, block, paper)
        case Figure():
            line = holder.add_paragraph()
            line.alignment = _alignment(block.align)
            _picture(line, block.image, block.width_cm)
        case Beside():
            _beside(holder, block, paper)
        case Space():
            holder.add_paragraph().paragraph_format.space_after = _cm(max(0.0, block.cm - 0.5))
        case NewPage():
            from docx.enum.text import WD_BREAK

            holder.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _words(holder: Any, block: Words, paper: Paper) -> None:
    style = {"title": "Title", "heading": "Heading 1"}.get(block.style)
    line = holder.add_paragraph(style=style)
    line.alignment = _alignment(block.align)
    _write(line, block.text, size=_SIZES[block.style] * paper.scale, bold=block.style in _BOLD,
           colour=KIND_COLOURS.get(block.kind, _MUTED if block.style == "small" else _INK))  # fmt: skip


def _write(line: Paragraph, text: str, *, size: float = 11, bold: bool = False, colour: str = _INK) -> None:
    """The cleaned text; its breaks are breaks of Word."""
    from docx.shared import Pt, RGBColor

    for rank, words in enumerate(clean(text).split("\n")):
        if rank:
            line.add_run().add_break()
        run = line.add_run(words)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour)


def _picture(line: Paragraph, image: Image, width_cm: float, *, height_cm: float | None = None) -> None:
    data = drawn_png(image, 12) if image.format == "svg" else image.data
    size = {"height": _cm(height_cm)} if height_cm is not None else {"width": _cm(width_cm)}
    shape = line.add_run().add_picture(io.BytesIO(data), **size)
    shape._inline.docPr.set("descr", one_line(image.alt))


def _grid(holder: Any, block: Grid, paper: Paper) -> None:
    table = holder.add_table(rows=1 + len(block.rows), cols=len(block.head))
    table.style = "Table Grid"
    _fix_widths(table, [each * _width_cm(paper) / sum(block.widths) for each in block.widths])
    _border(table, _LINE)
    _repeat_head(table)
    cells = [list(row.cells) for row in table.rows]
    for cell, label in zip(cells[0], block.head, strict=True):
        _write(_tight(cell), label, size=9.5 * paper.scale, bold=True)
    for row, values in zip(cells[1:], block.rows, strict=True):
        for cell, value in zip(row, values, strict=True):
            _write(_tight(cell), value, size=10.5 * paper.scale)
    if block.row_cm:
        for row in table.rows[1:]:
            row.height = _cm(block.row_cm)


def _tight(cell: _Cell) -> Paragraph:
    """The first paragraph of a cell, without the blank that would part it from another."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line: Paragraph = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    return line


def _cards(holder: Any, block: Cards, paper: Paper) -> None:
    """A table to cut along its lines: Word has no rounded card."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE

    table = holder.add_table(rows=block.lines, cols=block.columns)
    table.style = "Table Grid"
    _fix_widths(table, [_width_cm(paper) / block.columns] * block.columns)
    _border(table, KIND_COLOURS.get(block.kind, _INK))
    free = paper.sides_cm[1] - 2 * MARGIN_CM - _HEAD_CM - 1.2
    for row in table.rows:
        row.height, row.height_rule = _cm(free / block.lines), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in row.cells:
            head = cell.paragraphs[0]
            head.paragraph_format.space_before = _cm(0.3)
            head.add_run().add_picture(io.BytesIO(sign_png(block.kind)), height=_cm(0.55))
            _write(head, f"  {block.label}", size=15, bold=True, colour=KIND_COLOURS.get(block.kind, _INK))
            _write(cell.add_paragraph(), block.hint, size=9, colour=_MUTED)
            for rank in range(_CARD_LINES):
                _ruled(cell.add_paragraph(), rank)


def _beside(holder: Any, block: Beside, paper: Paper) -> None:
    table = holder.add_table(rows=1, cols=2)
    _fix_widths(table, [_width_cm(paper) - block.right_cm, block.right_cm])
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
    section.page_width, section.page_height = (_cm(side) for side in paper.sides_cm)
    section.left_margin = section.right_margin = section.bottom_margin = _cm(MARGIN_CM)
    section.top_margin = _cm(MARGIN_CM + _HEAD_CM)
    section.header_distance, section.footer_distance = _cm(1.0), _cm(0.8)
    for name in ("Normal", "Title", "Heading 1"):
        style = doc.styles[name]
        style.font.name = "Calibri"
        style.paragraph_format.space_after = Pt(6)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
    borders = doc.styles["Title"].element.pPr.find(_qn("w:pBdr"))
    if borders is not None:
        doc.styles["Title"].element.pPr.remove(borders)
    set_language(doc, "fr")
    head = section.header.paragraphs[0]
    head.style = doc.styles["Normal"]
    if paper.logo is not None:
        _picture(head, paper.logo, 0, height_cm=1.3)
        head.paragraph_format.tab_stops.add_tab_stop(_cm(_width_cm(paper)), WD_TAB_ALIGNMENT.RIGHT)
        head.add_run("\t")
    _write(head, one_line(paper.authority), size=9.5, bold=paper.logo is None, colour=_MUTED)
    foot = section.footer.paragraphs[0]
    doc.styles["Footer"].font.size, doc.styles["Footer"].font.color.rgb = Pt(8.5), RGBColor.from_string(_MUTED)
    foot.add_run(f"{one_line(paper.footer)} · page " if paper.footer else "Page ")
    add_field(foot, "PAGE")
    stamp = datetime.datetime.combine(paper.made_on, datetime.time())
    properties = doc.core_properties
    properties.title, properties.author = one_line(paper.title)[:250], one_line(paper.authority)[:250]
    properties.comments, properties.last_modified_by, properties.language = "", "", "fr"
    properties.created = properties.modified = stamp


def _fix_widths(table: Table, widths: list[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = _cm(width)
        for cell in column.cells:
            cell.width = _cm(width)


def _border(table: Table, colour: str) -> None:
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _element(f"w:{side}", val="single", sz="6", color=colour)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat_head(table: Table) -> None:
    """The first row comes back on each page; no row is cut in two."""
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def _ruled(line: Paragraph, rank: int) -> None:
    """A line to write on. Word joins neighbours of one width under a single border: each has its own."""
    from docx.shared import Pt

    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(12), Pt(0)
    line.paragraph_format.right_indent = _cm(0.02 * rank)
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="4", space="1", color=_LINE))
    line._p.get_or_add_pPr().append(borders)


def _alignment(align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {"center": WD_ALIGN_PARAGRAPH.CENTER, "end": WD_ALIGN_PARAGRAPH.RIGHT}.get(align)


def _element(name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(_qn(f"w:{key}"), value)
    return made


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _cm(length: float) -> Any:
    from docx.shared import Cm

    return Cm(length)
