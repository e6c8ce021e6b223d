"""Which sheets each partner organisation is asked about: themes × territories, and what is shown to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Partner, Theme
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from parvis.territories.models import TerritoryAncestry

_OPEN = frozenset({Audience.PUBLIC, Audience.PARTNERS})


def perimeters(consultation: Consultation, organisation: int | None = None) -> dict[int, frozenset[str]]:
    """Organisation row → codes of the sheets of its perimeter (all of them, or one). Eight queries at most.

    A sheet concerns a territory if it is run there, below it or above it; without territory it is run everywhere.
    """
    shown = ActionSheet.objects.filter(consultation=consultation, state=SheetState.READY, hidden_at=None)
    sheets = list(shown.exclude(audience=Audience.TEAM).order_by("number").values_list("pk", "code", "audience"))
    themes = _pairs(ActionSheet.themes.through.objects.filter(actionsheet__consultation=consultation)
                    .values_list("actionsheet_id", "theme_id"))  # fmt: skip
    places = _pairs(ActionSheet.territories.through.objects.filter(actionsheet__consultation=consultation)
                    .values_list("actionsheet_id", "territory_id"))  # fmt: skip
    partners = Partner.objects.filter(consultation=consultation)
    if organisation is not None:
        partners = partners.filter(organisation=organisation)
    partner_themes = _pairs(Partner.themes.through.objects.filter(partner__in=partners)
                            .values_list("partner_id", "theme_id"))  # fmt: skip
    partner_places = _pairs(Partner.territories.through.objects.filter(partner__in=partners)
                            .values_list("partner_id", "territory_id"))  # fmt: skip
    near = _neighbours({place for group in partner_places.values() for place in group})
    closed = dict(Theme.objects.filter(consultation=consultation).exclude(audience__in=_OPEN)
                  .values_list("pk", "audience"))  # fmt: skip
    asked_of = {}
    for pk, asked, restricted in partners.values_list("pk", "organisation_id", "reads_restricted"):
        wanted = partner_themes[pk]
        reach = {place for own in partner_places[pk] for place in near[own]}
        asked_of[asked] = frozenset(
            code
            for sheet, code, audience in sheets
            if (audience in _OPEN or restricted)
            and all((restricted and closed.get(theme, Audience.PUBLIC) != Audience.TEAM) or theme not in closed
                    for theme in themes[sheet])
            and (not wanted or wanted & themes[sheet])
            and (not reach or not places[sheet] or reach & places[sheet])
        )  # fmt: skip
    return asked_of


def _pairs(rows: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    by_left: defaultdict[int, set[int]] = defaultdict(set)
    for left, right in rows:
        by_left[left].add(right)
    return by_left


def _neighbours(territories: set[int]) -> defaultdict[int, set[int]]:
    """Each territory with those that lie in it and those it lies in."""
    near: defaultdict[int, set[int]] = defaultdict(set)
    links = TerritoryAncestry.objects.order_by().values_list("territory_id", "ancestor_id")
    for territory, ancestor in links.filter(territory__in=territories).union(links.filter(ancestor__in=territories)):
        near[territory].add(ancestor)
        near[ancestor].add(territory)
    return near
