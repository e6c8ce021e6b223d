from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.people.rules import importable_territories
from parvis.territories.models import Territory, TerritoryAncestry
from parvis.territories.operations.import_territories import import_territories
from tests.places import TABLE, make_agent, make_places

INPUTS = Path(os.environ.get("PARVIS_INPUTS", Path(__file__).resolve().parents[3] / "shared" / "inputs"))
SAMPLE = INPUTS / "qpv2024_essonne_sample.csv"
HEADER = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"

pytestmark = pytest.mark.django_db


def test_import_of_qpvs_makes_the_whole_tree() -> None:
    report = import_territories(None, TABLE)
    assert report.created == {"intercommunality": 2, "municipality": 3, "neighbourhood": 3}
    tilleuls = Territory.objects.get(official_code="QN00101M")
    assert tilleuls.parent is not None
    assert [tilleuls.name, tilleuls.parent.name, str(tilleuls.parent.parent)] == [
        "Les Tilleuls",
        "Vallières",
        "Val de Lune",
    ]
    above = TerritoryAncestry.objects.filter(territory=tilleuls).values_list("ancestor__official_code", flat=True)
    assert sorted(above) == ["00101", "200000001", "QN00101M"]


def test_import_twice_changes_nothing_and_writes_no_journal_row() -> None:
    import_territories(None, TABLE)
    before = JournalEntry.objects.count()
    report = import_territories(None, TABLE)
    assert (report.created, report.updated, report.unchanged) == ({}, {}, 8)
    assert JournalEntry.objects.count() == before


def test_import_again_with_another_name_updates_and_keeps_the_code() -> None:
    import_territories(None, TABLE)
    code = Territory.objects.get(official_code="QN00101M").code
    report = import_territories(None, TABLE.replace("Les Tilleuls", "Les Grands Tilleuls"))
    assert (report.created, report.updated) == ({}, {"neighbourhood": 1})
    assert Territory.objects.get(code=code).name == "Les Grands Tilleuls"


def towns(count: int, name: str = "Commune") -> str:
    return "code_insee,nom,siren_epci,lib_epci\n" + "".join(
        f"{rank + 30_000:05},{name} {rank},200000009,Agglomération\n" for rank in range(count)
    )


def statements(text: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        import_territories(None, text)
    return [query["sql"] for query in captured]


def test_many_lines_are_written_in_as_many_statements_as_a_few() -> None:
    few, corrected = len(statements(towns(5))), len(statements(towns(5, "Ville")))
    Territory.objects.filter(kind="municipality").delete()
    Territory.objects.all().delete()
    assert len(statements(towns(60))) <= few
    assert len(statements(towns(60, "Ville"))) <= corrected
    renamed = Territory.objects.filter(name__startswith="Ville", sort_key__startswith="ville", outline__isnull=True)
    assert renamed.count() == 60
    assert TerritoryAncestry.objects.count() == 60 * 2 + 1


def test_who_only_looks_takes_no_turn_to_write() -> None:
    with CaptureQueriesContext(connection) as captured:
        import_territories(None, TABLE, dry_run=True)
    assert not [query for query in captured if "SAVEPOINT" in query["sql"]]


def test_dry_run_says_the_same_and_writes_nothing() -> None:
    assert import_territories(None, TABLE, dry_run=True).changes == 8
    assert Territory.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_import_reads_every_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    import_territories(None, TABLE.replace(",", separator).encode(encoding))
    assert Territory.objects.get(official_code="00101").name == "Vallières"


@pytest.mark.parametrize(
    "rows",
    [
        "QN00103M,Le Pont,00101,Vallières,200000001,Val de Lune\n"
        "QN00103M,Le Pont,00102,Montreuillon,200000001,Val de Lune\n",
        'QN00103M,Le Pont,"00101, 00102","Vallières, Montreuillon",200000001,Val de Lune\n',
        "QN00103M,Le Pont,00101;00102,Vallières;Montreuillon,200000001,Val de Lune\n",
        "QN00103M,Le Pont,00101 / 00102,,200000001;200000001,Val de Lune;Val de Lune\n",
    ],
)
def test_import_of_a_qpv_on_two_towns_lies_in_both(rows: str) -> None:
    import_territories(None, TABLE)
    import_territories(None, HEADER + rows)
    bridge = Territory.objects.get(official_code="QN00103M")
    assert str(bridge.parent) == "Vallières"
    assert [town.name for town in bridge.also_in.all()] == ["Montreuillon"]
    above = TerritoryAncestry.objects.filter(territory=bridge).values_list("ancestor__name", flat=True)
    assert sorted(above) == ["Le Pont", "Montreuillon", "Val de Lune", "Vallières"]


def test_import_names_every_faulty_line_and_takes_nothing() -> None:
    rows = (
        "QN00101M,Les Tilleuls,00101,Vallières,200000001,Val de Lune\n"
        "PASBON,Rien,00101,Vallières,200000001,Val de Lune\n"
        "QN00102M,,00102,Montreuillon,200000001,Val de Lune\n"
        "QN00103M,Le Pont,12,Montreuillon,20000,Val de Lune\n"
        "QN00104M,La Butte,00101,Vallieres,200000001,Val de Lune\n"
    )
    with pytest.raises(RefusedInput) as refused:
        import_territories(None, HEADER + rows)
    assert refused.value.lines == (
        "Ligne 3 : « PASBON » n'est pas un code de quartier, par exemple QN09106M.",
        "Ligne 4 : le quartier QN00102M a besoin d'un nom de 120 caractères au plus (colonne lib_qp).",
        "Ligne 5 : « 20000 » n'est pas un SIREN d'agglomération, il faut 9 chiffres.",
        "Ligne 5 : « 12 » n'est pas un code INSEE de commune, il faut 5 caractères.",
        "Ligne 6 : 00101 s'appelle « Vallieres » ici et « Vallières » ligne 2.",
    )
    assert Territory.objects.count() == 0


def test_import_gives_back_the_first_zero_that_a_spreadsheet_ate() -> None:
    import_territories(None, "code_insee;nom;siren_epci;lib_epci\n1001;L'Abergement;200000009;La Dombes\n")
    assert Territory.objects.get(kind="municipality").official_code == "01001"


def test_import_of_towns_needs_their_agglomeration() -> None:
    with pytest.raises(RefusedInput) as refused:
        import_territories(None, "code_insee;nom;siren_epci\n01001;L'Abergement;200000009\n")
    assert refused.value.lines == ("Ligne 2 : agglomération 200000009 inconnue ici et sans nom, importez-la d'abord.",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"PK\x03\x04rest",
        b"\x00\x01\x02",
        "a,b\n1,2\n",
        HEADER,
        '{"features": [',
        '{"features": []}',
        "[]",
    ],
)
def test_import_refuses_what_is_not_an_official_file_in_one_sentence(content: bytes | str) -> None:
    with pytest.raises(RefusedInput) as refused:
        import_territories(None, content)
    assert refused.value.message.count(" : ") == 1
    assert refused.value.lines == ()


