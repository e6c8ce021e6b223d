"""Lines alone: which are no contribution."""

from __future__ import annotations

from parvis.reading.line_roles import is_closing, is_document, is_foot, is_furniture, is_neutral


def test_parts_without_contributions() -> None:
    assert is_neutral("Ordre du jour :")
    assert is_closing("La séance est levée à 17 h.")
    assert is_document("Compte-rendu de la rencontre")
    assert is_furniture("Imprimer")
    assert is_foot("Ce contenu est-il inapproprié ?")
