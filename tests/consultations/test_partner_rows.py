"""Tables of partners as they are held: parts, totals, an organisation written once, two people a row, two addresses."""

from __future__ import annotations

import pytest

from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.partner_rows import is_part_title
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, Organisation
from parvis.reading.spreadsheets import read_pasted
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db
PARTS = """Organisme;Nom;Courriel
ÉTAT;;
Parquet de Lisandre;Ana Ruiz;ana@parquet.example
2. Bailleurs sociaux;;
Toits et Compagnie;Bo Li;bo@toits.example
Associations;;
Jeunes Pousses;Chi Ba;chi@pousses.example
Total;3;
"""


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def brought(world: Sheets, text: str) -> list[str]:
    return import_partners(None, world.consultation, read_pasted(text), good_only=True).warnings


def people(name: str) -> list[tuple[str, str]]:
    return list(Contact.objects.filter(organisation__name=name).order_by("email").values_list("name", "email"))


def test_titles_of_parts_and_totals_are_no_organisations(world: Sheets) -> None:
    before = Organisation.objects.count()
    told = " ".join(brought(world, PARTS))
    assert Organisation.objects.count() == before + 3
    for words in ("« ÉTAT » (ligne 2)", "« 2. Bailleurs sociaux » (ligne 4)", "« Associations » (ligne 6)", "ligne 8"):
        assert words in told, words


def test_the_title_above_tells_what_no_name_does(world: Sheets) -> None:
    brought(world, PARTS)
    types = Organisation.objects.filter(name__in=["Parquet de Lisandre", "Toits et Compagnie", "Jeunes Pousses"])
    assert dict(types.values_list("name", "type")) == {
        "Parquet de Lisandre": "justice_police", "Toits et Compagnie": "landlord", "Jeunes Pousses": "association",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["CAF", "Conseil citoyen", "Région", "Mission locale", "A", "Vie et quartier"])
def test_an_organisation_alone_on_its_row_is_one(world: Sheets, name: str) -> None:
    assert not is_part_title(name)
    brought(world, f"Organisme;Nom;Courriel\n{name};;\n")
    assert Organisation.objects.filter(name=name).exists()


def test_a_row_of_words_without_an_organisation_goes_back(world: Sheets) -> None:
    done = import_partners(
        None, world.consultation, read_pasted("Organisme;Nom;Courriel\nPousses;Chi;c@p.example\n;VOIR AVEC SANDRA;\n"),
        good_only=True,
    )  # fmt: skip
    assert done.refused == [(3, "il manque le nom de l'organisme.")]


def test_titles_repeated_in_the_middle_are_left_out(world: Sheets) -> None:
    told = brought(
        world, "Organisme;Nom;Courriel\nPousses;Chi;c@p.example\nOrganisme;Nom;Courriel\nToits;Bo;b@t.example\n"
    )
    assert not Organisation.objects.filter(name="Organisme").exists()
    assert any("titres de colonne répétés : ligne 3" in line for line in told)


def test_an_organisation_written_once_is_that_of_the_rows_below(world: Sheets) -> None:
    told = brought(
        world,
        "Organisme;Nom;Courriel\nPousses;Chi;c@p.example\n;Dan;d@p.example\nToits;Bo;b@t.example\n;Eve;e@t.example\n",
    )
    assert people("Pousses") == [("Chi", "c@p.example"), ("Dan", "d@p.example")]
    assert people("Toits") == [("Bo", "b@t.example"), ("Eve", "e@t.example")]
    assert any("celui du dessus est donné aux lignes 3, 5" in line for line in told)


def test_one_forgotten_organisation_among_many_is_not_guessed(world: Sheets) -> None:
    rows = "".join(f"Pousses {rank};Personne {rank};p{rank}@p.example\n" for rank in range(9))
    done = import_partners(
        None, world.consultation, read_pasted(f"Organisme;Nom;Courriel\n{rows};Seule;seule@p.example\n"), good_only=True
    )
    assert done.refused == [(11, "il manque le nom de l'organisme.")]


def test_two_people_on_a_row_are_two_contacts(world: Sheets) -> None:
    told = brought(
        world,
        "Institution / structure;Civ;Nom;Mail;Civ;Nom;Mail\nPousses;Mme;Chi;c@p.example;M.;Dan;d@p.example\n"
        "Toits;M.;Bo;b@t.example;;;\n",
    )
    assert people("Pousses") == [("Mme Chi", "c@p.example"), ("M. Dan", "d@p.example")]
    assert people("Toits") == [("M. Bo", "b@t.example")]
    assert any("Deux personnes par ligne" in line for line in told)
    assert not any("Seule la colonne" in line for line in told), "both are read"


def test_the_first_of_several_addresses_is_kept_and_the_others_told(world: Sheets) -> None:
    told = brought(world, "Organisme;Nom;Courriel\nPousses;Chi;Chi <c@p.example>\nToits;Bo;b@t.example / a@t.example\n")
    assert (people("Pousses"), people("Toits")) == ([("Chi", "c@p.example")], [("Bo", "b@t.example")])
    assert "Ligne 3 : une personne a une adresse, « a@t.example » n'est pas reprise." in told


@pytest.mark.parametrize("nothing", ["néant", "-", "NC", "Non communiqué", "sans"])
def test_what_is_written_for_nothing_is_nothing(world: Sheets, nothing: str) -> None:
    brought(world, f"Organisme;Nom;Courriel;Téléphone\nPousses;Chi;{nothing};{nothing}\n")
    contact = Contact.objects.get(organisation__name="Pousses")
    assert (contact.email, contact.phone) == ("", "")


def test_a_siret_that_a_spreadsheet_rounded_is_left_out_and_told(world: Sheets) -> None:
    told = brought(world, "Organisme;Nom;SIRET\nPousses;Chi;5,07040E+13\nToits;Bo;5,07041E+13\n")
    assert set(Organisation.objects.filter(name__in=["Pousses", "Toits"]).values_list("siret", flat=True)) == {""}
    assert any("lignes 2 à 3" in line for line in told)


def test_a_siret_of_wrong_digits_still_goes_back(world: Sheets) -> None:
    with pytest.raises(RefusedInput):
        brought(world, "Organisme;Nom;SIRET\nPousses;Chi;12345\n")
