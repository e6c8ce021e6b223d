"""A contribution forgotten, for ever."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.core import clock, journal
from parvis.core.erasure import wipe_on_commit
from parvis.core.signals import content_hidden
from parvis.people.models import User
from parvis.publishing.models import Flag
from parvis.publishing.operations.withhold_lines import erase_in_editions
from parvis.publishing.signals import tell_hidden

ERASED: Final = "[texte effacé]"


@transaction.atomic
def erase_contribution(actor: User | None, contribution: Contribution) -> None:
    """Forget the text of a contribution everywhere: itself, every edition, what reports of it quote. For ever.

    Upper apps follow the signal.
    """
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    locked.text, locked.details, locked.state, locked.erased_at = (
        ERASED,
        [],
        ContributionState.HIDDEN,
        clock.now(),
    )
    locked.save()
    erase_in_editions(contribution.journal_name)
    Flag.objects.filter(target_kind="contribution", target_code=contribution.code).update(comment="")
    journal.record(actor, "erase_contribution", contribution)
    content_hidden.send(sender=Contribution, kind="contribution_erased", code=contribution.code)
    contribution.refresh_from_db()
    tell_hidden("contribution", contribution.code)
    wipe_on_commit()


def erase_contributions_of(sender: Any, code: str, **_: Any) -> None:
    """Receiver of `person_erased`: the texts that only an erased contact could write go, here and in every edition."""
    written = Contribution.objects.filter(participant__contact__code=code, erased_at=None)
    for contribution in written.order_by("id"):
        erase_contribution(None, contribution)
