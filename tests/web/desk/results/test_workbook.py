"""The workbook of the desk: figures, comments, the leads' replies, the directory; names for who may read them alone."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from parvis.consultations.enums import Standing
from parvis.consultations.models import Participant
from parvis.core import clock
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import LeadReply, Opinion
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    made = make_sheets()
    for name, comment, standing, hidden in (
        ("Une personne", "Ouvrir le samedi.", Standing.COUNTED, None),
        ("Une autre", "Mot masqué.", Standing.COUNTED, clock.now()),
        ("Une inconnue", "Mot à vérifier.", Standing.TO_CHECK, None),
    ):
        someone = made.participant(made.caf, name)
        Participant.objects.filter(pk=someone.pk).update(standing=standing)
        Opinion.objects.create(
            sheet=made.permis,
            participant=someone,
            value=OpinionValue.ADAPT,
            comment=comment,
            comment_hidden_at=hidden,
            updated_at=clock.now(),
        )
    LeadReply.objects.create(sheet=made.permis, text="Nous ouvrirons.", updated_at=clock.now())
    LeadReply.objects.create(sheet=made.velo, text="Mot retiré.", updated_at=clock.now(), hidden_at=clock.now())
    return made


def sheets_of(desk: Client, world: Sheets) -> dict[str, str]:
    """Name of each sheet → all that it says."""
    answer = desk.get(f"/gestion/concertations/{world.consultation.code}/avis/avis-des-partenaires.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: " | ".join(str(cell) for row in sheet.values for cell in row if cell) for sheet in book}


def test_the_team_has_everything_in_one_file(world: Sheets) -> None:
    shown = sheets_of(signed_in(world.scene.alice), world)
    names = ["Avis des partenaires", "Commentaires", "Réponses des porteurs", "Annuaire", "Lisez-moi"]
    assert list(shown) == names
    assert "CAF | Une personne | À faire évoluer | Ouvrir le samedi." in shown["Commentaires"]
    assert "Nous ouvrirons." in shown["Réponses des porteurs"]
    assert "Une personne" in shown["Annuaire"]


def test_what_is_hidden_or_not_checked_is_not_in_it(world: Sheets) -> None:
    whole = "".join(sheets_of(signed_in(world.scene.alice), world).values())
    assert not [word for word in ("Mot masqué", "Mot à vérifier", "Mot retiré") if word in whole]


def test_funders_kept_from_names_have_the_figures_alone(world: Sheets) -> None:
    world.consultation.names_kept_from_funders = True
    world.consultation.save()
    world.consultation.funders.add(world.scene.alice)
    shown = sheets_of(signed_in(world.scene.alice), world)
    assert list(shown) == ["Avis des partenaires", "Lisez-moi"]
    assert not [
        word for word in ("Ouvrir le samedi", "Une personne", "Nous ouvrirons") if word in "".join(shown.values())
    ]
