"""What every format does to a text before writing it: all the files of an edition say the same words."""

from __future__ import annotations

import re
from typing import Final

from parvis.documents.report import DRAFT_TEXT, Report
from parvis.french.kinds import KINDS

# What XML 1.0 forbids, hence no docx, odt, xlsx or ods may hold: controls, lone surrogates, U+FFFE, U+FFFF.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word's soft line break is a vertical tab; some exporters leave form feeds and C1 line ends.
_LINE_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WEB_ADDRESS: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)


def clean(text: str) -> str:
    """The text with one kind of line break, and U+FFFD where a character cannot be written in a document."""
    return _FORBIDDEN.sub("\ufffd", _LINE_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The cleaned text with its white space folded: for titles, file properties and headings."""
    return " ".join(clean(text).split())


def web_address(url: str | None) -> str | None:
    """The address if a reader may click it: http or https, no blank, no control. Otherwise None."""
    return url if url is not None and _WEB_ADDRESS.fullmatch(url) else None


def kind_label(kind: str) -> str:
    """« Défi », « Atout », « Proposition »; a kind unknown to this package is shown as it is."""
    return KINDS[kind].one if kind in KINDS else one_line(kind)


def edition_facts(report: Report) -> tuple[tuple[str, str], ...]:
    """What identifies the edition, as (label, value), in the order of every format; no empty one."""
    facts = (
        ("Rencontre", one_line(report.title)),
        ("Concertation", one_line(report.consultation)),
        ("Territoire", one_line(report.territory)),
        ("Type de rencontre", one_line(report.meeting_kind)),
        ("Quand", one_line(report.when)),
        ("Où", one_line(report.where)),
        ("Participation", one_line(report.attendance)),
        ("Publié par", one_line(report.authority)),
        ("Édition", edition_name(report)),
        ("Date", report.day),
        ("Ce qui change", one_line(report.note)),
        ("Adresse", one_line(report.url)),
        ("Empreinte", one_line(report.digest)),
    )
    return tuple((label, value) for label, value in facts if value)


def edition_name(report: Report) -> str:
    """« Édition 2 », or what says that nobody published it yet."""
    return DRAFT_TEXT if report.draft else f"Édition {report.number}"
