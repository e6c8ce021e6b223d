"""An archived consultation is read, and nothing of it is written: every route that writes is walked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from parvis.cli.routes import all_routes
from parvis.consultations.enums import Standing, StepKind
from parvis.consultations.lifecycle import ARCHIVED, ARCHIVED_FOR_PARTNERS
from parvis.consultations.models import Consultation
from parvis.consultations.operations.decide_arrivals import ArrivalChoice, decide_arrivals
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.lifecycle import archive_consultation
from parvis.consultations.outbox import apply_ops
from parvis.core.access import SentToEntrance
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Minutes
from parvis.meetings.operations.delete_consultation import delete_consultation
from parvis.meetings.operations.import_report import import_report
from parvis.publishing.operations.pass_step import pass_step
from parvis.sheets.operations.import_sheets import import_sheets
from tests.meetings.scene import REPORT
from tests.rights.town import Town, make_town
from tests.routes_table import TABLE

pytestmark = pytest.mark.django_db

OF_THE_CONSULTATION = re.compile(
    r"/gestion/(concertations|comptes-rendus|rencontres)/<|/partenaires/|/atelier/<str:room>/"
)
STILL_WRITTEN = frozenset({
    "/gestion/concertations/<str:code>/sortir-des-archives/",
    "/gestion/concertations/<str:code>/avis/<str:sheet>/commentaires/<str:opinion>/",  # moderation goes on: it is read
    "/gestion/concertations/<str:code>/avis/<str:sheet>/reponse/",
    "/gestion/concertations/<str:code>/reprendre/",  # it is read, another one is written
    "/partenaires/quitter/",  # closing a device writes nothing of the consultation
})  # fmt: skip
"""What anyone may still read must still be hidden, erased, reported; and the archive has a way out."""
NO_ROW = frozenset({
    "/gestion/comptes-rendus/<str:code>/participants/<str:comment>/",
    "/gestion/comptes-rendus/<str:code>/lectures/<str:report>/retirer/",
})  # fmt: skip
"""This town has none: the minutes themselves are refused first."""


@pytest.fixture
def town() -> Town:
    cache.clear()
    town = make_town()
    consultation = town.sheets.consultation
    archive_consultation(town.sheets.scene.alice, consultation)
    return town


def test_nothing_of_an_archive_is_written_by_any_route(town: Town) -> None:
    """The coordinator, of the project team, would pass every door but this one; so would the partners."""
    values, clients = town.values(), town.clients()
    wrong: dict[str, str] = {}
    for path, template in _writing_routes().items():
        address = template.format(**values)
        for who in ("coordinator", "partner", "referent", "secretary"):
            if ("/gestion/" in path or "/table/" in path) != (who == "coordinator"):
                continue
            answer = _post(clients[who], address)
            if not _says_it_is_archived(answer, path):
                wrong[f"{who} {path}"] = f"{answer.status_code} {answer.get('Location', '')}"
    assert wrong == {}


def test_the_same_routes_write_once_it_is_out_of_the_archive(town: Town) -> None:
    """So that the walk above is refused by the archive, and by nothing else."""
    Consultation.objects.update(archived_at=None)
    values, clients = town.values(), town.clients()
    refused = {
        path
        for path, template in _writing_routes().items()
        if path.startswith("/gestion/") and ARCHIVED in _text(_post(clients["coordinator"], template.format(**values)))
    }
    assert refused == set()


def test_what_was_public_is_still_read(town: Town) -> None:
    values, clients = town.values(), town.clients()
    for address in ("/concertations/{slug}/", "/rencontres/{meeting}/", "/contributions/{contribution}/"):
        assert Client().get(address.format(**values)).status_code == 200, address
    assert clients["partner"].get("/partenaires/fiches/").status_code == 200
    assert clients["coordinator"].get("/gestion/concertations/{consultation}/".format(**values)).status_code == 200
    assert clients["coordinator"].get("/gestion/concertations/{consultation}/avis/".format(**values)).status_code == 200


def test_what_was_written_offline_is_refused_with_its_reason(town: Town) -> None:
    partner = town.partners["partner"]
    op = {"op_id": "6f1d7b8e-0000-4000-8000-000000000001", "seq": 1, "kind": "opinion", "value": "continue"}
    results = apply_ops(partner, "d", [op | {"sheet": town.sheets.permis.code}, "rien"]).results
    assert [(result.status, result.detail) for result in results] == [("rejected", ARCHIVED_FOR_PARTNERS)] * 2


def test_commands_and_steps_are_refused_too(town: Town) -> None:
    """What is reached without a rule that lets write."""
    scene, consultation = town.sheets.scene, town.sheets.consultation
    minutes = Minutes.objects.filter(state="validation").first()
    assert minutes is not None
    scene.meeting.consultation.refresh_from_db()
    writes: tuple[Callable[[], object], ...] = (
        lambda: import_report(None, scene.meeting, REPORT.encode(), "encore.txt"),
        lambda: import_partners(None, consultation, [["Organisme"], ["Régie"]]),
        lambda: import_sheets(None, consultation, [["Intitulé"], ["Une action"]]),
        lambda: pass_step(scene.alice, minutes, StepKind.PARTICIPANTS),
        lambda: decide_arrivals(scene.alice, consultation, ArrivalChoice(), Standing.COUNTED),
        lambda: delete_consultation(scene.alice, consultation),
    )
    for write in writes:
        with pytest.raises(RefusedInput, match="archivée"):
            write()


def _writing_routes() -> dict[str, str]:
    """Route → template of its address, for what writes in a consultation."""
    paths = {route.path for route in all_routes() if "POST" in route.methods}
    templates = {name.partition(" ")[2]: template for name, (template, _) in TABLE.items()}
    kept = (path for path in paths if OF_THE_CONSULTATION.search(path) and path not in STILL_WRITTEN | NO_ROW)
    return {path: templates[path] or path for path in sorted(kept)}


def _post(client: Client, address: str) -> HttpResponse:
    with transaction.atomic():
        answer: HttpResponse = client.post(address)
        transaction.set_rollback(True)
    return answer


def _says_it_is_archived(answer: HttpResponse, path: str) -> bool:
    """Rooms are closed: who sat there is sent to the entrance."""
    if path.startswith("/atelier/") or isinstance(answer, SentToEntrance):
        return isinstance(answer, SentToEntrance) or answer.status_code == 404
    return answer.status_code in (403, 422) and (ARCHIVED in _text(answer) or ARCHIVED_FOR_PARTNERS in _text(answer))


def _text(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"[\u00a0\u202f]", " ", unescape(answer.content.decode(errors="replace"))).split())