def _outline(code: str, ring: list[list[float]]) -> str:
    feature = {"properties": {"code_qp": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


RING = [[2.1, 48.6], [2.2, 48.6], [2.2, 48.7], [2.1, 48.6]]


def test_import_of_outlines_draws_the_known_qpvs_only() -> None:
    make_places()
    assert import_territories(None, _outline("QN00101M", RING)).updated == {"neighbourhood": 1}
    assert Territory.objects.get(official_code="QN00101M").outline == {"type": "Polygon", "coordinates": [RING]}
    with pytest.raises(RefusedInput) as refused:
        import_territories(None, _outline("QN99999M", RING))
    assert refused.value.lines == ("Contour 1 : quartier QN99999M inconnu ici, importez d'abord les quartiers.",)


@pytest.mark.parametrize("ring", [RING[:3], [[650_000.0, 6_860_000.0]] * 4, [["a", 1], [1, 1], [2, 2], ["a", 1]], []])
def test_import_of_outlines_refuses_what_is_not_a_ring_in_degrees(ring: list[list[float]]) -> None:
    make_places()
    with pytest.raises(RefusedInput) as refused:
        import_territories(None, _outline("QN00101M", ring))
    assert refused.value.lines == ("Contour 1 : il faut un polygone en degrés (WGS 84), longitude puis latitude.",)


def test_import_by_an_administrator_leaves_alone_what_others_administer() -> None:
    places = make_places()
    mine, other = make_agent(places.lune), make_agent(places.large)
    within = importable_territories(mine)
    import_territories(mine, TABLE.replace("Les Tilleuls", "Tilleuls"), within=within)
    for stolen in ("Le Port,00101,Vallières,200000001,Val de Lune", "Le Quai,00201,Rochebelle,200000002,Grand Large"):
        with pytest.raises(RefusedInput) as refused:
            import_territories(mine, f"{HEADER}QN00201M,{stolen}\n", within=within)
        assert refused.value.lines == (
            "Ligne 2 : « Le Port » est administré par d'autres, retirez cette ligne ou demandez-leur l'import.",
        )
    with pytest.raises(RefusedInput):
        import_territories(mine, f"{HEADER}QN00209M,Neuf,00201,Rochebelle,200000002,Grand Large\n", within=within)
    assert import_territories(
        other, f"{HEADER}QN00209M,Neuf,00201,Rochebelle,200000002,Grand Large\n", within=importable_territories(other)
    ).created == {"neighbourhood": 1}


def test_import_by_a_coordinator_changes_nothing() -> None:
    places = make_places()
    coordinator = make_agent(places.lune, role="coordinator")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput):
        import_territories(
            coordinator, TABLE.replace("Les Tilleuls", "Tilleuls"), within=importable_territories(coordinator)
        )


@pytest.mark.skipif(not SAMPLE.exists(), reason="the official sample is not on this machine")
def test_import_of_the_official_sample_says_which_names_look_damaged() -> None:
    report = import_territories(None, SAMPLE.read_bytes())
    assert report.created == {"intercommunality": 10, "municipality": 19, "neighbourhood": 23}
    assert report.remarks == (
        "« Communauté d'agglomération Cur d'Essonne Agglomération » avait perdu une lettre dans le fichier : "
        "c'est « Communauté d'agglomération Cœur d'Essonne Agglomération ».",
        "« Champ De Manuvre » semble avoir perdu une lettre dans le fichier (œ peut-être) : importé tel quel.",
    )
    assert Territory.objects.filter(name="Communauté d'agglomération Cœur d'Essonne Agglomération").exists()
    assert Territory.objects.get(official_code="200035863").name == (
        "Communauté de communes Région Lézignanaise; Corbières et Minervois"
    )
