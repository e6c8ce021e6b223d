"""The position of an organisation, entered by its référent and by nobody else."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Participant, Phase
from parvis.core import clock, journal
from parvis.core.errors import NotAllowed, RefusedInput
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet, Position
from parvis.sheets.results_rules import speaks_for

NOT_REFERENT = "Seul le référent de votre organisme peut donner sa position."


@transaction.atomic
def enter_position(participant: Participant, sheet: ActionSheet, value: str) -> None:
    """Write what her organisation says of `sheet`, already fetched through its rule; an empty value takes it back.

    Raises `NotAllowed` when she is not the référent or the review is closed, `RefusedInput` on an unknown value.
    """
    # Held, then read as she is now: an organisation that another absorbs moves with all that it says.
    row = Participant.objects.filter(pk=participant.pk)
    row.select_for_update(no_key=True).values_list("pk").first()
    participant = row.select_related("contact", "organisation").first() or participant
    if not speaks_for(participant):
        raise NotAllowed(NOT_REFERENT)
    phase = Phase.objects.filter(consultation=participant.consultation_id, kind=PhaseKind.REVIEW).first()
    if phase is None or not phase.is_open(clock.today()):
        raise NotAllowed("L'étape des avis n'est pas ouverte : la position de votre organisme ne change plus.")
    if value and value not in OpinionValue.values:
        raise RefusedInput("Choisissez une des sept réponses, ou « aucune position ».")
    held = Position.objects.filter(organisation=participant.organisation, sheet=sheet)
    if not value:
        held.delete()
    else:
        Position.objects.update_or_create(
            organisation=participant.organisation,
            sheet=sheet,
            defaults={"value": value, "entered_by": participant.contact, "updated_at": clock.now()},
        )
    journal.record(participant, "enter_position", sheet, value=value)
