"""Lines alone: which name a theme."""

from __future__ import annotations

from parvis.reading.theme_names import announces_theme, clean_theme, is_theme, names_theme


def test_themes() -> None:
    assert is_theme("Emploi / Insertion")
    assert not is_theme("Emploi des cigales")
    assert names_theme("Emploi des cigales")
    assert clean_theme("Thématique 2 : Santé :") == "Santé"
    assert announces_theme("Atelier n°3 – Culture")
