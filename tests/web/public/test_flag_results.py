"""Published figures and replies of leads can be reported; what moderation hides of them is gone everywhere."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parvis.core import clock
from parvis.gathering.room.figures import HIDDEN, room_figures
from parvis.publishing.digests import verify_edition
from parvis.publishing.models import Edition, Flag
from parvis.sheets.models import LeadReply
from tests.sheets.scene import Sheets, make_sheets, published_results
from tests.web.desk.conftest import signed_in
from tests.web.public.square import visit

pytestmark = pytest.mark.django_db

REPLY = "Nous avons changé les horaires."


@pytest.fixture
def world() -> Sheets:
    made = make_sheets()
    for sheet in (made.permis, made.velo):
        sheet.audience = "public"
        sheet.save()
    LeadReply.objects.create(sheet=made.permis, text=REPLY, updated_at=clock.now())
    published_results(made)
    return made


def page(world: Sheets) -> str:
    return visit(f"/concertations/{world.consultation.slug}/avis/")


def table(world: Sheets) -> str:
    cache.clear()
    answer = Client().get(f"/concertations/{world.consultation.slug}/avis-des-partenaires.csv")
    return str(answer.content.decode("utf-8-sig"))


def flagged(path: str) -> Flag:
    assert Client().post(path, {"reason": "false", "comment": "Ce n'est pas vrai"}).status_code == 303
    return Flag.objects.get()


def decide(world: Sheets, flag: Flag, decision: str) -> None:
    where = reverse("desk:flag", args=[flag.code])
    moderator = signed_in(world.scene.chloe)
    assert moderator.get(where).status_code == 200
    assert moderator.post(where, {"decision": decision, "answer": "Nous avons regardé."}).status_code == 302


def holds() -> None:
    assert [problem for edition in Edition.objects.all() for problem in verify_edition(edition)] == []


def test_the_page_offers_to_report_each_line(world: Sheets) -> None:
    offered = re.findall(r'href="(/signaler/[a-z]+/[a-z0-9]+/)"', page(world))
    assert offered == [
        f"/signaler/reponse/{world.permis.code}/",
        f"/signaler/resultats/{world.permis.code}/",
        f"/signaler/resultats/{world.velo.code}/",
    ]
    for path in offered:
        assert f"/concertations/{world.consultation.slug}/avis/#fiche-" in visit(path)


def test_figures_that_are_hidden_are_nowhere_then_back(world: Sheets) -> None:
    title = world.permis.title
    assert title in page(world)
    assert title in table(world)
    decide(world, flagged(f"/signaler/resultats/{world.permis.code}/"), "hide")
    assert title not in page(world)
    assert REPLY not in page(world), "an answer without its figures"
    assert title not in table(world)
    assert room_figures(world.permis) == {"why": HIDDEN}
    assert world.velo.title in page(world)
    for kind in ("figures", "lead_reply"):
        assert visit(f"/signaler/{kind}/{world.permis.code}/") == ""
    holds()
    where = reverse("desk:moderate_restore", args=["figures", world.permis.code])
    assert signed_in(world.scene.chloe).post(where).status_code == 302
    assert (title in page(world), REPLY in page(world), title in table(world)) == (True, True, True)
    assert "known" in room_figures(world.permis)


def test_a_reply_that_is_hidden_is_nowhere_then_back(world: Sheets) -> None:
    assert REPLY in page(world)
    decide(world, flagged(f"/signaler/reponse/{world.permis.code}/"), "hide")
    assert REPLY not in page(world)
    assert world.permis.title in page(world)
    assert visit(f"/signaler/reponse/{world.permis.code}/") == ""
    assert LeadReply.objects.get().hidden_at is not None
    holds()
    moderator = signed_in(world.scene.chloe)
    again = moderator.post(reverse("desk:moderate_hide", args=["lead_reply", world.permis.code]), {"reason": "false"})
    assert again.status_code == 422
    where = reverse("desk:moderate_restore", args=["lead_reply", world.permis.code])
    assert moderator.post(where).status_code == 302
    assert REPLY in page(world)
    assert LeadReply.objects.get().hidden_at is None


def test_the_button_of_the_results_hides_the_reply_where_it_is_published(world: Sheets) -> None:
    where = f"/gestion/concertations/{world.consultation.code}/avis/{world.permis.code}/reponse/"
    world.consultation.members.create(user=world.scene.chloe)
    assert signed_in(world.scene.chloe).post(where).status_code == 302
    assert REPLY not in page(world)
    holds()


def test_kept_figures_stay(world: Sheets) -> None:
    decide(world, flagged(f"/signaler/resultats/{world.permis.code}/"), "keep")
    assert world.permis.title in page(world)


def test_what_is_not_published_is_not_reported(world: Sheets) -> None:
    assert visit(f"/signaler/reponse/{world.velo.code}/") == "", "it has no reply"
    world.permis.audience = "partners"
    world.permis.save()
    assert visit(f"/signaler/resultats/{world.permis.code}/") == ""
    assert visit("/signaler/resultats/inconnu000/") == ""


def test_who_does_not_moderate_finds_nothing(world: Sheets) -> None:
    for user in (world.scene.bob, world.scene.dan):
        for kind in ("figures", "lead_reply"):
            where = reverse("desk:moderate_hide", args=[kind, world.permis.code])
            assert signed_in(user).post(where, {"reason": "false"}).status_code == 404
    assert REPLY in page(world)
