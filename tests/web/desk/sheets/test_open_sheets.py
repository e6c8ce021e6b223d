"""The sheets that partners read, opened to everyone together: those kept apart stay apart."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import Audience
from parvis.core.models import JournalEntry
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from tests.sheets.scene import make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


def audiences() -> dict[str, str]:
    return dict(ActionSheet.objects.values_list("title", "audience"))


def test_one_press_opens_the_sheets_chosen_and_nothing_kept_apart() -> None:
    world = make_sheets()
    kept = {
        title: ActionSheet.objects.create(
            consultation=world.consultation, number=number, title=title, state=state, audience=audience
        )
        for number, (title, state, audience) in enumerate(
            [
                ("Réservée", SheetState.READY, Audience.RESTRICTED),
                ("Équipe", SheetState.READY, Audience.TEAM),
                ("Brouillon", SheetState.DRAFT, Audience.PARTNERS),
                ("Pas choisie", SheetState.READY, Audience.PARTNERS),
            ],
            start=3,
        )
    }
    ActionSheet.objects.filter(pk__in=[world.permis.pk, world.velo.pk]).update(audience=Audience.PARTNERS)
    before = audiences()
    desk = signed_in(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/fiches/"
    assert "Ouvrir à tout le monde les fiches cochées" in desk.get(address).content.decode()
    sheets = [world.permis, world.velo, kept["Réservée"], kept["Équipe"], kept["Brouillon"]]
    answer = desk.post(address, {"sheet": [sheet.code for sheet in sheets], "ouvrir": ""}, follow=True)
    assert "fiches ouvertes à tout le monde." in answer.content.decode()
    assert audiences() == before | dict.fromkeys([world.permis.title, world.velo.title], Audience.PUBLIC)
    assert JournalEntry.objects.get(verb="open_sheets").values == {"count": 2}
    assert "Ouvrir à tout le monde" in desk.get(address).content.decode()
    desk.post(address, {"sheet": kept["Pas choisie"].code, "ouvrir": ""})
    assert "Ouvrir à tout le monde" not in desk.get(address).content.decode()
