"""A report for Word, made of real styles: an agent restyles or reworks it as any text of hers.

Numbers are words, not automatic ones: a report keeps the numbers it was published with.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Final

from parvis.documents.report import DRAFT_TEXT, Report, ReportItem
from parvis.documents.text import clean, edition_facts, edition_name, one_line, web_address
from parvis.documents.wording import (
    TOLD_ABOVE,
    TOLD_BELOW,
    eyebrow,
    item_label,
    kind_colour,
    previous_editions,
    with_dots,
)
from parvis.documents.zips import repack
from parvis.french.kinds import NO_THEME

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.text.paragraph import Paragraph

_INK, _MUTED, _ACCENT = "1C2B33", "52616A", "0E5A63"
_BODY: Final = "Calibri"


def report_docx(report: Report) -> bytes:
    """The report as a Word file. Same report, same bytes."""
    from docx import Document

    doc = Document()
    _set_styles(doc, report.language)
    _set_properties(doc, report)
    _set_furniture(doc, report)
    _write(doc, report)
    out = io.BytesIO()
    doc.save(out)
    return repack(out.getvalue())


def _write(doc: Doc, report: Report) -> None:
    if report.draft:
        doc.add_paragraph(DRAFT_TEXT, style="Avertissement")
    if eyebrow(report):
        doc.add_paragraph(eyebrow(report), style="Repère")
    doc.add_paragraph(one_line(report.title) or "Compte-rendu", style="Title")
    facts = edition_facts(report)
    for label, value in facts:
        if label in TOLD_ABOVE:
            doc.add_paragraph(f"{label} : {value}", style="Repère")
    for paragraph in report.introduction:
        _lines(doc.add_paragraph(), paragraph.text)
    for theme in report.themes:
        doc.add_heading(one_line(theme.name) or NO_THEME, level=1)
        for kind in theme.kinds:
            heading = doc.add_heading(one_line(kind.label), level=2)
            _colour(heading, kind_colour(kind.kind) or _INK)
            for family in kind.families:
                if family.heading:
                    doc.add_heading(one_line(family.heading), level=3)
                for item in family.items:
                    _item(doc, item)
    doc.add_heading("Cette édition", level=1)
    for label, value in facts:
        if label in TOLD_BELOW:
            line = doc.add_paragraph(f"{label} : ", style="Repère")
            address = web_address(value)
            if address:
                _link(line, address)
            else:
                line.add_run(value)
    for words in previous_editions(report):
        doc.add_paragraph(words, style="Repère")


def _item(doc: Doc, item: ReportItem) -> None:
    paragraph = doc.add_paragraph(style="Contribution")
    paragraph.add_run(f"{item_label(item)}\t")
    start = len(paragraph.runs)
    _lines(paragraph, with_dots(item))
    for run in paragraph.runs[start:]:
        run.bold, run.italic = item.concludes or None, item.hidden or None
    for child in item.details:
        line = doc.add_paragraph(style="Précision")
        line.add_run("–\t")
        _lines(line, child)


def _lines(paragraph: Paragraph, text: str) -> None:
    """The cleaned text; its breaks are breaks of Word."""
    for rank, line in enumerate(clean(text).split("\n")):
        run = paragraph.add_run()
        if rank:
            run.add_break()
        run.add_text(line)


def _colour(paragraph: Paragraph, colour: str) -> None:
    from docx.shared import RGBColor

    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(colour)


def _link(paragraph: Paragraph, address: str) -> None:
    """A link that can be followed."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(address)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _set_styles(doc: Doc, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    sizes = {"Normal": 11, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
    for name, size in sizes.items():
        style = doc.styles[name]
        style.font.name, style.font.size = _BODY, Pt(size)
        style.font.color.rgb = RGBColor.from_string(_INK)
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    doc.styles["Normal"].paragraph_format.space_after = Pt(6)
    borders = doc.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        doc.styles["Title"].element.pPr.remove(borders)
    for name, left, hang in (("Contribution", 1.0, 1.0), ("Précision", 1.8, 0.6), ("Repère", 0.0, 0.0),
                             ("Avertissement", 0.0, 0.0)):  # fmt: skip
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = doc.styles["Normal"]
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(left), Cm(-hang)
        if hang:
            style.paragraph_format.tab_stops.add_tab_stop(Cm(left))
        style.paragraph_format.space_after = Pt(4)
    doc.styles["Repère"].font.color.rgb = RGBColor.from_string(_MUTED)
    doc.styles["Avertissement"].font.bold = True
    set_language(doc, language)


def set_language(doc: Doc, language: str) -> None:
    """What language the words are in, for who reads them aloud."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), f"{language}-FR" if language == "fr" else language)
    properties = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for former in properties.findall(qn("w:lang")):
        properties.remove(former)
    properties.append(tongue)


def _set_properties(doc: Doc, report: Report) -> None:
    stamp = datetime.datetime.combine(report.published_on, datetime.time())
    properties = doc.core_properties
    properties.title, properties.author = one_line(report.title)[:250], one_line(report.authority)[:250]
    properties.subject, properties.comments = one_line(report.consultation)[:250], ""
    properties.language, properties.last_modified_by = report.language, ""
    properties.created = properties.modified = stamp
    properties.revision = max(1, report.number)


def _set_furniture(doc: Doc, report: Report) -> None:
    from docx.shared import Cm

    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.header.paragraphs[0].text = f"{one_line(report.title)} · {edition_name(report)}"
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    add_field(footer, "PAGE")
    footer.add_run(" sur ")
    add_field(footer, "NUMPAGES")
    if report.authority:
        footer.add_run(f" · {one_line(report.authority)}")


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """What Word counts by itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
