from __future__ import annotations

import pytest

from parvis.consultations.models import GlossaryEntry
from parvis.consultations.operations.glossary import (
    Definition,
    delete_entry,
    import_entries,
    read_definitions,
    save_entry,
)
from parvis.core.errors import RefusedInput
from tests.places import make_agent, make_places

pytestmark = pytest.mark.django_db


def test_save_entry_refuses_an_acronym_already_there() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    save_entry(actor, places.lune, Definition("PRE", "Programme de réussite éducative"))
    with pytest.raises(RefusedInput):
        save_entry(actor, places.lune, Definition("PRE", "Autre chose"))
    entry = GlossaryEntry.objects.get()
    save_entry(actor, places.lune, Definition("PRE", "Programme", "Pour les enfants"), entry)
    assert (entry.expansion, entry.explanation) == ("Programme", "Pour les enfants")
    delete_entry(actor, entry)
    assert GlossaryEntry.objects.count() == 0


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_read_definitions_with_each_separator_and_its_header(separator: str) -> None:
    text = "Sigle;Mots\r\n\r\nCAF;Caisse d'allocations familiales;verse des aides\r\nPRE;Réussite éducative\r\n"
    assert read_definitions(text.replace(";", separator)) == [
        Definition("CAF", "Caisse d'allocations familiales", "verse des aides"),
        Definition("PRE", "Réussite éducative", ""),
    ]


def test_read_definitions_names_every_faulty_line() -> None:
    with pytest.raises(RefusedInput) as refused:
        read_definitions("CAF;Caisse\nPRE\nCAF;Encore\n" + "x" * 31 + ";long\na;b;c;d")
    assert refused.value.lines == (
        "Ligne 2 : il faut le sigle puis ses mots en toutes lettres.",
        "Ligne 3 : « CAF » est déjà plus haut, gardez une seule des deux lignes.",
        "Ligne 4 : le sigle dépasse 30 caractères, raccourcissez.",
        "Ligne 5 : plus de trois colonnes, mettez entre guillemets un texte qui contient le séparateur.",
    )


@pytest.mark.parametrize("text", ["", " \n", "sigle;mots\n"])
def test_read_definitions_refuses_an_empty_text(text: str) -> None:
    with pytest.raises(RefusedInput):
        read_definitions(text)


def test_import_entries_counts_what_is_new_and_what_changes() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    save_entry(actor, places.lune, Definition("CAF", "Caisse"))
    text = "CAF;Caisse d'allocations familiales\nPRE;Réussite éducative"
    assert import_entries(actor, places.lune, text) == (1, 1)
    assert import_entries(actor, places.lune, text) == (0, 0)
