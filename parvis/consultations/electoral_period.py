"""A warning about what is held or published while people are about to vote; never a refusal."""

from __future__ import annotations

import datetime
from typing import Final

from parvis.consultations.models import Consultation
from parvis.core.errors import RefusedInput
from parvis.french.dates import period

TWO_ENDS: Final = "La période électorale a un premier et un dernier jour, dans cet ordre : complétez ou videz les deux."
_WHY: Final = (
    "ce qui y est tenu ou publié ne doit pas promouvoir l'action de la collectivité (code électoral, article L. 52-1). "
    "C'est à vous de juger."
)


def check_electoral_period(first: datetime.date | None, last: datetime.date | None) -> None:
    """Raise `RefusedInput` for half a period, or one that ends before it starts."""
    if (first is None) != (last is None) or (first is not None and last is not None and last < first):
        raise RefusedInput(TWO_ENDS)


def electoral_warning(consultation: Consultation, day: datetime.date) -> str:
    """What to know before something is held or published on `day`; nothing outside of the period."""
    first, last = consultation.electoral_from, consultation.electoral_until
    if first is None or last is None or not first <= day <= last:
        return ""
    return f"Période électorale {period(first, last)} : {_WHY}"


def electoral_notice(consultation: Consultation, today: datetime.date) -> str:
    """The same, while a date is being chosen: as long as the period is not over."""
    last = consultation.electoral_until
    return electoral_warning(consultation, last) if last is not None and last >= today else ""
