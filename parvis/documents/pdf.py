"""A report as PDF/UA-1, by typst: tagged, titled, readable aloud, the same bytes for the same edition.

The words of a report reach typst as a JSON string that the template reads as data; none is ever part of the program.
The template can read nothing but its own folder, and no package is fetched.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from parvis.documents.report import DRAFT_TEXT, Report, ReportItem
from parvis.documents.text import clean, edition_facts, edition_name, one_line, web_address
from parvis.documents.wording import (
    TOLD_ABOVE,
    TOLD_BELOW,
    eyebrow,
    item_label,
    previous_editions,
    with_dots,
)
from parvis.french.kinds import KINDS, NO_THEME

if TYPE_CHECKING:
    import typst

_HERE: Final = Path(__file__).parent
TEMPLATES: Final = _HERE / "templates"
_DOTS_PER_INCH: Final = 300
MISSING: Final = "□"
MISSING_WORDS: Final = "remplace un caractère que le PDF ne sait pas écrire ; il est dans les autres formats."
_SURELY_DRAWN: Final = 0x17F
_ANY_DAY: Final = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_KIND_COLOURS: Final = json.dumps({kind: words.colour for kind, words in KINDS.items() if words.colour})
_LONG_WORD: Final = re.compile(r"\S{50}(?=\S)")


def report_pdf(report: Report) -> bytes:
    """The report as a file to read and to print.

    PDF/UA forbids a character that no font can draw (emoji, Chinese): it is shown as `MISSING`, and the end says so.
    """
    content = _content(report)
    data = json.dumps(content, ensure_ascii=False)
    if drawable(data) != data:
        content["edition_facts"].append([MISSING, MISSING_WORDS, None])
        data = drawable(json.dumps(content, ensure_ascii=False))
    published = report.published_on
    stamp = datetime.datetime(published.year, published.month, published.day, tzinfo=datetime.UTC)
    return compile_typst((TEMPLATES / "report.typ").read_bytes(), {"report": data}, stamp)


def drawable(data: str) -> str:
    """`data` with `MISSING` in place of what no font has."""
    undrawn = {character for character in set(data) if ord(character) > _SURELY_DRAWN and not _can_draw(character)}
    return data.translate(dict.fromkeys(map(ord, undrawn), MISSING)) if undrawn else data


def compile_typst(
    program: bytes, data: dict[str, str], stamp: datetime.datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF/UA-1 that a template of ours makes of `data`, read as `sys.inputs`.

    `pictures` stand beside the templates, by name (`/name`): the program can read nothing else.
    """
    import typst

    with _root(pictures) as root:
        compiler = typst.Compiler(program, root=root, font_paths=_fonts(), ignore_system_fonts=True)
        made = compiler.compile(format="pdf", sys_inputs=_inputs(data), pdf_standards=["ua-1"], timestamp=stamp)
    assert isinstance(made, bytes)
    return made


@contextmanager
def _root(pictures: Mapping[str, bytes] | None) -> Iterator[str]:
    """The folder a program reads: the templates, or for the time of one document a copy of them with its pictures."""
    if not pictures:
        yield str(TEMPLATES)
        return
    with TemporaryDirectory(prefix="parvis-") as folder:
        for template in TEMPLATES.glob("*.typ"):
            shutil.copyfile(template, Path(folder) / template.name)
        for name, content in pictures.items():
            (Path(folder) / name).write_bytes(content)
        yield folder


def typst_png(program: bytes, data: dict[str, str]) -> bytes:
    """The one page that a program of ours draws of `data`, at 300 dots an inch. Raises typst's own error."""
    import typst

    compiler = typst.Compiler(program, root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(format="png", sys_inputs=_inputs(data), ppi=_DOTS_PER_INCH)
    assert isinstance(made, bytes)
    return made


def _inputs(data: dict[str, str]) -> dict[str, str]:
    """What a program reads: its data, and the colours that `signs.typ` draws with."""
    return {**data, "kind_colours": _KIND_COLOURS}


@lru_cache(maxsize=10_000)
def _can_draw(character: str) -> bool:
    """Whether one of the fonts has it: typst alone knows those it brings, so it is asked."""
    import typst

    try:
        compile_typst(b'#set document(title: "?")\n#sys.inputs.character', {"character": character}, _ANY_DAY)
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> typst.Fonts:
    """Ours and those that typst brings; never those of the machine, which would change the file."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_HERE / "fonts"])


def _content(report: Report) -> dict[str, Any]:
    """What the template reads."""
    facts = edition_facts(report)
    return {
        "title": _line(report.title) or "Compte-rendu",
        "running": _line(report.title),
        "author": _line(report.authority),
        "authority": _line(report.authority),
        "subject": _line(report.consultation),
        "language": report.language,
        "draft": report.draft,
        "draft_words": DRAFT_TEXT,
        "eyebrow": spread_words(eyebrow(report)),
        "edition": edition_name(report),
        "facts": [[label, _line(value)] for label, value in facts if label in TOLD_ABOVE],
        "introduction": [spread_words(paragraph.text) for paragraph in report.introduction],
        "themes": [
            {
                "name": _line(theme.name) or NO_THEME,
                "kinds": [
                    {
                        "kind": kind.kind,
                        "label": _line(kind.label),
                        "families": [
                            {"title": _line(family.heading), "items": [_item(item) for item in family.items]}
                            for family in kind.families
                        ],
                    }
                    for kind in theme.kinds
                ],
            }
            for theme in report.themes
        ],
        "edition_facts": [
            *([label, _line(value), web_address(value)] for label, value in facts if label in TOLD_BELOW),
            *([*spread_words(words).split(" : ", 1), None] for words in previous_editions(report)),
        ],
    }


def _item(item: ReportItem) -> dict[str, Any]:
    return {
        "label": item_label(item),
        "text": spread_words(with_dots(item)),
        "children": [spread_words(child) for child in item.details],
        "conclusion": item.concludes,
        "hidden": item.hidden,
    }


def spread_words(words: str) -> str:
    """Cleaned; a word longer than a line may be cut by the printer."""
    return _LONG_WORD.sub("\\g<0>\u200b", clean(words))


def _line(words: str) -> str:
    return spread_words(one_line(words))
