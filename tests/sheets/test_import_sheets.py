"""Sheets from a table: all or nothing, errors by line, the same title updates."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.reading.spreadsheets import read_pasted
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import funding_lines, import_sheets
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db

TABLE = """Intitulé;Résumé;Thématique;QPV;Porteur;Financeurs
Marché de la prévention;Un samedi par mois;Santé;;CAF;État : 12 000 € | CAF (3 000 €)
Chantiers éducatifs;Une semaine payée;Emploi;Vallières;Une association;
"""


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def test_each_line_is_a_draft(world: Sheets) -> None:
    done = import_sheets(None, world.consultation, read_pasted(TABLE))
    assert done.created == ["Marché de la prévention", "Chantiers éducatifs"]
    market = ActionSheet.objects.get(title="Marché de la prévention")
    assert (market.state, market.number, market.lead, market.funding) == (
        "draft", 3, world.caf, [["État", "12 000 €"], ["CAF", "3 000 €"]]
    )  # fmt: skip
    assert list(market.themes.all()) == [world.scene.health]


def test_the_same_title_updates_and_what_is_not_said_stays(world: Sheets) -> None:
    import_sheets(None, world.consultation, read_pasted(TABLE))
    again = import_sheets(None, world.consultation, read_pasted("Titre;Public\nMARCHE de la prevention;Familles\n"))
    market = ActionSheet.objects.get(sort_key="marche de la prevention")
    assert (again.updated, market.public, market.summary) == (
        ["MARCHE de la prevention"], "Familles", "Un samedi par mois"
    )  # fmt: skip


def test_each_faulty_line_is_told_and_nothing_is_written(world: Sheets) -> None:
    faulty = TABLE + "Chantiers éducatifs;;Emploi;;;\n;;Emploi;;;\nSans thème;;;;;\nX;;Jardinage;Nulle part;;\n"
    with pytest.raises(RefusedInput) as refused:
        import_sheets(None, world.consultation, read_pasted(faulty))
    assert [line.partition(" : ")[0] for line in refused.value.lines] == [
        "Ligne 4", "Ligne 5", "Ligne 6", "Ligne 7", "Ligne 7"
    ]  # fmt: skip
    assert ActionSheet.objects.count() == 2


def table(count: int, summary: str = "Un résumé") -> str:
    return "Intitulé;Résumé;Thématique\n" + "".join(
        f"Action {rank};{summary};Santé | Emploi\n" for rank in range(count)
    )


def statements(world: Sheets, text: str, *, dry_run: bool = False) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        import_sheets(None, world.consultation, read_pasted(text), dry_run=dry_run)
    return [query["sql"] for query in captured]


def test_many_lines_are_written_in_as_many_statements_as_a_few(world: Sheets) -> None:
    few = len(statements(world, table(5)))
    corrected = len(statements(world, table(5, "Un autre")))
    ActionSheet.objects.filter(title__startswith="Action ").delete()
    assert len(statements(world, table(30))) <= few
    assert len(statements(world, table(30, "Un autre"))) <= corrected
    assert sorted(ActionSheet.objects.filter(summary="Un autre").values_list("number", flat=True)) == [*range(3, 33)]
    subjects = {sheet.journal_name for sheet in ActionSheet.objects.filter(summary="Un autre")}
    for verb in ("create_sheet", "update_sheet"):
        entries = JournalEntry.objects.filter(verb=verb, subject__in=subjects)
        assert entries.count() == 30, verb


def test_the_same_table_again_writes_nothing_of_the_sheets(world: Sheets) -> None:
    import_sheets(None, world.consultation, read_pasted(TABLE))
    count = JournalEntry.objects.count()
    again = import_sheets(None, world.consultation, read_pasted(TABLE))
    assert not again.changes
    assert JournalEntry.objects.count() == count + 1


def test_who_only_looks_takes_no_turn_to_write(world: Sheets) -> None:
    assert not [sql for sql in statements(world, TABLE, dry_run=True) if "SAVEPOINT" in sql]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("Ville", [("Ville", "")]),
        ("Ville : 3 000 €; Région - 2 k€", [("Ville", "3 000 €"), ("Région", "2 k€")]),
    ],
)  # fmt: skip
def test_funding_lines(cell: str, expected: list[tuple[str, str]]) -> None:
    assert funding_lines(cell) == expected
