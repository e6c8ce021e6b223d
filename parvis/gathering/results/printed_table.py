"""The results on paper: one line for each action, few columns, in words, whatever the circle."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.documents.tables import Column, Table, Value
from parvis.french.counts import bounded
from parvis.gathering.results.published import PublishedResults, PublishedSheet
from parvis.gathering.results.table import METHOD
from parvis.insight.bounds import Bounds
from parvis.insight.figures import Figures
from parvis.insight.shown import Shown
from parvis.sheets.results import Results

_COLUMNS = (
    Column("number", "N°", "Le numéro de la fiche."),
    Column("title", "Action", "L'intitulé de la fiche."),
    Column("knows", "La connaissent", "Organismes qui connaissent l'action, parmi ceux qui ont répondu."),
    Column("to_support", "À conforter", "À renforcer ou à poursuivre, parmi ceux qui la connaissent."),
    Column("to_rework", "À retravailler", "À faire évoluer ou à réinterroger, parmi ceux qui la connaissent."),
    Column("other", "Partagés ou sans avis", "Avis partagés, ou sans avis, parmi ceux qui la connaissent."),
)


def printed_sheets(sheets: Iterable[PublishedSheet]) -> Table:
    """Exact numbers or bounds, as the circle may read them."""
    rows = tuple((sheet.number, sheet.title, *_told(sheet.shown)) for sheet in sheets)
    return Table("Avis des partenaires", _COLUMNS, rows, METHOD)


def printed_publication(published: PublishedResults) -> Table:
    """What anyone reads: the actions, then the themes."""
    actions = printed_sheets(published.sheets)
    themes = tuple((None, theme.theme, *_told(Shown(None, theme.appreciation, None))) for theme in published.themes)
    return Table(actions.name, actions.columns, (*actions.rows, *themes), actions.notes)


def printed_results(results: Results) -> Table:
    """Every exact number, for the project team."""
    rows = tuple((sheet.number, sheet.title, *_exact(sheet.figures.organisations)) for sheet in results.sheets)
    notes = (("Attention", "Document de l'équipe projet : aucun nombre n'est encadré."), *METHOD)
    return Table("Avis des partenaires", _COLUMNS, rows, notes)


def _told(shown: Shown) -> tuple[Value, ...]:
    awareness, appreciation = shown.awareness, shown.appreciation
    known = "–" if awareness is None else _words(awareness.knows, awareness.answered)
    if appreciation is None:
        return (known, "–", "–", "–")
    total = appreciation.out_of.high
    parts = (appreciation.to_support, appreciation.to_rework, appreciation.other)
    return (known, *(_words(part, total) for part in parts))


def _words(bounds: Bounds, total: int) -> str:
    return bounded(bounds.low, bounds.high, total)


def _exact(figures: Figures) -> tuple[Value, ...]:
    if not figures.answered:
        return ("–", "–", "–", "–")
    support, rework = figures.to_support, figures.to_rework
    parts = (support, rework, figures.knows - support - rework)
    return (f"{figures.knows} sur {figures.answered}", *(f"{part} sur {figures.knows}" for part in parts))
