"""An agglomération by its name or SIREN, and the neighbourhoods of a file that lie in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.core.errors import RefusedInput
from parvis.territories.models import Territory
from parvis.territories.readers.files import read_official_file
from parvis.territories.readers.intercommunalities import (
    Intercommunality,
    neighbourhoods_file,
    read_intercommunalities,
    the_one_called,
    towns_file,
)

HEADER = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"
LUNE = Intercommunality("200000001", "Val de Lune", (("00101", "Vallières"), ("00102", "Montreuillon")), "val de lune")


@pytest.fixture(scope="module")
def official() -> list[Intercommunality]:
    return read_intercommunalities()


@pytest.mark.parametrize(
    ("words", "siren"),
    [
        ("200056232", "200056232"),
        ("200 056 232", "200056232"),
        ("Paris-Saclay", "200056232"),
        ("communauté d'agglomération PARIS SACLAY", "200056232"),
        ("plaine commune", "200057867"),
        ("metropole de lyon", "200046977"),
        ("Dunk", "245900428"),
    ],
)
def test_one_is_chosen_by_siren_by_name_or_by_words_of_it(
    official: list[Intercommunality], words: str, siren: str
) -> None:
    assert the_one_called(words, official).siren == siren


@pytest.mark.parametrize("words", ["", "  ", "?", "Trifouilly", "12345678", "999999999"])
def test_a_name_of_none_is_refused_in_a_sentence(official: list[Intercommunality], words: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        the_one_called(words, official)
    assert "SIREN" in refusal.value.message


def test_several_are_listed_with_their_siren(official: list[Intercommunality]) -> None:
    with pytest.raises(RefusedInput, match=r"7 agglomérations répondent à « grand paris »") as refusal:
        the_one_called("grand paris", official)
    assert "200058790  Grand Paris Grand Est" in refusal.value.lines
    with pytest.raises(RefusedInput, match="quatre rivières") as refusal:
        the_one_called("communauté de communes des quatre rivières", official)
    assert len(refusal.value.lines) == 2


def test_the_list_is_whole_and_its_names_hold_in_their_column(official: list[Intercommunality]) -> None:
    longest = Territory._meta.get_field("name").max_length or 0
    assert len(official) > 1200
    assert max(len(name) for one in official for name in (one.name, *(town for _, town in one.towns))) <= longest
    assert all(one.towns for one in official)
    assert not [one.name for one in official if one.name.startswith(("CA ", "CC ", "CU "))]


def test_without_its_list_the_program_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="make install"):
        read_intercommunalities(tmp_path)


def codes(here: Intercommunality, lines: str) -> list[str]:
    return [entry.official_code for entry in neighbourhoods_file(here, read_official_file(HEADER + lines)).entries]


def test_neighbourhoods_of_elsewhere_are_left_with_their_communes() -> None:
    lines = "QN00101M,Les Tilleuls,00101,Vallières,200000001,Val\nQN00201M,Le Port,00201,Rochebelle,200000002,Large\n"
    assert codes(LUNE, lines) == ["QN00101M"]


def test_a_neighbourhood_that_straddles_brings_the_commune_beside() -> None:
    lines = 'QN00103M,La Lisière,"00201, 00101","Rochebelle, Vallières","200000002, 200000001","Large, Lune"\n'
    assert codes(LUNE, lines) == ["200000002", "00201", "QN00103M"]


@pytest.mark.django_db
def test_the_list_says_where_communes_lie_whatever_the_file_says() -> None:
    """Files put the communes of Plaine Commune in the Métropole du Grand Paris, which signs no contract."""
    from parvis.territories.operations.import_territories import import_official_file

    file = read_official_file(HEADER + "QN00101M,Les Tilleuls,00101,VALLIERES,200000009,Métropole\n")
    import_official_file(None, towns_file(LUNE))
    import_official_file(None, neighbourhoods_file(LUNE, file))
    tilleuls = Territory.objects.get(official_code="QN00101M")
    assert tilleuls.parent is not None
    assert (tilleuls.parent.name, str(tilleuls.parent.parent)) == ("Vallières", "Val de Lune")
    assert not Territory.objects.filter(official_code="200000009").exists()


def test_a_file_without_one_of_its_neighbourhoods_is_refused() -> None:
    with pytest.raises(RefusedInput, match="aucun quartier de « Val de Lune »"):
        codes(LUNE, "QN00201M,Le Port,00201,Rochebelle,200000002,Large\n")


def test_only_names_that_are_kept_are_remarked_upon() -> None:
    lines = "QN00101M,Le Cur,00101,Vallières,200000001,V\nQN00201M,La Manuvre,00201,Rochebelle,200000002,L\n"
    (remark,) = neighbourhoods_file(LUNE, read_official_file(HEADER + lines)).remarks
    assert "« Le Cur »" in remark
