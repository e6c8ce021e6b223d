"""Fields that someone typed: the unknown, the missing and the lone brace are told; a value is never read again."""

from __future__ import annotations

import pytest

from parvis.core.mailing.fields import field_faults, fill_fields

KNOWN = ("salutation", "lien")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{salutation}, {lien}", []),
        ("{Lien} {lien}", ["Le champ {Lien} n'existe pas ici. Ceux de ce courriel : {salutation} et {lien}."]),
        ("{lien", ["Une accolade est seule : un champ s'écrit entre deux accolades, par exemple {organisme}.",
                   "Il manque {lien} : ajoutez-le dans le texte."]),
        ("{lien}}", ["Une accolade est seule : un champ s'écrit entre deux accolades, par exemple {organisme}."]),
        ("Bonjour", ["Il manque {lien} : ajoutez-le dans le texte."]),
        ("", ["Il manque {lien} : ajoutez-le dans le texte."]),
    ],
)  # fmt: skip
def test_faults(text: str, faults: list[str]) -> None:
    assert field_faults(text, KNOWN, ("lien",)) == faults


def test_a_value_is_not_read_as_a_field() -> None:
    assert fill_fields("{salutation} {lien}", {"salutation": "{lien}", "lien": "ici"}) == "{lien} ici"
