"""What came on paper: a booklet with boxes, entered in the name of a partner; stickers, counted by college."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from django.db import transaction

from parvis.consultations.enums import OpStatus, Origin
from parvis.consultations.models import Consultation, Participant
from parvis.consultations.operations.invitations import hold_partner
from parvis.consultations.outbox import apply_ops
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput, Stale
from parvis.people.models import Contact, Organisation, User
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet, Tally

PAPER_DEVICE: Final = "papier"
"""The device of what an agent types from paper: no device of a partner may bear this name."""


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """What a booklet says of one sheet; what is empty was not written, and stays as it was."""

    value: str = ""
    comment: str = ""
    relation: str = ""

    def body(self) -> dict[str, str]:
        """As an operation says it."""
        return {name: what for name, what in asdict(self).items() if what}


@dataclass(frozen=True, slots=True)
class EnteredBooklet:
    """Whose it is, how many answers count, how many wait as late, and what was refused, a sentence each."""

    participant: Participant
    counted: int
    late: int
    refused: tuple[str, ...]


@transaction.atomic
def enter_booklet(
    actor: User,
    consultation: Consultation,
    organisation: Organisation,
    answers: Mapping[str, PaperAnswer],
    *,
    contact: Contact | None = None,
    received_on: datetime.date | None = None,
) -> EnteredBooklet:
    """Enter a booklet: sheet code → answer. With a contact it is hers, else of one more person of the organisation.

    What is entered after closing waits as late, with the day it was received on, for whoever decides whether it counts.
    """
    if not hold_partner(consultation, organisation):
        raise RefusedInput("Cet organisme n'est pas un partenaire de la concertation : ajoutez-le à l'annuaire.")
    if contact is not None:
        participant, _ = Participant.objects.get_or_create(
            consultation=consultation, contact=contact, defaults={"organisation": organisation, "origin": Origin.PAPER}
        )
    else:
        participant = Participant.objects.create(
            consultation=consultation, organisation=organisation, origin=Origin.PAPER
        )
    received = {"received_on": received_on.isoformat()} if received_on is not None else {}
    ops = [
        {"op_id": str(uuid.uuid4()), "seq": participant.clock + rank, "kind": "opinion", "sheet": sheet,
         **answer.body(), **received}
        for rank, (sheet, answer) in enumerate(answers.items(), start=1)
    ]  # fmt: skip
    results = apply_ops(participant, PAPER_DEVICE, ops).results
    statuses = Counter(result.status for result in results)
    journal.record(actor, "enter_booklet", participant, sheets=len(ops), late=statuses[OpStatus.LATE])
    return EnteredBooklet(
        participant,
        counted=statuses[OpStatus.APPLIED],
        late=statuses[OpStatus.LATE],
        refused=tuple(result.detail for result in results if result.status == OpStatus.REJECTED),
    )


@transaction.atomic
def count_stickers(
    actor: User, sheet: ActionSheet, college: str, counts: Mapping[str, int], *, replaces: bool = False
) -> None:
    """Write the stickers that a college put on the poster of a sheet.

    Raises `Stale`, which tells the standing count, when somebody entered another one and `replaces` is not said.
    """
    for value, count in counts.items():
        if value not in OpinionValue.values or count < 0 or count > 10_000:
            raise RefusedInput("Un nombre de gommettes va de 0 à 10 000, pour une des sept réponses.")
    ActionSheet.objects.select_for_update().get(pk=sheet.pk)
    standing = list(Tally.objects.filter(sheet=sheet, college=college, value__in=counts).select_related("entered_by"))
    same = {row.value: row.count for row in standing} == {value: count for value, count in counts.items() if count}
    if standing and not same and not replaces:
        raise Stale(_already_counted(standing))
    for value, count in counts.items():
        Tally.objects.update_or_create(
            sheet=sheet, college=college, value=value,
            defaults={"count": count, "entered_by": actor, "updated_at": clock.now()},
        )  # fmt: skip
    Tally.objects.filter(sheet=sheet, college=college, count=0).delete()
    journal.record(actor, "count_stickers", sheet, college=college, total=sum(counts.values()))


def _already_counted(standing: Sequence[Tally]) -> str:
    words = ", ".join(f"{OpinionValue(row.value).label.lower()} {row.count}" for row in standing)
    return (
        f"Déjà compté par {standing[0].entered_by or 'une autre personne'}, pour ce collège : {words}. "
        "Si votre compte est le bon, cochez « Remplacer le compte déjà saisi »."
    )
