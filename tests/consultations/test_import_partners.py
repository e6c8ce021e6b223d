"""The directory from a table: all or nothing, errors by line, again updates."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Partner
from parvis.consultations.operations.compared_directory import ComparedDirectory
from parvis.consultations.operations.import_partners import import_partners
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, Organisation
from parvis.reading.spreadsheets import read_pasted
from tests.places import make_places
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db

TABLE = """Organisme;Type;Contact;Fonction;Courriel;Téléphone;Référent;Thématiques
CAF des Vallières;CAF;Chargée de mission;Action sociale;cm@caf.example;01 99 00 00 01;oui;Santé
CAF des Vallières;CAF;Conseiller;;conseil@caf.example;;non;Santé
Vélos et Cie;Association;Coordinatrice;;velo@asso.example;+33 6 39 98 00 00;;Emploi / Insertion | Santé / Sport
"""


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def test_a_table_makes_organisations_contacts_and_perimeters(world: Sheets) -> None:
    done = import_partners(None, world.consultation, read_pasted(TABLE))
    assert (done.created, done.contacts_created) == (["CAF des Vallières", "Vélos et Cie"], 3)
    caf = Organisation.objects.get(name="CAF des Vallières")
    assert (caf.type, caf.contacts.get(is_referent=True).email) == ("caf", "cm@caf.example")
    partner = Partner.objects.get(organisation__name="Vélos et Cie", consultation=world.consultation)
    assert set(partner.themes.all()) == {world.scene.jobs, world.scene.health}
    assert Contact.objects.get(email="velo@asso.example").phone == "+33 6 39 98 00 00"


def test_again_changes_nothing_and_a_correction_changes_that_only(world: Sheets) -> None:
    import_partners(None, world.consultation, read_pasted(TABLE))
    again = import_partners(None, world.consultation, read_pasted(TABLE))
    assert not again.changes
    assert again.unchanged == 2
    corrected = import_partners(None, world.consultation, read_pasted(TABLE.replace("Conseiller", "Conseillère")))
    assert (corrected.created, corrected.contacts_created, corrected.contacts_updated) == ([], 0, 1)


def test_a_rehearsal_writes_nothing(world: Sheets) -> None:
    done = import_partners(None, world.consultation, read_pasted(TABLE), dry_run=True)
    assert len(done.created) == 2
    assert not Organisation.objects.filter(name="Vélos et Cie").exists()


def test_one_faulty_line_stops_all_and_each_is_told(world: Sheets) -> None:
    faulty = TABLE + ";;;;;;;\nX;;;;pas une adresse;;;Jardinage\n;Ville;Y;;;;;\n"
    with pytest.raises(RefusedInput) as refused:
        import_partners(None, world.consultation, read_pasted(faulty))
    assert [line.partition(" : ")[0] for line in refused.value.lines] == ["Ligne 6", "Ligne 6", "Ligne 7"]
    assert not Organisation.objects.filter(name="Vélos et Cie").exists()


def test_two_referents_are_refused(world: Sheets) -> None:
    with pytest.raises(RefusedInput) as refused:
        import_partners(None, world.consultation, read_pasted(TABLE.replace(";;non;", ";;oui;")))
    assert "déjà un référent" in refused.value.lines[0]


def test_a_wrong_siret_is_told(world: Sheets) -> None:
    with pytest.raises(RefusedInput) as refused:
        import_partners(None, world.consultation, read_pasted("Organisme;SIRET\nX;12345678901234\n"))
    assert refused.value.lines[0].startswith("Ligne 2 : ")


def table(count: int) -> str:
    return TABLE.partition("\n")[0] + "\n" + "".join(
        f"Organisme {rank};Association;Personne {rank};;p{rank}@asso.example;;oui;Santé | Emploi / Insertion\n"
        for rank in range(count)
    )  # fmt: skip


def statements(world: Sheets, text: str, *, dry_run: bool = False) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        import_partners(None, world.consultation, read_pasted(text), dry_run=dry_run)
    return [query["sql"] for query in captured]


def test_many_lines_are_written_in_as_many_statements_as_a_few(world: Sheets) -> None:
    few = len(statements(world, table(5)))
    changed = table(5).replace("Personne", "Madame")
    corrected = len(statements(world, changed))
    Organisation.objects.filter(name__startswith="Organisme").delete()
    assert len(statements(world, table(40))) <= few
    assert len(statements(world, table(40).replace("Personne", "Madame"))) <= corrected
    assert Contact.objects.filter(name__startswith="Madame", sort_key__startswith="madame").count() == 40


def test_who_only_looks_or_is_refused_takes_no_turn_to_write(world: Sheets) -> None:
    assert not [sql for sql in statements(world, TABLE, dry_run=True) if "SAVEPOINT" in sql]
    with CaptureQueriesContext(connection) as captured, pytest.raises(RefusedInput):
        import_partners(None, world.consultation, read_pasted(TABLE + "X;;;;pas une adresse;;;\n"))
    assert not [query for query in captured if "SAVEPOINT" in query["sql"]]


def test_who_was_erased_meanwhile_stays_erased(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    import_partners(None, world.consultation, read_pasted(TABLE))
    write = ComparedDirectory.write

    def erased_before(compared: ComparedDirectory) -> None:
        Contact.objects.filter(email="velo@asso.example").update(name="", position="", email="", erased_at=clock.now())
        write(compared)

    monkeypatch.setattr(ComparedDirectory, "write", erased_before)
    import_partners(None, world.consultation, read_pasted(TABLE.replace("Coordinatrice", "Directrice")))
    assert not Contact.objects.filter(name="Directrice").exists()


def test_a_name_tells_the_type_that_no_column_says_and_changes_no_type_that_stands(world: Sheets) -> None:
    text = "Organisme;Type\nVille de Lisandre;\nMission locale;Partenaire\nVélos et Cie;\n"
    done = import_partners(None, world.consultation, read_pasted(text))
    types = dict(Organisation.objects.filter(name__in=done.created).values_list("name", "type"))
    assert (types["Ville de Lisandre"], types["Mission locale"]) == ("municipality", "mission_locale")
    assert done.warnings == ["Ligne 3 : type « Partenaire » inconnu, classé « Mission locale »."]
    Organisation.objects.filter(name="Ville de Lisandre").update(type="association")
    assert not import_partners(None, world.consultation, read_pasted(text)).changes


def brought(world: Sheets, text: str) -> Contact:
    """The only contact of « Vélos et Cie » after an import."""
    import_partners(None, world.consultation, read_pasted(text))
    return Contact.objects.get(organisation__name="Vélos et Cie")


@pytest.mark.parametrize(
    ("titles", "cells", "name"),
    [
        ("Civilité;Nom;Prénom", "Mme;DIOP;Awa", "Mme Awa DIOP"),
        ("Prénom;Nom", "Awa;Diop", "Awa Diop"),
        ("Nom", "Mme Awa Diop", "Mme Awa Diop"),
        ("Civilité;Contact", "Mme;Mme Awa Diop", "Mme Awa Diop"),
        ("Contact;Prénom", "Diop;Awa", "Awa Diop"),
        ("Contact;Prénom", "Awa Diop;Awa", "Awa Diop"),
        ("Référent", "Awa Diop", "Awa Diop"),
    ],
)
def test_a_name_is_read_in_one_column_or_in_three(world: Sheets, titles: str, cells: str, name: str) -> None:
    assert brought(world, f"Organisme;{titles};Fonction\nVélos et Cie;{cells};Directrice\n").name == name


def test_a_contact_without_mail_is_never_made_twice(world: Sheets) -> None:
    text = "Organisme;Nom;Fonction;Téléphone\nVélos et Cie;Awa Diop;Directrice;\nCAF des Vallières;;Accueil;\n"
    contact = brought(world, text)
    contact.email = "awa@velo.example"
    contact.save()
    for again in (text, text.replace("Awa Diop", "Mme DIOP Awa")):
        assert not import_partners(None, world.consultation, read_pasted(again), dry_run=True).contacts_created
    assert Contact.objects.get(organisation__name="CAF des Vallières").position == "Accueil"


def test_a_town_is_an_address_and_no_perimeter_unless_said(world: Sheets) -> None:
    brought(world, "Organisme;Nom;Adresse;CP;Commune\nVélos et Cie;Awa;1 rue Basse;1300;Ailleurs\n")
    partner = Partner.objects.get(organisation__name="Vélos et Cie")
    assert (partner.organisation.address, list(partner.territories.all())) == ("1 rue Basse\n01300 Ailleurs", [])
    brought(world, "Organisme;Nom;Commune\nVélos et Cie;Awa;Ailleurs\n")
    assert Organisation.objects.get(name="Vélos et Cie").address == "1 rue Basse\n01300 Ailleurs"
    place = make_places().vallieres
    for title in ("Communes", "Commune d'intervention"):
        partner.territories.clear()
        brought(world, f"Organisme;Nom;{title}\nVélos et Cie;Awa;{place}\n")
        assert list(partner.territories.all()) == [place]


def test_a_telephone_beside_nobody_is_that_of_the_organisation(world: Sheets) -> None:
    import_partners(None, world.consultation, read_pasted("Organisme;Tél\nVélos et Cie;199000001\n"))
    velo = Organisation.objects.get(name="Vélos et Cie")
    assert (velo.phone, velo.contacts.count()) == ("01 99 00 00 01", 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("601020304", "06 01 02 03 04"),
        ("601020304,0", "06 01 02 03 04"),
        ("33601020304", "+33 6 01 02 03 04"),
        ("601020304 / 102030405", "06 01 02 03 04 / 01 02 03 04 05"),
        ("3949", "3949"),
        ("06.01.02.03.04", "06.01.02.03.04"),
        ("06 01 02 03 04 (matin)", "06 01 02 03 04 (matin)"),
    ],
)
def test_a_telephone_that_a_spreadsheet_ate_is_given_back(world: Sheets, typed: str, kept: str) -> None:
    assert brought(world, f"Organisme;Nom;Téléphone\nVélos et Cie;Awa;{typed}\n").phone == kept


@pytest.mark.parametrize("typed", ["6,01E+08", "6.01e8", "2024-05-03", "03/05/2024", "mai-24", "60102030", "6010203,5"])
@pytest.mark.parametrize("title", ["Téléphone", "Portable", "Code postal"])
def test_a_number_that_lost_its_digits_is_refused_with_a_reason(world: Sheets, title: str, typed: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        brought(world, f"Organisme;Nom;{title}\nVélos et Cie;Awa;{typed}\n")
    assert [line for line in refused.value.lines if line.startswith("Ligne 2 : ") and "saisissez-le" in line]


def test_a_line_left_out_changes_nothing_of_its_organisation(world: Sheets) -> None:
    text = "Organisme;Type;Nom;Référent\nVille de Lisandre;;Awa;oui\nVille de Lisandre;CCAS;Bo;oui\n"
    done = import_partners(None, world.consultation, read_pasted(text), good_only=True)
    assert [number for number, _ in done.refused] == [3]
    assert Organisation.objects.get(name="Ville de Lisandre").type == "municipality"


def test_two_ways_of_writing_one_line_change_nothing_the_second_time(world: Sheets) -> None:
    """Each line undoes the other: what counts is what the whole table leaves."""
    text = "Organisme;Nom;Fonction;Téléphone\nVélos et Cie;Mme Awa Diop;Directrice;\nVélos et Cie;DIOP Awa;;\n"
    text += "Vélos et Cie;;;01 02 03 04 05\nVÉLOS ET CIE;;;01 02 03 04 06\n"
    import_partners(None, world.consultation, read_pasted(text))
    again = import_partners(None, world.consultation, read_pasted(text))
    assert (again.changes, again.unchanged) == (False, 1)
    assert Contact.objects.filter(organisation__name="Vélos et Cie").count() == 1


def test_a_function_alone_is_of_who_has_it(world: Sheets) -> None:
    contact = brought(world, "Organisme;Nom;Fonction\nVélos et Cie;;Accueil\n")
    contact.name = "Awa Diop"
    contact.save()
    again = import_partners(None, world.consultation, read_pasted("Organisme;Nom;Fonction\nVélos et Cie;;Accueil\n"))
    assert not again.changes
