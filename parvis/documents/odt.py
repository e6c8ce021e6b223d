"""A report for LibreOffice, made of real text styles. Numbers are words: a report keeps those it was published with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parvis.documents.opendocument import add, meta, package, part, write_text
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
from parvis.french.kinds import KINDS, NO_THEME

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_INK, _MUTED = "#1C2B33", "#52616A"
# name: (parent, paragraph properties, text properties)
_STYLES: Final[dict[str, tuple[str, dict[str, str], dict[str, str]]]] = {
    "Text_20_body": ("Standard", {"fo:margin-bottom": "0.2cm", "fo:line-height": "125%"}, {}),
    "Title": ("Standard", {"fo:margin-bottom": "0.3cm"}, {"fo:font-size": "24pt", "fo:font-weight": "bold"}),
    "Heading_20_1": (
        "Standard",
        {"fo:margin-top": "0.8cm", "fo:margin-bottom": "0.3cm", "fo:keep-with-next": "always"},
        {"fo:font-size": "16pt", "fo:font-weight": "bold"},
    ),
    "Heading_20_2": (
        "Standard",
        {"fo:margin-top": "0.5cm", "fo:margin-bottom": "0.2cm", "fo:keep-with-next": "always"},
        {"fo:font-size": "13pt", "fo:font-weight": "bold"},
    ),
    "Heading_20_3": (
        "Standard",
        {"fo:margin-top": "0.35cm", "fo:margin-bottom": "0.15cm", "fo:keep-with-next": "always"},
        {"fo:font-size": "11pt", "fo:font-weight": "bold"},
    ),
    "Contribution": ("Text_20_body", {"fo:margin-left": "1cm", "fo:text-indent": "-1cm"}, {}),
    "Précision": ("Text_20_body", {"fo:margin-left": "1.8cm", "fo:text-indent": "-0.6cm"}, {}),
    "Repère": ("Text_20_body", {"fo:margin-bottom": "0.1cm"}, {"fo:color": _MUTED}),
    "Avertissement": ("Text_20_body", {"fo:background-color": "#FDF3D9"}, {"fo:font-weight": "bold"}),
    "Header": ("Standard", {}, {"fo:font-size": "9pt", "fo:color": _MUTED}),
    "Footer": ("Standard", {}, {"fo:font-size": "9pt", "fo:color": _MUTED}),
}
_SHOWN_NAMES: Final = {"Text_20_body": "Text body", "Heading_20_1": "Heading 1", "Heading_20_2": "Heading 2",
                     "Heading_20_3": "Heading 3"}  # fmt: skip


def report_odt(report: Report) -> bytes:
    """The report as an OpenDocument text. Same report, same bytes."""
    content = part("document-content")
    automatic = add(content, "office:automatic-styles")
    for name, (family, letters) in _automatic_styles().items():
        style = add(automatic, "style:style", {"style:name": name, **family})
        add(style, "style:text-properties", letters)
    body = add(add(content, "office:body"), "office:text")
    _write(body, report)
    properties = meta(
        title=one_line(report.title), author=one_line(report.authority), subject=one_line(report.consultation),
        language=report.language, made_on=report.published_on,
    )  # fmt: skip
    return package("text", content, _styles(report), properties)


def _write(body: Element, report: Report) -> None:
    if report.draft:
        _paragraph(body, "Avertissement", DRAFT_TEXT)
    if eyebrow(report):
        _paragraph(body, "Repère", eyebrow(report))
    _paragraph(body, "Title", one_line(report.title) or "Compte-rendu")
    facts = edition_facts(report)
    for label, value in facts:
        if label in TOLD_ABOVE:
            _paragraph(body, "Repère", f"{label} : {value}")
    for paragraph in report.introduction:
        _paragraph(body, "Text_20_body", clean(paragraph.text))
    for theme in report.themes:
        _heading(body, 1, "Heading_20_1", one_line(theme.name) or NO_THEME)
        for kind in theme.kinds:
            style = f"kind-{kind.kind}" if kind_colour(kind.kind) else "Heading_20_2"
            _heading(body, 2, style, one_line(kind.label))
            for family in kind.families:
                if family.heading:
                    _heading(body, 3, "Heading_20_3", one_line(family.heading))
                for item in family.items:
                    _item(body, item)
    _heading(body, 1, "Heading_20_1", "Cette édition")
    for label, value in facts:
        if label in TOLD_BELOW:
            line = _paragraph(body, "Repère", f"{label} : ")
            address = web_address(value)
            if address:
                add(line, "text:a", {"xlink:type": "simple", "xlink:href": address}, address)
            else:
                write_text(line, value)
    for words in previous_editions(report):
        _paragraph(body, "Repère", words)


def _item(body: Element, item: ReportItem) -> None:
    line = _paragraph(body, "Contribution", f"{item_label(item)}\t")
    style = "hidden" if item.hidden else "conclusion" if item.concludes else ""
    if style:
        add(line, "text:span", {"text:style-name": style}, clean(with_dots(item)))
    else:
        write_text(line, clean(with_dots(item)))
    for child in item.details:
        _paragraph(body, "Précision", f"–\t{clean(child)}")


def _paragraph(body: Element, style: str, text: str) -> Element:
    return add(body, "text:p", {"text:style-name": style}, text)


def _heading(body: Element, level: int, style: str, text: str) -> None:
    add(body, "text:h", {"text:style-name": style, "text:outline-level": str(level)}, text)


def _automatic_styles() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """The looks of a few words, and the colour of the heading of each kind."""
    family = {"style:family": "text"}
    looks: dict[str, tuple[dict[str, str], dict[str, str]]] = {
        "hidden": (family, {"fo:font-style": "italic"}),
        "conclusion": (family, {"fo:font-weight": "bold"}),
    }
    for kind, words in KINDS.items():
        if words.colour:
            heading = {"style:family": "paragraph", "style:parent-style-name": "Heading_20_2"}
            looks[f"kind-{kind}"] = (heading, {"fo:color": f"#{words.colour}"})
    return looks


def _styles(report: Report) -> Element:
    root = part("document-styles")
    styles = add(root, "office:styles")
    default = add(styles, "style:default-style", {"style:family": "paragraph"})
    add(default, "style:text-properties", {
        "fo:language": report.language, "fo:country": "FR" if report.language == "fr" else "none",
        "fo:font-size": "11pt", "fo:color": _INK, "fo:font-family": "Carlito, Calibri, 'Liberation Sans'",
    })  # fmt: skip
    add(styles, "style:style", {"style:name": "Standard", "style:family": "paragraph"})
    for name, (parent, paragraph, letters) in _STYLES.items():
        style = add(styles, "style:style", {
            "style:name": name, "style:display-name": _SHOWN_NAMES.get(name, name), "style:family": "paragraph",
            "style:parent-style-name": parent,
        })  # fmt: skip
        if name.startswith("Heading"):
            style.set("style:default-outline-level", name[-1])
        box = add(style, "style:paragraph-properties", paragraph)
        if "fo:text-indent" in paragraph:
            stops = add(box, "style:tab-stops")
            add(stops, "style:tab-stop", {"style:position": paragraph["fo:text-indent"].lstrip("-")})
        add(style, "style:text-properties", letters)
    layout = add(add(root, "office:automatic-styles"), "style:page-layout", {"style:name": "a4"})
    page = {"fo:page-width": "21cm", "fo:page-height": "29.7cm", "fo:margin": "2.2cm"}
    add(layout, "style:page-layout-properties", page)
    for name in ("header", "footer"):
        add(add(layout, f"style:{name}-style"), "style:header-footer-properties", {"fo:min-height": "0.8cm"})
    master = add(add(root, "office:master-styles"), "style:master-page",
                 {"style:name": "Standard", "style:page-layout-name": "a4"})  # fmt: skip
    _paragraph(add(master, "style:header"), "Header", f"{one_line(report.title)} · {edition_name(report)}")
    line = _paragraph(add(master, "style:footer"), "Footer", "Page ")
    add(line, "text:page-number", {"text:select-page": "current"}, "1")
    write_text(line, " sur ")
    add(line, "text:page-count", text="1")
    if report.authority:
        write_text(line, f" · {one_line(report.authority)}")
    return root
