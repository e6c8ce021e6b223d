"""Published results: what is frozen at closing, masked; and what anyone reads of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from parvis.consultations.enums import LineRole
from parvis.consultations.models import Consultation
from parvis.consultations.operations.editions import FrozenLine
from parvis.gathering.results.opinions import SheetResults, gather_results
from parvis.insight.masking import MINIMUM, TOTAL, MaskedTable, mask
from parvis.insight.opinion_rows import CATEGORIES, COLLEGES, DIVIDED
from parvis.people.enums import College
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet, LeadReply, ResultsRelease
from parvis.sheets.operations.release_results import figures_reference
from parvis.sheets.operations.reply_as_lead import reply_reference
from parvis.sheets.rules import readable_sheets

COLUMNS: Final = CATEGORIES
HIDDEN_MARK: Final = "•"


def label_of(category: str) -> str:
    """« À renforcer », « Avis partagés »…"""
    return "Avis partagés" if category == DIVIDED else str(OpinionValue(category).label)


def mask_sheet(row: SheetResults) -> MaskedTable:
    """Organisations by college and by what they said, small numbers hidden."""
    return mask([[row.figures.colleges[college].counts[name] for name in COLUMNS] for college in COLLEGES])


def freeze_results(consultation: Consultation) -> tuple[dict[str, object], list[FrozenLine]]:
    """Header and lines of the edition: the sheets that anyone may read, each with its masked table and its reply."""
    rows = gather_results(consultation, None).sheets
    replies = {
        reply.sheet.code: reply.text
        for reply in LeadReply.objects.filter(sheet__consultation=consultation, hidden_at=None).select_related("sheet")
    }
    lines = []
    for row in rows:
        lines.append(FrozenLine(LineRole.FIGURES, figures_reference(row.code), _content(row)))
        if row.code in replies:
            lines.append(FrozenLine(LineRole.REPLY, reply_reference(row.code), {"text": replies[row.code]}))
    header: dict[str, object] = {
        "title": f"Ce qu'en pensent les partenaires : {consultation.title}",
        "consultation": consultation.code,
        "rows": [*COLLEGES, "total"],
        "columns": [*COLUMNS, "total"],
        "unit": "organisations",
        "minimum": MINIMUM,
    }
    return header, lines


def _content(row: SheetResults) -> dict[str, Any]:
    return {
        "sheet": row.code,
        "number": row.number,
        "title": row.title,
        "theme": row.theme,
        "lead": row.lead,
        "table": _frozen(mask_sheet(row)),
    }


def sheet_as_published(row: SheetResults) -> PublishedSheet:
    """What the public would read of a sheet: for its lead, before."""
    return _sheet(_content(row), "")


def _frozen(masked: MaskedTable) -> list[list[int | None]]:
    """Rows then the total; columns then the total; None where a number is hidden."""
    rows, columns = [*range(masked.rows), TOTAL], [*range(masked.columns), TOTAL]
    return [[masked.numbers[row, column] for column in columns] for row in rows]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A college, or all: what its organisations said; the mark where a number is hidden."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedSheet:
    """The published figures of a sheet. `known` says awareness in words, empty when it is hidden."""

    code: str
    number: int
    title: str
    theme: str
    lead: str
    rows: tuple[PublishedRow, ...]
    known: str
    reply: str


@dataclass(frozen=True, slots=True)
class PublishedResults:
    """What anyone reads."""

    columns: tuple[str, ...]
    sheets: tuple[PublishedSheet, ...]
    minimum: int
    published_at: Any
    digest: str


def gather_published(consultation: Consultation) -> PublishedResults | None:
    """The published results, without what moderation hid nor sheets that not anyone reads; None before publication."""
    release = ResultsRelease.objects.filter(consultation=consultation).select_related("edition").first()
    if release is None or release.edition is None:
        return None
    open_sheets = set(
        ActionSheet.objects.filter(readable_sheets(None), consultation=consultation)
        .order_by()
        .values_list("code", flat=True)
    )
    lines = list(release.edition.lines.filter(hidden_at=None).order_by("position"))
    replies = {
        line.reference.partition(":")[2]: line.content["text"]
        for line in lines
        if line.role == LineRole.REPLY and line.content is not None
    }
    return PublishedResults(
        columns=(*(label_of(name) for name in COLUMNS), "Ensemble"),
        sheets=tuple(
            _sheet(line.content, replies.get(line.content["sheet"], ""))
            for line in lines
            if line.role == LineRole.FIGURES and line.content is not None and line.content["sheet"] in open_sheets
        ),
        minimum=int(release.edition.header["minimum"]),
        published_at=release.published_at,
        digest=release.edition.digest,
    )


def _sheet(content: dict[str, Any], reply: str) -> PublishedSheet:
    labels = [*(College(college).label for college in COLLEGES), "Ensemble"]
    table: list[list[int | None]] = content["table"]
    return PublishedSheet(
        code=content["sheet"],
        number=content["number"],
        title=content["title"],
        theme=content["theme"],
        lead=content["lead"],
        rows=tuple(
            PublishedRow(label, tuple(HIDDEN_MARK if cell is None else str(cell) for cell in cells))
            for label, cells in zip(labels, table, strict=True)
        ),
        known=known_in_words(table[-1]),
        reply=reply,
    )


def known_in_words(total: list[int | None]) -> str:
    """« 7 organismes sur 12 connaissent cette action », unless one of the two numbers is hidden."""
    answered, unknown = total[-1], total[list(COLUMNS).index("unknown")]
    if answered is None or unknown is None or not answered:
        return ""
    knows = answered - unknown
    verb = "connaissent" if knows > 1 else "connaît"
    return f"{knows} organisme{'s' if knows > 1 else ''} sur {answered} {verb} cette action"
