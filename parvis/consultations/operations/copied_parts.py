"""What a new consultation takes from a former one: themes, phases, validation steps, partners, team.

Rows are written together: as many statements for two hundred partners as for two.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Consultation, Partner, Phase, TeamMember, Theme, ThemeAlias, ValidationStep
from parvis.consultations.operations.themes import READY_THEMES, make_themes
from parvis.core.plain_insert import insert_rows
from parvis.people.models import User
from parvis.territories.models import TerritoryAncestry


def copy_themes(source: Consultation, made: Consultation, *, chosen: bool) -> dict[int, int]:
    """The themes of `source` with their other names, else the ready ones. Former theme → that of the new consultation,
    for those that have the same address in both."""
    former = list(source.themes.order_by("position", "id"))
    if chosen:
        Theme.objects.bulk_create(
            Theme(consultation=made, name=row.name, slug=row.slug, position=row.position, audience=row.audience)
            for row in former
        )
    else:
        make_themes(made, READY_THEMES)
    by_slug = dict(made.themes.order_by().values_list("slug", "pk"))
    mapped = {row.pk: by_slug[row.slug] for row in former if row.slug in by_slug}
    if chosen:
        aliases = ThemeAlias.objects.filter(theme__consultation=source).order_by("id")
        ThemeAlias.objects.bulk_create(ThemeAlias(theme_id=mapped[row.theme_id], label=row.label) for row in aliases)
    return mapped


def copy_phases(source: Consultation, made: Consultation, shift: datetime.timedelta, *, chosen: bool) -> None:
    """The eight phases, at shifted dates or without any: what was opened or closed by hand follows its dates again."""
    former = {phase.kind: phase for phase in source.phases.all()} if chosen else {}
    rows = []
    for position, kind in enumerate(PhaseKind):
        phase = former.get(kind)
        rows.append(
            Phase(
                consultation=made,
                kind=kind,
                position=phase.position if phase is not None else position,
                opens_on=phase.opens_on + shift if phase is not None and phase.opens_on else None,
                closes_on=phase.closes_on + shift if phase is not None and phase.closes_on else None,
            )
        )
    Phase.objects.bulk_create(rows)


def copy_steps(source: Consultation, made: Consultation) -> None:
    """What its minutes pass before they are published."""
    ValidationStep.objects.bulk_create(
        ValidationStep(consultation=made, kind=step.kind, position=step.position) for step in source.steps.all()
    )


def copy_partners(source: Consultation, made: Consultation, themes: Mapping[int, int]) -> int:
    """Who takes part, each with its perimeter; how many. Neither their invitations nor what they said."""
    former = list(Partner.objects.filter(consultation=source).order_by("id"))
    insert_rows([
        Partner(consultation=made, organisation_id=row.organisation_id, reads_restricted=row.reads_restricted)
        for row in former
    ])  # fmt: skip
    by_organisation = dict(Partner.objects.filter(consultation=made).order_by().values_list("organisation_id", "pk"))
    mapped = {row.pk: by_organisation[row.organisation_id] for row in former}
    copy_links(Partner.themes, mapped, themes)
    copy_links(Partner.territories, mapped)
    return len(former)


def copy_team(source: Consultation, made: Consultation, actor: User, *, chosen: bool) -> None:
    """Those of the team who still work on the territory, and who copies. Funders stay marked as such."""
    above = TerritoryAncestry.objects.filter(territory=made.territory_id).order_by().values("ancestor")
    working = User.objects.filter(is_active=True, roles__territory__in=above)
    team = set(working.filter(memberships__consultation=source).values_list("pk", flat=True)) if chosen else set()
    insert_rows([TeamMember(consultation=made, user_id=pk) for pk in sorted(team | {actor.pk})])
    made.funders.set(source.funders.all())


def copy_links(relation: Any, rows: Mapping[int, int], others: Mapping[int, int] | None = None) -> None:
    """Links of each former row, given to its copy. `others`: what stands for each former other end, else itself."""
    through = relation.through
    near, far = (
        through._meta.get_field(name).attname
        for name in (relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name())
    )
    links = through._default_manager.filter(**{f"{near}__in": list(rows)}).order_by("id").values_list(near, far)
    insert_rows([
        through(**{near: rows[row], far: other if others is None else others[other]})
        for row, other in links
        if others is None or other in others
    ])  # fmt: skip
