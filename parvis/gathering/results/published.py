"""Published results as anyone reads them, and before as those will who may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from parvis.consultations.models import Consultation
from parvis.gathering.validation_history import validation_history
from parvis.insight.opinion_rows import COLLEGES, DIVIDED
from parvis.people.enums import College
from parvis.publishing.registry import preparation_of
from parvis.sheets.content import COLUMNS, Table, figures_content
from parvis.sheets.enums import OpinionValue, ResultsRole
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.results import CountedSheet
from parvis.sheets.rules import readable_sheets

HIDDEN_MARK: Final = "•"


def label_of(category: str) -> str:
    """« À renforcer », « Avis partagés »…"""
    return "Avis partagés" if category == DIVIDED else str(OpinionValue(category).label)


def sheet_as_published(sheet: CountedSheet, table: Table) -> PublishedSheet:
    """What the public will read of a sheet: for its lead, before."""
    return _published_sheet(figures_content(sheet, table), "")


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
    validation: tuple[str, ...] = ()


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
    standing = release.edition.lines.filter(hidden_at=None).order_by("position")
    lines = [(line.role, line.reference, line.content) for line in standing if line.content is not None]
    return PublishedResults(
        columns=_columns(),
        sheets=_published_sheets(lines, open_sheets),
        minimum=int(release.edition.header["minimum"]),
        published_at=release.published_at,
        digest=release.edition.digest,
        validation=validation_history(release.edition.header),
    )


def gather_preview(release: ResultsRelease) -> PublishedResults:
    """What everyone would read if the results were published now: for who validates them."""
    preparation = preparation_of(release)
    content = preparation.build(preparation.read(release))
    lines = [(line.role, line.reference, line.content) for line in content.lines]
    return PublishedResults(
        columns=_columns(),
        sheets=_published_sheets(lines, None),
        minimum=int(content.header["minimum"]),
        published_at=None,
        digest="",
    )


def _columns() -> tuple[str, ...]:
    return (*(label_of(name) for name in COLUMNS), "Ensemble")


def _published_sheets(
    lines: Sequence[tuple[str, str, dict[str, Any]]], only: Collection[str] | None
) -> tuple[PublishedSheet, ...]:
    """Lines are (role, reference, content). `only`: the codes of the sheets to keep, None for all."""
    replies = {
        reference.partition(":")[2]: content["text"] for role, reference, content in lines if role == ResultsRole.REPLY
    }
    return tuple(
        _published_sheet(content, replies.get(content["sheet"], ""))
        for role, _, content in lines
        if role == ResultsRole.FIGURES and (only is None or content["sheet"] in only)
    )


def _published_sheet(content: dict[str, Any], reply: str) -> PublishedSheet:
    labels = [*(College(college).label for college in COLLEGES), "Ensemble"]
    table: Table = content["table"]
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
