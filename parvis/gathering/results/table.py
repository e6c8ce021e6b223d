"""The results as a table of data, for spreadsheets and for the printed page."""

from __future__ import annotations

from parvis.documents.tables import Column, Table, Value
from parvis.gathering.results.for_committees import CommitteeResults
from parvis.gathering.results.labels import label_of
from parvis.gathering.results.old_tables import HIDDEN_MARK, old_columns
from parvis.gathering.results.published import PublishedResults
from parvis.gathering.results.unchecked import Unchecked
from parvis.insight.bounds import Bounds
from parvis.insight.figures import Figures
from parvis.insight.opinion_rows import CATEGORIES, COLLEGES
from parvis.insight.shown import LEAST_ANSWERS, Appreciation, Awareness, Values
from parvis.people.enums import College
from parvis.sheets.results import Results, SheetResults

_SHEET = (
    Column("sheet", "Code", "L'identifiant de la fiche."),
    Column("number", "Numéro", "Le numéro de la fiche."),
    Column("title", "Action", "L'intitulé de la fiche."),
    Column("theme", "Thématique", "Les thématiques de la fiche."),
    Column("college", "Collège", "Le collège de partenaires, ou l'ensemble."),
)
_SAID = tuple(Column(name, label_of(name), "Nombre d'organismes.") for name in CATEGORIES)
_FIGURES = (
    Column("asked", "Interrogés", "Organismes à qui la fiche est présentée, dans leur périmètre."),
    Column("answered", "Ont répondu", "Organismes dont au moins une personne a donné un avis."),
    Column("knows", "Connaissent", "Ont répondu autre chose que « je ne connais pas »."),
    Column("knows_at_most", "Connaissent, au plus", "Si tous les silencieux connaissaient l'action."),
    Column("with_view", "Ont un avis", "À renforcer, à poursuivre, à faire évoluer, à réinterroger, avis partagés."),
    Column("to_support", "À conforter", "À renforcer ou à poursuivre."),
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
    counts = tuple(figures.counts[name] for name in CATEGORIES)
    return (sheet.code, sheet.number, sheet.title, sheet.theme, college, *numbers, *counts)


_LEVEL = Column("level", "Niveau", "« action », ou « thématique » : la somme de ce qui est dit de ses actions.")
_BOUNDED = (
    ("knows", "Connaissent", "Organismes qui connaissent l'action, parmi ceux qui ont répondu"),
    ("out_of", "Ce qu'en pensent", "Organismes qui connaissent l'action, ou peuvent la connaître"),
    ("to_support", "À conforter", "À renforcer ou à poursuivre"),
    ("to_rework", "À retravailler", "À faire évoluer ou à réinterroger"),
    ("other", "Partagés ou sans avis", "Avis partagés, ou sans avis"),
)
_TOLD = tuple(
    Column(f"{key}_{bound}", f"{label}, {words}", f"{description}, {words}.")
    for key, label, description in _BOUNDED
    for bound, words in (("low", "au moins"), ("high", "au plus"))
)
_ANSWERS = (
    Column("answered", "Ont répondu", "Organismes qui ont répondu."),
    Column("asked", "Interrogés", "Organismes à qui la fiche est présentée."),
)
_WHY_BOUNDS = (
    "« Au moins » et « au plus » sont égaux quand le nombre exact ne dit la réponse de personne ; "
    "sinon, aucune réponse ne se déduit des bornes. Vide : moins de {} organismes ont répondu, ou ce n'est pas diffusé."
)


def published_table(published: PublishedResults) -> Table:
    """What anyone may take away: bounds of each number, by action then by theme. Old editions keep their columns."""
    if published.old:
        return _old_table(published)
    columns = (_LEVEL, *(column for column in _SHEET if column.key != "college"), *_ANSWERS, *_TOLD)
    actions = tuple(
        ("action", sheet.code, sheet.number, sheet.title, sheet.theme, *_told(sheet.shown.awareness,
         sheet.shown.appreciation))
        for sheet in published.sheets
    )  # fmt: skip
    themes = tuple(
        ("thématique", "", None, "", theme.theme, *_told(None, theme.appreciation)) for theme in published.themes
    )
    notes = (("Bornes", _WHY_BOUNDS.format(published.minimum)), *METHOD)
    return Table("Avis des partenaires", columns, (*actions, *themes), notes)


_VALUES = (
    ("strengthen", "À renforcer"), ("continue", "À poursuivre"), ("adapt", "À faire évoluer"),
    ("reconsider", "À réinterroger"),
)  # fmt: skip
_TOLD_VALUES = tuple(
    Column(f"{key}_{bound}", f"{label}, {words}", "Vide sous dix organismes qui connaissent l'action.")
    for key, label in _VALUES
    for bound, words in (("low", "au moins"), ("high", "au plus"))
)
_REPLY = Column("reply", "Réponse du porteur", "Ce que le porteur de l'action répond.")


def committee_table(content: CommitteeResults) -> Table:
    """What committees read: bounds of each number, the four values, the reply of the lead; one row for each action."""
    columns = (*(column for column in _SHEET if column.key != "college"), *_ANSWERS, *_TOLD, *_TOLD_VALUES, _REPLY)
    rows = tuple(
        (sheet.results.code, sheet.results.number, sheet.results.title, sheet.results.theme,
         *_told(sheet.results.shown.awareness, sheet.results.shown.appreciation),
         *_told_values(sheet.results.shown.values), sheet.reply)
        for sheet in content.sheets
    )  # fmt: skip
    return Table("Avis, pour les comités", columns, rows, (("Bornes", _WHY_BOUNDS.format(LEAST_ANSWERS)), *METHOD))


def _told_values(values: Values | None) -> tuple[Value, ...]:
    told = (None,) * 4 if values is None else (values.strengthen, values.continue_, values.adapt, values.reconsider)
    return tuple(value for bounds in told for value in _both(bounds))


def _told(awareness: Awareness | None, appreciation: Appreciation | None) -> tuple[Value, ...]:
    answers: tuple[Value, ...] = (None, None) if awareness is None else (awareness.answered, awareness.asked)
    knows = None if awareness is None else awareness.knows
    others = (
        (None, None, None, None)
        if appreciation is None
        else (appreciation.out_of, appreciation.to_support, appreciation.to_rework, appreciation.other)
    )
    return (*answers, *(value for bounds in (knows, *others) for value in _both(bounds)))


def _both(bounds: Bounds | None) -> tuple[Value, Value]:
    return (None, None) if bounds is None else (bounds.low, bounds.high)


def _old_table(published: PublishedResults) -> Table:
    names = (*CATEGORIES, "total")
    counted = tuple(
        Column(name, label, "Nombre d'organismes.") for name, label in zip(names, old_columns(), strict=True)
    )
    rows = tuple(
        (sheet.code, sheet.number, sheet.title, sheet.theme, row.label,
         *(None if cell == HIDDEN_MARK else int(cell) for cell in row.cells))
        for sheet in published.sheets
        for row in sheet.rows
    )  # fmt: skip
    legend = f"Vide : nombre masqué (moins de {published.minimum} organismes, unanimité, ou nombre qui les trahirait)."
    return Table("Avis des partenaires", (*_SHEET, *counted), rows, (("Nombres masqués", legend), *METHOD))
