"""« CŒUR D'ESSONNE » keeps its letters by every way in: each import, each encoding, each kind of file."""

from __future__ import annotations

import pytest

from parvis.consultations.operations.import_partners import import_partners
from parvis.people.models import Organisation
from parvis.reading.decoding import decode
from parvis.reading.spreadsheets import Grid, read_pasted, read_table
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import import_sheets
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories
from parvis.territories.readers.files import text_of_file
from tests.reading_spreadsheets.books import xlsx
from tests.sheets.scene import make_sheets

NAMES = (
    "CŒUR D'ESSONNE AGGLOMÉRATION", "Cœur d'Essonne", "SŒURS-DE-L'ÎLE", "NOËL-SUR-MER", "L'HAŸ-LES-ROSES", "ÉVRY",
    "Alençon-Forêt", "LA CHÂTAIGNERAIE", "Où-lès-Nîmes",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "iso8859-15")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_name_alone_is_enough_to_know_the_encoding(encoding: str, name: str) -> None:
    """A file of towns may hold one accent only: the most likely encoding must be known from it."""
    assert decode(f"code_insee;nom\n00101;{name}\n".encode(encoding))[0].splitlines()[1] == f"00101;{name}"


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("corrected", [False, True], ids=["brought", "through the box"])
def test_territories_of_a_csv(encoding: str, corrected: bool) -> None:
    data = f"code_insee;nom;siren_epci;lib_epci\n00101;NŒUX;200000009;{NAMES[0]}\n".encode(encoding)
    import_territories(None, text_of_file(data) if corrected else data)
    assert set(Territory.objects.values_list("name", flat=True)) == {"NŒUX", NAMES[0]}


@pytest.mark.django_db
def test_territories_of_a_workbook() -> None:
    rows = [("code_insee", "nom", "siren_epci", "lib_epci"), ("00101", "NŒUX", "200000009", NAMES[0])]
    import_territories(None, xlsx(lambda sheet: [sheet.append(row) for row in rows]))
    assert set(Territory.objects.values_list("name", flat=True)) == {"NŒUX", NAMES[0]}


@pytest.mark.django_db
@pytest.mark.parametrize("pasted", [False, True])
def test_a_letter_written_as_a_control_character_is_given_back(pasted: bool) -> None:
    """A program that took Windows-1252 for ISO-8859-1 writes œ as U+009C: dropped, it made « Cur d'Essonne »."""
    text = "code_insee;nom\n00101;C\x9cur d'Essonne\n00102;C\x8cUR\n"
    import_territories(None, text if pasted else text.encode())
    assert set(Territory.objects.values_list("name", flat=True)) == {"Cœur d'Essonne", "CŒUR"}


@pytest.mark.django_db
def test_a_name_that_lost_its_letter_before_is_found_by_its_code() -> None:
    """The official list knows it; what it does not know is kept as it came, and said."""
    line = "91228;Évry;200057859;CA Cur d'Essonne Agglomération"
    text = f"code_insee;nom;siren_epci;lib_epci\n{line}\n00102;Champ de Manuvre;;\n"
    report = import_territories(None, text)
    assert Territory.objects.get(official_code="200057859").name == "CA Cœur d'Essonne Agglomération"
    assert Territory.objects.get(official_code="00102").name == "Champ de Manuvre"
    assert [remark[:12] for remark in report.remarks] == ["« CA Cur d'E", "« Champ de M"]


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_partners_and_sheets(encoding: str) -> None:
    world = make_sheets()

    def table(text: str) -> Grid:
        return read_table(text.encode(encoding), "tableau")

    import_partners(None, world.consultation, table("Organisme;Type\nCŒUR D'ÉPINAY;Association\n"))
    import_sheets(None, world.consultation, table("Intitulé;Thématique\nCHŒUR DE L'ÎLE;Santé\n"))
    assert Organisation.objects.filter(name="CŒUR D'ÉPINAY").exists()
    assert ActionSheet.objects.filter(title="CHŒUR DE L'ÎLE").exists()
    import_partners(None, world.consultation, read_pasted("Organisme;Type\nC\x9cur;Association\n"))
    assert Organisation.objects.filter(name="Cœur").exists()
