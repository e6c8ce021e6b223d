"""The acronyms, by the agents."""

from __future__ import annotations

from django.test import Client

from parvis.consultations.models import GlossaryEntry
from parvis.people.enums import RoleKind
from tests.places import Places, make_agent
from tests.web.desk.conftest import signed_in

GLOSSARY = "/gestion/glossaire/"


def test_glossary_adds_changes_pastes_and_removes(desk: Client, places: Places) -> None:
    form = {"acronym": "PRE", "expansion": "Réussite éducative", "territory": places.lune.code}
    assert desk.post(GLOSSARY, form).status_code == 302
    assert desk.post(GLOSSARY, form).status_code == 422
    entry = GlossaryEntry.objects.get()
    desk.post(f"{GLOSSARY}{entry.code}/", form | {"explanation": "Pour les enfants"})
    entry.refresh_from_db()
    assert entry.explanation == "Pour les enfants"
    pasted = {"text": "CAF;Caisse\nPRE;Programme", "territory": places.lune.code}
    assert desk.post(f"{GLOSSARY}coller/", pasted).status_code == 302
    assert [each.acronym for each in GlossaryEntry.objects.all()] == ["CAF", "PRE"]
    bad = desk.post(f"{GLOSSARY}coller/", pasted | {"text": "CAF\n"})
    assert (bad.status_code, "Ligne 1" in bad.content.decode()) == (422, True)
    desk.post(f"{GLOSSARY}{entry.code}/retirer/")
    assert [each.acronym for each in GlossaryEntry.objects.all()] == ["CAF"]


def test_glossary_of_another_agglomeration_is_out_of_reach(desk: Client, places: Places) -> None:
    entry = GlossaryEntry.objects.create(territory=places.large, acronym="X", expansion="Ailleurs")
    assert desk.get(f"{GLOSSARY}{entry.code}/").status_code == 404
    assert desk.post(f"{GLOSSARY}{entry.code}/retirer/").status_code == 404
    form = {"acronym": "Y", "expansion": "y", "territory": places.large.code}
    assert desk.post(GLOSSARY, form).status_code == 422
    reader = signed_in(make_agent(places.large, RoleKind.READER))
    assert reader.post(f"{GLOSSARY}{entry.code}/retirer/").status_code == 404
