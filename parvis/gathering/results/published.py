"""Published results as anyone reads them, and before as those will who may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from parvis.consultations.models import Consultation
from parvis.french.counts import plural
from parvis.gathering.results.in_words import Bar, ShownInWords, appreciation_bars, in_words
from parvis.gathering.results.old_tables import OldRow, old_columns, old_known, old_rows
from parvis.gathering.validation_history import validation_history
from parvis.insight.bounds import NOBODY
from parvis.insight.shown import Appreciation, Shown
from parvis.publishing.registry import preparation_of
from parvis.sheets.enums import ResultsRole
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.rules import readable_sheets
from parvis.sheets.shown_data import read_appreciation, read_shown

Line = tuple[str, str, dict[str, Any]]
"""Role, reference and content of a line of an edition."""


@dataclass(frozen=True, slots=True)
class PublishedSheet:
    """The published figures of a sheet: two questions; for an old edition, a table with `columns`, `rows`, `known`."""

    code: str
    number: int
    title: str
    theme: str
    lead: str
    shown: Shown
    figures: ShownInWords | None
    known: str
    columns: tuple[str, ...]
    rows: tuple[OldRow, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class PublishedTheme:
    """What is thought of the actions of a theme, `counted` of `actions`: those that enough organisations know."""

    theme: str
    actions: int
    counted: int
    appreciation: Appreciation | None
    bars: tuple[Bar, ...]

    @property
    def title(self) -> str:
        """« Ce qu'en pensent ceux qui les connaissent : 13 avis sur 2 actions », « de 12 à 13 avis sur… »."""
        out_of = self.appreciation.out_of if self.appreciation is not None else NOBODY
        opinions = f"{out_of.low} avis" if out_of.exact else f"de {out_of.low} à {out_of.high} avis"
        actions = plural(self.counted, "action", "actions")
        return f"Ce qu'en pensent ceux qui les connaissent : {opinions} sur {actions}"

    @property
    def left_out(self) -> str:
        """Those that too few organisations know, or the one that would be told alone; empty when there are none."""
        if self.counted == 1 and self.appreciation is None:
            return "Une seule action est comptée ici : ce qu'on en pense se lit seulement action par action."
        out = self.actions - self.counted
        return f"Sans {plural(out, 'action', 'actions')} que trop peu d'organismes connaissent." if out else ""


@dataclass(frozen=True, slots=True)
class PublishedResults:
    """What anyone reads. `old`: an edition of masked tables."""

    sheets: tuple[PublishedSheet, ...]
    themes: tuple[PublishedTheme, ...]
    old: bool
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
        sheets=_published_sheets(lines, open_sheets),
        themes=_published_themes(lines),
        old="format" not in release.edition.header,
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
        sheets=_published_sheets(lines, None),
        themes=_published_themes(lines),
        old=False,
        minimum=int(content.header["minimum"]),
        published_at=None,
        digest="",
    )


def _published_sheets(lines: Sequence[Line], only: Collection[str] | None) -> tuple[PublishedSheet, ...]:
    """`only`: the codes of the sheets to keep, None for all."""
    replies = {
        reference.partition(":")[2]: content["text"] for role, reference, content in lines if role == ResultsRole.REPLY
    }
    return tuple(
        _published_sheet(content, replies.get(content["sheet"], ""))
        for role, _, content in lines
        if role == ResultsRole.FIGURES and (only is None or content["sheet"] in only)
    )


def _published_sheet(content: dict[str, Any], reply: str) -> PublishedSheet:
    table, shown = content.get("table"), read_shown(content)
    return PublishedSheet(
        code=content["sheet"],
        number=content["number"],
        title=content["title"],
        theme=content["theme"],
        lead=content["lead"],
        shown=shown,
        figures=None if table else in_words(shown),
        known=old_known(table) if table else "",
        columns=old_columns() if table else (),
        rows=old_rows(table) if table else (),
        reply=reply,
    )


def _published_themes(lines: Sequence[Line]) -> tuple[PublishedTheme, ...]:
    return tuple(_published_theme(content) for role, _, content in lines if role == ResultsRole.THEME)


def _published_theme(content: dict[str, Any]) -> PublishedTheme:
    appreciation = read_appreciation(content["appreciation"]) if content["appreciation"] else None
    return PublishedTheme(
        theme=content["theme"],
        actions=content["actions"],
        counted=content["counted"],
        appreciation=appreciation,
        bars=appreciation_bars(appreciation) if appreciation is not None else (),
    )
