"""An opinion that came late, counted at the very moment the figures are frozen: in them, or refused; never neither."""

from __future__ import annotations

import contextlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.consultations.operations.late_ops import accept_late
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.sheets.models import Opinion
from parvis.sheets.operations import share_results
from parvis.sheets.operations.record_opinions import FROZEN
from tests.sheets.scene import close_review, make_sheets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]


def test_a_late_opinion_is_not_counted_behind_the_back_of_the_freeze(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_sheets()
    close_review(world)
    assert world.opine(world.participant(world.asso), world.permis, "adapt").status == OpStatus.LATE
    late, freeze, asked = OutboxOp.objects.get(), share_results._freeze, list[Future[None]]()

    def accept() -> None:
        try:
            accept_late(world.scene.alice, late)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:

        def meanwhile(*counted: Any) -> None:
            """The rows are read, nothing is committed. Without a lock the other has time to go through."""
            asked.append(other.submit(accept))
            with contextlib.suppress(TimeoutError):
                asked[0].result(timeout=1)
            freeze(*counted)

        monkeypatch.setattr(share_results, "_freeze", meanwhile)
        share_results.share_with_leads(world.scene.alice, world.consultation, clock.today() + share_results.LEADS_ALONE)
        with pytest.raises(RefusedInput, match=FROZEN):
            asked[0].result()
    late.refresh_from_db()
    assert (late.status, Opinion.objects.count()) == (OpStatus.LATE, 0)
