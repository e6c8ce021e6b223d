"""What came on paper: a booklet with boxes, entered in the name of a partner; stickers, counted by college."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

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

_DEVICE = "papier"


@transaction.atomic
def enter_booklet(
    actor: User,
    consultation: Consultation,
    organisation: Organisation,
    answers: Mapping[str, str],
    *,
    contact: Contact | None = None,
) -> tuple[Participant, list[str]]:
    """Enter a booklet: sheet code → value. With a contact it is hers, else of one more person of the organisation.

    Returns who it is, and what was refused, a sentence each. What is entered after closing waits as late.
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
    ops = [
        {"op_id": str(uuid.uuid4()), "seq": participant.clock + rank, "kind": "opinion", "sheet": sheet, "value": value}
        for rank, (sheet, value) in enumerate(answers.items(), start=1)
    ]
    results = apply_ops(participant, _DEVICE, ops).results
    journal.record(actor, "enter_booklet", participant, sheets=len(ops))
    return participant, [result.detail for result in results if result.status == OpStatus.REJECTED]


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
