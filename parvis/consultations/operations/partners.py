"""The perimeter of a partner organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from parvis.consultations.models import Partner, Theme
from parvis.core import journal
from parvis.people.models import User
from parvis.territories.models import Territory


@transaction.atomic
def set_perimeter(
    actor: User, partner: Partner, *, themes: Iterable[Theme], territories: Iterable[Territory], reads_restricted: bool
) -> None:
    """What the partner is asked about: themes × territories, empty for all; whether it is of the restricted group."""
    chosen, places = list(themes), list(territories)
    partner.themes.set(chosen)
    partner.territories.set(places)
    Partner.objects.filter(pk=partner.pk).update(reads_restricted=reads_restricted)
    journal.record(
        actor, "set_perimeter", partner.organisation, within=partner.consultation,
        themes=[theme.code for theme in chosen], territories=[place.code for place in places],
        restricted=reads_restricted,
    )  # fmt: skip
