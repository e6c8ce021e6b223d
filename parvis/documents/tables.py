"""A table of data, whatever the format, and the table that a report makes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parvis.documents.report import Report, ReportItem
from parvis.documents.text import clean, edition_facts, edition_name, kind_label, one_line

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for programs, `label` for the first row, `description` for the data dictionary."""

    key: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A named table. Each row has one value per column; `notes` are facts told beside the data.

    `others` are further sheets of a workbook (xlsx, ods); a format of one table leaves them out.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()
    others: tuple[Table, ...] = ()

    def __post_init__(self) -> None:
        for index, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {index} has {len(row)} values for {len(self.columns)} columns")


def plain(value: Value) -> str | int | float | date | None:
    """A value as a spreadsheet takes it: cleaned text, a finite number, a day or nothing."""
    if value is None or isinstance(value, bool):
        return None if value is None else ("oui" if value else "non")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return value.isoformat()  # a spreadsheet cannot keep the time zone of an hour
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


_PEOPLE = (
    Column("theme", "Thématique", "Le thème de la synthèse des échanges."),
    Column("kind", "Type", "Défi, atout ou proposition."),
    Column("number", "Numéro", "Le numéro imprimé dans le compte-rendu ; vide s'il n'y en a pas."),
    Column("text", "Texte", "Ce qui a été dit, mot pour mot, ou la mention d'un contenu masqué."),
    Column("children", "Précisions", "Les points placés sous le texte, un par ligne."),
    Column("conclusion", "Conclusion", "« oui » si la ligne conclut celles qui la précèdent."),
    Column("family", "Famille d'idées", "Le titre sous lequel l'atelier l'a rangée, avec ses gommettes."),
    Column("dots", "Gommettes", "Celles posées sur cette ligne pendant l'atelier."),
    Column("hidden", "Masqué", "« oui » si la modération a masqué le contenu."),
)
_CODE = Column("code", "Code", "L'identifiant public de la contribution.")
_ADDRESS = Column("url", "Adresse", "La page où suivre la contribution.")
_PROOF = (
    Column("edition", "Édition", "L'édition du compte-rendu d'où vient la ligne."),
    Column("digest", "Empreinte de la ligne", "L'empreinte salée, pour vérifier que la ligne n'a pas changé."),
    Column("salt", "Sel", "Le sel de l'empreinte ; vide quand le contenu est masqué ou effacé."),
)
REPORT_COLUMNS = (*_PEOPLE, _CODE, _ADDRESS, *_PROOF)
_PROOF_SHEET = "Vérification"


def report_table(report: Report) -> Table:
    """One row for each line of the report, in its order, hidden ones included without their words: every column."""
    rows = tuple(
        _row(report, theme.name, family.heading, item)
        for theme in report.themes
        for kind in theme.kinds
        for family in kind.families
        for item in family.items
    )
    return Table(name="Synthèse des échanges", columns=REPORT_COLUMNS, rows=rows, notes=edition_facts(report))


def report_workbook(report: Report) -> Table:
    """The same in two sheets: what people read, where a column that no line fills is left out, then what proves it."""
    table = report_table(report)
    everyone, proof = (*_PEOPLE, _ADDRESS), (_CODE, *_PROOF)
    always = ("theme", "kind", "text", "url")
    read = [
        column
        for rank, column in enumerate(REPORT_COLUMNS)
        if column in everyone and (column.key in always or any(row[rank] for row in table.rows))
    ]
    proofs = Table(_PROOF_SHEET, proof, _taken(table, proof))
    return Table(table.name, tuple(read), _taken(table, read), notes=table.notes, others=(proofs,))


def _taken(table: Table, columns: Sequence[Column]) -> tuple[tuple[Value, ...], ...]:
    """The rows of the table with these columns only."""
    ranks = [table.columns.index(column) for column in columns]
    return tuple(tuple(row[rank] for rank in ranks) for row in table.rows)


def _row(report: Report, theme: str, family: str, item: ReportItem) -> tuple[Value, ...]:
    return (
        one_line(theme),
        kind_label(item.kind),
        item.number,
        item.text,
        "\n".join(item.details) if item.details else None,
        item.concludes,
        family or None,
        item.dots or None,
        item.hidden,
        item.code,
        report.thread_of(item),
        edition_name(report),
        item.digest or None,
        item.salt,
    )
