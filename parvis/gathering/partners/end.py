"""What a partner reads after the last sheet: what she answered, what becomes of it, what she may still do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Participant
from parvis.gathering.partners.meetings import PartnerMeeting, gather_partner_meetings
from parvis.gathering.partners.sheets import Card, PartnerSheets, gather_partner_sheets
from parvis.gathering.public.consultation import PhaseStep, phase_steps
from parvis.gathering.public.meeting import paragraphs

_MEANING: Final = {
    PhaseKind.REVIEW: "Vous pouvez changer vos réponses jusqu'au bout.",
    PhaseKind.WORKSHOPS: "On y parle des actions, à partir de ce que les partenaires ont dit.",
    PhaseKind.RESIDENTS: "Les habitants disent à leur tour ce qu'ils vivent.",
    PhaseKind.ARBITRATION: "On décide de ce que l'on garde et de ce que l'on change.",
}
"""What a step means for who has just answered; the others speak by their name."""


@dataclass(frozen=True, slots=True)
class End:
    """`others`: what she answered outside her perimeter. `meeting`: the next workshop she may come to."""

    sheets: PartnerSheets
    others: tuple[Card, ...]
    steps: tuple[PhaseStep, ...]
    next_steps: tuple[str, ...]
    meeting: PartnerMeeting | None


def gather_end(participant: Participant) -> End:
    """Everything that page says, in a constant number of queries."""
    sheets = gather_partner_sheets(participant)
    phases = list(participant.consultation.phases.all())
    steps = [
        replace(step, text=_MEANING.get(PhaseKind(phase.kind), ""))
        for phase, step in zip(phases, phase_steps(phases), strict=True)
        if step.state != "done"
    ]
    coming = gather_partner_meetings(participant).coming
    return End(
        sheets=sheets,
        others=tuple(card for card in sheets.others if card.value),
        steps=tuple(steps),
        next_steps=tuple(paragraphs(participant.consultation.next_steps)),
        meeting=next((meeting for meeting in coming if not meeting.cancelled), None),
    )
