"""Who said what of a sheet, for the project team alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from parvis.consultations.enums import Standing
from parvis.sheets import models


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's opinion, for the project team only. `comment` is empty when moderation hid it."""

    code: str
    organisation: str
    name: str
    value: str
    relation: str
    comment: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class OrganisationVoices:
    """What the people of an organisation say, and its position if its référent entered one."""

    organisation: str
    college: str
    position: str
    voices: tuple[Voice, ...]


def gather_voices(
    sheet: models.ActionSheet, standing: Standing = Standing.COUNTED, most: int | None = None
) -> tuple[OrganisationVoices, ...]:
    """Who said what of a sheet, by organisation: those who count, or those of another standing. Two queries.

    `most`: the first opinions only, where a rush may have left thousands.

    For who passed `results_rules.team_consultations`.
    """
    by_organisation: dict[int, list[models.Opinion]] = defaultdict(list)
    opinions = models.Opinion.objects.filter(sheet=sheet, participant__standing=standing).exclude(value="")
    for opinion in opinions.select_related("participant__organisation", "participant__contact").order_by("id")[:most]:
        by_organisation[opinion.participant.organisation_id or 0].append(opinion)
    positions = {position.organisation_id: position.get_value_display() for position in sheet.positions.all()}
    rows = []
    for key, group in by_organisation.items():
        organisation = group[0].participant.organisation
        if organisation is None:
            continue
        rows.append(
            OrganisationVoices(
                organisation=organisation.name,
                college=organisation.college.label,
                position=positions.get(key, ""),
                voices=tuple(_voice(opinion) for opinion in group),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.college, row.organisation)))


def _voice(opinion: models.Opinion) -> Voice:
    contact = opinion.participant.contact
    return Voice(
        code=opinion.code,
        organisation=str(opinion.participant.organisation),
        name=str(contact) if contact is not None else "Venue par le QR code ou sur papier",
        value=opinion.get_value_display(),
        relation=opinion.get_relation_display() if opinion.relation != "none" else "",
        comment=opinion.comment,
        hidden=opinion.comment_hidden_at is not None,
    )
