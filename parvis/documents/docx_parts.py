"""What a paper for Word is written with: words, pictures, tables, lines to write on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from parvis.documents.paper import Image
from parvis.documents.paper_pdf import drawn_png
from parvis.documents.text import clean, one_line

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

INK: Final = "1C2B33"
MUTED: Final = "52616A"
LINE: Final = "B9B2A3"


def write(line: Paragraph, text: str, *, size: float = 11, bold: bool = False, colour: str = INK) -> None:
    """The cleaned text; its breaks are breaks of Word."""
    from docx.shared import Pt, RGBColor

    for rank, line_text in enumerate(clean(text).split("\n")):
        if rank:
            line.add_run().add_break()
        run = line.add_run(line_text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour)


def picture(
    line: Paragraph,
    image: Image,
    width_cm: float,
    *,
    height_cm: float | None = None,
    most_cm: float | None = None,
) -> None:
    """As wide as asked, or as high when `height_cm` is given; never higher than `most_cm`."""
    data = drawn_png(image, 12) if image.format == "svg" else image.data
    size = {"height": cm(height_cm)} if height_cm is not None else {"width": cm(width_cm)}
    shape = line.add_run().add_picture(io.BytesIO(data), **size)
    if most_cm is not None and shape.height > cm(most_cm):
        shape.width, shape.height = round(shape.width * cm(most_cm) / shape.height), cm(most_cm)
    shape._inline.docPr.set("descr", one_line(image.alt))


def tight(cell: _Cell) -> Paragraph:
    """The first paragraph of a cell, without the blank that would part it from another."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line: Paragraph = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    return line


def fix_widths(table: Table, widths: list[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = cm(width)
        for cell in column.cells:
            cell.width = cm(width)


def border(table: Table, colour: str) -> None:
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = element(f"w:{side}", val="single", sz="6", color=colour)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def repeat_head(table: Table) -> None:
    """The first row comes back on each page; no row is cut in two."""
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def ruled(line: Paragraph, rank: int) -> None:
    """A line to write on. Word joins neighbours of one width under a single border: each has its own."""
    from docx.shared import Pt

    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(12), Pt(0)
    line.paragraph_format.right_indent = cm(0.02 * rank)
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="4", space="1", color=LINE))
    line._p.get_or_add_pPr().append(borders)


def alignment(align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {"center": WD_ALIGN_PARAGRAPH.CENTER, "end": WD_ALIGN_PARAGRAPH.RIGHT}.get(align)


def element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def qn(name: str) -> str:
    from docx.oxml import ns

    return str(ns.qn(name))


def cm(length: float) -> Any:
    from docx.shared import Cm

    return Cm(length)


def start_page(first: Any) -> None:
    """Start a page with this element of the body. Word cannot ask it of a table: a line of nothing goes before."""
    if first.tag != qn("w:p"):
        blank = element("w:p")
        first.addprevious(blank)
        blank.get_or_add_pPr().append(element("w:spacing", before="0", after="0", line="20", lineRule="exact"))
        first = blank
    first.get_or_add_pPr().insert_element_before(
        element("w:pageBreakBefore"), *(f"w:{name}" for name in _AFTER_PAGE_BREAK)
    )


_AFTER_PAGE_BREAK: Final = ("pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr")
