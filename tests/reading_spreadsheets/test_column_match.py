"""Columns found by their titles."""

from __future__ import annotations

import pytest

from parvis.reading.spreadsheets import columns, read_pasted
from parvis.reading.spreadsheets.column_match import key_of_title

WANTED = {
    "organisation": ("Organisme", "Structure", "Nom"),
    "email": ("E-mail", "Courriel", "Mail"),
    "siret": ("SIRET", "N° SIRET"),
    "college": ("Collège",),
}


def test_titles_are_known_whatever_their_writing() -> None:
    grid = read_pasted("ORGANISMES;e-Mails *;N° siret (14 chiffres);Couleur;\nCAF;a@exemple.fr;1;bleu;reste\n")
    mapped = columns(grid, WANTED)
    assert mapped.columns == {"organisation": 0, "email": 1, "siret": 2}
    assert mapped.missing == ("college",)
    assert mapped.unknown == ("Couleur",)
    assert [mapped.value(grid.rows[0], field) for field in WANTED] == ["CAF", "a@exemple.fr", "1", ""]
    assert mapped.warnings == (
        "Une colonne n'a pas été reconnue et n'a pas été lue : « Couleur » (D).",
        "La colonne E a des valeurs et pas de titre : elle n'a pas été lue.",
    )


def test_of_two_columns_the_likeliest_title_wins_then_the_leftmost() -> None:
    mapped = columns(read_pasted("Nom;Mail;Structure;mail\na;b;c;d\n"), WANTED)
    assert mapped.columns == {"organisation": 2, "email": 1}
    assert mapped.doubles == ("organisation", "email")
    assert mapped.warnings == (
        "Plusieurs colonnes disent la même chose : « Nom » (A), « Structure » (C). Seule la colonne C a été lue.",
        "Plusieurs colonnes disent la même chose : « Mail » (B), « mail » (D). Seule la colonne B a été lue.",
    )


def test_many_unknown_columns_are_counted() -> None:
    head = ";".join(f"Autre {rank}" for rank in range(12))
    (warning,) = columns(read_pasted(f"{head}\n{head}\n"), WANTED).warnings
    assert warning.startswith("12 colonnes")
    assert warning.endswith("et 4 autres.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prénoms", "prenom"),
        ("Adresse e-mail", "ADRESSE EMAIL"),
        ("Œuvre", "oeuvres"),
        ("Nom de l’organisme", "Nom de l'organisme"),
    ],
)
def test_folded_titles(one: str, other: str) -> None:
    assert key_of_title(one) == key_of_title(other)


def test_short_words_keep_their_letters() -> None:
    assert key_of_title("CAS") != key_of_title("CA")
