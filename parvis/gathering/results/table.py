"""The results as a table of data, for spreadsheets and for the printed page."""

from __future__ import annotations

from parvis.documents.tables import Column, Table, Value
from parvis.gathering.results.published import HIDDEN_MARK, PublishedResults, label_of
from parvis.gathering.results.unchecked import Unchecked
from parvis.insight.figures import Figures
from parvis.insight.opinion_rows import COLLEGES
from parvis.people.enums import College
from parvis.sheets.content import COLUMNS
from parvis.sheets.results import Results, SheetResults

_SHEET = (
    Column("sheet", "Code", "L'identifiant de la fiche."),
    Column("number", "Numéro", "Le numéro de la fiche."),
    Column("title", "Action", "L'intitulé de la fiche."),
    Column("theme", "Thématique", "Les thématiques de la fiche."),
    Column("college", "Collège", "Le collège de partenaires, ou l'ensemble."),
)
_SAID = tuple(Column(name, label_of(name), "Nombre d'organismes.") for name in COLUMNS)
_FIGURES = (
    Column("asked", "Interrogés", "Organismes à qui la fiche est présentée, dans leur périmètre."),
    Column("answered", "Ont répondu", "Organismes dont au moins une personne a donné un avis."),
    Column("knows", "Connaissent", "Ont répondu autre chose que « je ne connais pas »."),
    Column("knows_at_most", "Connaissent, au plus", "Si tous les silencieux connaissaient l'action."),
    Column("with_view", "Ont un avis", "À renforcer, à poursuivre, à faire évoluer, à réinterroger, avis partagés."),
    Column("favourable", "Favorables", "À renforcer ou à poursuivre."),
)
_UNCHECKED = Column(
    "to_check", "À vérifier", "Avis de personnes entrées par un lien partagé, à vérifier : dans aucun autre nombre."
)
METHOD = (
    ("Unité", "Les organismes. Un organisme connaît une action si une de ses personnes la connaît."),
    ("Interrogés", "Invités ou entrés par un QR code, dans leur périmètre ; « hors de mon périmètre » n'y compte pas."),
    ("QR code", "Qui entre par un lien que chacun peut partager ne compte qu'une fois vérifié par l'équipe projet."),
    ("Avis partagés", "Les personnes de l'organisme ne disent pas la même chose ; aucune majorité n'est calculée."),
    ("Bornes", "« Connaissent » suppose que les silencieux ignorent l'action ; « au plus », qu'ils la connaissent."),
    ("Porteur", "Les avis du porteur d'une action sont comptés à part."),
)


def results_table(results: Results, unchecked: Unchecked) -> Table:
    """Every figure of the desk, one row for each sheet and college. For the project team: nothing is masked.

    The last column counts what no figure holds.
    """
    beside, whole = unchecked.opinions, unchecked.by_sheet
    rows = [
        row
        for sheet in results.sheets
        for row in (
            *((*_row(sheet, College(college).label, sheet.figures.colleges[college]),
               beside.get((sheet.code, college), 0)) for college in COLLEGES),
            (*_row(sheet, "Ensemble", sheet.figures.organisations), whole.get(sheet.code, 0)),
        )
    ]  # fmt: skip
    notes = (("Attention", "Document de l'équipe projet : les petits nombres ne sont pas masqués."), *METHOD)
    return Table("Avis des partenaires", (*_SHEET, *_FIGURES, *_SAID, _UNCHECKED), tuple(rows), notes)


def _row(sheet: SheetResults, college: str, figures: Figures) -> tuple[Value, ...]:
    awareness, liked = figures.awareness, figures.appreciation
    numbers = (figures.asked, figures.answered, awareness.k, awareness.high, figures.with_view, liked.k)
    counts = tuple(figures.counts[name] for name in COLUMNS)
    return (sheet.code, sheet.number, sheet.title, sheet.theme, college, *numbers, *counts)


def published_table(published: PublishedResults) -> Table:
    """What anyone may take away: masked numbers are empty, and the legend says why."""
    columns = (*_SHEET, *_SAID, Column("total", "Ont répondu", "Nombre d'organismes qui ont répondu."))
    rows = tuple(
        (sheet.code, sheet.number, sheet.title, sheet.theme, row.label,
         *(None if cell == HIDDEN_MARK else int(cell) for cell in row.cells))
        for sheet in published.sheets
        for row in sheet.rows
    )  # fmt: skip
    legend = f"Vide : nombre masqué (moins de {published.minimum} organismes, unanimité, ou nombre qui les trahirait)."
    return Table("Avis des partenaires", columns, rows, (("Nombres masqués", legend), *METHOD))
