"""Word files brought, kept while they wait, stored once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from openpyxl import Workbook

from parvis.consultations.enums import Audience
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.models import JournalEntry
from parvis.sheets.enums import FileKind, SheetState, WaitingState
from parvis.sheets.models import ActionSheet, SheetSource, WaitingSheet
from parvis.sheets.operations.import_sheet_file import import_sheet_file
from parvis.sheets.operations.waiting_sheets import (
    PictureChoice,
    bring_file,
    drop_waiting,
    keep_typed,
    store_waiting,
    take_back_waiting,
)
from parvis.sheets.read_match import Matcher, details_of_read
from tests.reading.formats.office import docx
from tests.sheets.scene import Sheets, make_sheets
from tests.sheets.word import word_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def bring(world: Sheets, *titles: str, picture: str = "") -> list[WaitingSheet]:
    return bring_file(world.scene.alice, world.consultation, word_sheet(*titles, picture=picture), "fiches.docx")


def store(world: Sheets, waiting: WaitingSheet, **more: object) -> ActionSheet:
    details = details_of_read(waiting.read, Matcher(world.consultation).match(waiting.read))
    return store_waiting(world.scene.alice, waiting, details, **more)  # type: ignore[arg-type]


def test_sheets_of_a_file_wait_and_nothing_is_shown(world: Sheets) -> None:
    first, second = bring(world, "Chant", "Danse")
    assert (first.title, second.title, second.rank) == ("Chant", "Danse", 2)
    assert ActionSheet.objects.count() == 2
    assert first.source.lines[0] == "Intitulé : Chant"
    assert first.read["funding"] == [["CAF", "1 000 €"], ["Ville", "2 000 €"]]
    assert first.places["lead"] == [2]


def test_names_are_matched_with_the_consultation(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant")
    matched = Matcher(world.consultation).match(waiting.read)
    assert (matched.themes, [place.name for place in matched.territories]) == ([world.scene.health], ["Vallières"])
    assert matched.lead == world.caf
    assert matched.doubts == [("lead", "rapproché de « CAF » dans l'annuaire : vérifiez")]


def test_names_that_the_consultation_does_not_know_are_doubts(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant")
    read = waiting.read | {"themes": ["Jardinage"], "territories": ["Mars"], "lead": "Inconnue", "public": "x" * 301}
    matched = Matcher(world.consultation).match(read)
    assert (matched.themes, matched.territories, matched.lead) == ([], [], None)
    assert [name for name, _ in matched.doubts] == ["themes", "territories", "territories", "lead"]
    assert matched.too_long == [("public", "le public fait 301 signes, 300 au plus : raccourcissez")]


def test_the_same_file_twice_is_told(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant")
    data = bytes(SheetSource.objects.get().data)
    with pytest.raises(RefusedInput, match=r"déjà été déposé, sous le nom « fiches\.docx » : sa relecture vous attend"):
        bring_file(world.scene.alice, world.consultation, data, "autre.docx")
    drop_waiting(world.scene.alice, waiting)
    with pytest.raises(RefusedInput, match="écartée : reprenez-la"):
        bring_file(world.scene.alice, world.consultation, data, "autre.docx")
    take_back_waiting(world.scene.alice, waiting)
    store(world, waiting)
    with pytest.raises(RefusedInput, match="sa fiche est enregistrée"):
        bring_file(world.scene.alice, world.consultation, data, "autre.docx")
    assert SheetSource.objects.count() == 1


def test_a_file_that_is_no_sheet_stores_nothing(world: Sheets) -> None:
    letter = docx(lambda document: document.add_paragraph("Madame, nous vous écrirons."))
    with pytest.raises(RefusedInput, match="Aucune fiche"):
        bring_file(world.scene.alice, world.consultation, letter, "lettre.docx")
    assert SheetSource.objects.count() == 0


def test_a_form_kept_in_a_workbook_waits_as_the_others_do(world: Sheets) -> None:
    book = Workbook()
    for line, row in enumerate((("PROJET", "Chant"), ("PORTEUR", "Régie"), ("PILIER", "Emploi")), 1):
        for column, text in enumerate(row, 1):
            book.worksheets[0].cell(line, column, text)
    out = io.BytesIO()
    book.save(out)
    (waiting,) = bring_file(world.scene.alice, world.consultation, out.getvalue(), "chant.xlsx")
    assert (waiting.title, waiting.source.format) == ("Chant", "xlsx")
    sheet = store(world, waiting)
    assert sheet.files.get().content_type.endswith("spreadsheetml.sheet")


def test_stored_once_with_its_file_and_its_picture(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant", picture="La chorale")
    data = bytes(waiting.source.data)
    sheet = store(world, waiting, picture=PictureChoice("Des voix"), show=True)
    assert (sheet.state, sheet.lead_name, sheet.budget) == (SheetState.READY, "CAF de l'Orme", "3 000 €")
    assert sheet.internal_note == "Contact : zyxcanari, 02 61 91 00 00"
    kept = {file.kind: file for file in sheet.files.all()}
    assert bytes(kept[FileKind.SOURCE].data) == data
    assert kept[FileKind.PICTURE].alt == "Des voix"
    with pytest.raises(ForbiddenMove):
        store(world, waiting)
    assert ActionSheet.objects.filter(title="Chant").count() == 1


def test_words_of_a_file_go_when_no_sheet_needs_them(world: Sheets) -> None:
    first, second = bring(world, "Chant", "Danse")
    store(world, first)
    assert bytes(SheetSource.objects.get().data) != b""
    store(world, second)
    source = SheetSource.objects.get()
    assert (bytes(source.data), source.lines) == (b"", [])
    assert list(WaitingSheet.objects.values_list("read", "typed")) == [({}, None), ({}, None)]


def test_a_sheet_set_aside_is_taken_back_whole(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant")
    drop_waiting(world.scene.alice, waiting)
    with pytest.raises(ForbiddenMove):
        store(world, waiting)
    with pytest.raises(ForbiddenMove):
        keep_typed(waiting, {})
    take_back_waiting(world.scene.alice, waiting)
    waiting.refresh_from_db()
    assert (waiting.state, store(world, waiting).title) == (WaitingState.WAITING, "Chant")


def test_bringing_a_sheet_up_to_date_keeps_who_reads_it(world: Sheets) -> None:
    closed = world.sheet("Chant", audience=Audience.RESTRICTED, state=SheetState.DRAFT)
    (waiting,) = bring(world, "Chant")
    with pytest.raises(RefusedInput, match="porte déjà cet intitulé"):
        store(world, waiting)
    assert store(world, waiting, over=closed).pk == closed.pk
    closed.refresh_from_db()
    assert (closed.audience, closed.budget, closed.state) == (Audience.RESTRICTED, "3 000 €", SheetState.DRAFT)


def test_the_journal_holds_codes_and_no_word_of_the_file(world: Sheets) -> None:
    (waiting,) = bring(world, "Chant")
    keep_typed(waiting, {"title": "zyxcanari"})
    store(world, waiting)
    rows = JournalEntry.objects.order_by("pk").values_list("verb", "values")
    assert [verb for verb, _ in rows][-3:] == ["bring_sheets", "create_sheet", "store_waiting_sheet"]
    assert not any(word in str(values) for _, values in rows for word in ("zyxcanari", "fiches.docx", "Chant"))


def test_import_at_once_makes_drafts_and_tells_doubts(world: Sheets) -> None:
    done = import_sheet_file(None, world.consultation, word_sheet("Chant", lines=("Météo : beau",)), "a.docx")
    sheet = ActionSheet.objects.get(title="Chant")
    assert (done.created, sheet.state, sheet.files.get().kind) == (["Chant"], SheetState.DRAFT, FileKind.SOURCE)
    assert "Chant : « Météo » n'a pas de place dans la fiche : gardé à part (ligne 9)." in done.warnings
    assert "Météo : beau\nÀ vérifier :\n– « Météo »" in sheet.internal_note


def test_import_again_updates_the_same_title(world: Sheets) -> None:
    import_sheet_file(None, world.consultation, word_sheet("Chant"), "a.docx")
    again = import_sheet_file(None, world.consultation, word_sheet("CHANT", lines=("Depuis : 2019",)), "b.docx")
    assert (again.created, again.updated) == ([], ["CHANT"])
    assert ActionSheet.objects.get(sort_key="chant").since == "2019"


def test_import_rehearsed_writes_nothing(world: Sheets) -> None:
    done = import_sheet_file(None, world.consultation, word_sheet("Chant"), "a.docx", dry_run=True)
    assert (done.created, ActionSheet.objects.count()) == (["Chant"], 2)


def test_import_refuses_by_line_and_all_or_nothing(world: Sheets) -> None:
    def fill(document: object) -> None:
        for text in (
            "Intitulé : Chant", "Porteur : CAF", "Thématique : Santé", "Public : tous",
            "Intitulé : Danse", "Porteur : CAF", "Thématique : Jardinage", f"Public : {'x' * 301}",
        ):  # fmt: skip
            document.add_paragraph(text)  # type: ignore[attr-defined]

    with pytest.raises(RefusedInput) as refused:
        import_sheet_file(None, world.consultation, docx(fill), "a.docx")
    assert refused.value.lines == (
        "Ligne 7 : il manque la thématique (« Jardinage » n'en est pas une de la concertation).",
        "Ligne 8 : le public fait 301 signes, 300 au plus : raccourcissez.",
    )
    assert ActionSheet.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one at a time by nature")
@pytest.mark.django_db(transaction=True)
def test_presses_at_once_store_one_sheet() -> None:
    world = make_sheets()
    standing = world.sheet("Chant")
    (waiting,) = bring(world, "Chant")
    details = details_of_read(waiting.read, Matcher(world.consultation).match(waiting.read))
    together = Barrier(8)

    def press(_: int) -> bool:
        connection.ensure_connection()
        together.wait(30)  # all are connected: they press at the same instant
        try:
            store_waiting(world.scene.alice, waiting, details, over=standing)
        except ForbiddenMove:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(press, range(8))) == [False] * 7 + [True]
    assert standing.files.count() == 1
