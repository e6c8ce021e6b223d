"""A letter addresses people as custom wants."""

from __future__ import annotations

import pytest

from parvis.french.salutations import salutation


@pytest.mark.parametrize(
    ("name", "position", "written"),
    [
        ("Paul Exemple", "Préfet", "Monsieur le Préfet"),
        ("", "Préfète de l'Essonne", "Madame la Préfète"),
        ("Mme Anne Exemple", "Préfet", "Madame la Préfète"),
        ("Mme Anne Exemple", "Maire", "Madame la Maire"),
        ("M. Paul Exemple", "maire de la ville", "Monsieur le Maire"),
        ("", "Madame la Maire", "Madame la Maire"),
        ("", "Mme la Sous-préfète à la ville", "Madame la Sous-préfète"),
        ("Anne Exemple", "Maire", "Madame, Monsieur"),
        ("Anne Exemple", "Directrice générale adjointe des services", "Madame la Directrice générale adjointe"),
        ("M. Paul Exemple", "Directrice générale", "Monsieur le Directeur général"),
        ("Paul Exemple", "délégué du préfet", "Monsieur le Délégué du préfet"),
        ("Mme Exemple", "adjointe au maire", "Madame l'Adjointe au maire"),
        ("M. Paul Exemple", "inspecteur d’académie", "Monsieur l'Inspecteur d'académie"),
        ("Mme Anne Exemple", "Préfet·e", "Madame la Préfète"),
        ("", "Directeur(rice)", "Monsieur le Directeur"),
        ("", "Président(e)", "Madame, Monsieur"),
        ("Anne Exemple", "Secrétaire du maire", "Bonjour Anne Exemple"),
        ("Mme Anne Exemple", "Chargée de mission", "Madame Exemple"),
        ("M. Jean de La Tour", "", "Monsieur de La Tour"),
        ("Mme EXEMPLE Anne", "", "Madame EXEMPLE"),
        ("Anne Exemple", "", "Bonjour Anne Exemple"),
        ("Directrice générale adjointe", "", "Madame la Directrice générale adjointe"),
        ("M. Maire", "", "Monsieur Maire"),
        ("M", "", "Monsieur"),
        ("", "", "Madame, Monsieur"),
        ("", "Mairesse", "Madame, Monsieur"),
    ],
)
def test_salutation(name: str, position: str, written: str) -> None:
    assert salutation(name, position) == written
