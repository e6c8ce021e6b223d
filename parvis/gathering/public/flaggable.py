"""What a visitor may report: only what she may read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from parvis.consultations.enums import FlagTarget, LineRole
from parvis.consultations.models import Consultation, EditionLine, Flag
from parvis.core import clock
from parvis.core.access import rule
from parvis.gathering.public.consultation import readable_consultation
from parvis.gathering.public.contribution import readable_contribution
from parvis.gathering.public.meeting import readable_meeting
from parvis.gathering.results.published import gather_published
from parvis.meetings.models import Minutes
from parvis.meetings.rules import readable_minutes
from parvis.sheets.models import ActionSheet

MOST_AN_HOUR = 20
"""Flags kept about one thing in an hour. Beyond, moderators know; counted by target, since a room shares an address."""


@dataclass(frozen=True, slots=True)
class Flaggable:
    """What is reported: its name in the flag, and how to speak of it."""

    consultation: Consultation
    kind: FlagTarget
    code: str
    what: str
    excerpt: str


@rule
def flaggable(kind: FlagTarget, code: str) -> Flaggable | None:
    """The thing, if anyone may read it.

    `code` is a slug for a consultation, the code of its line for a passage, that of its sheet for results and replies.
    """
    if kind == FlagTarget.MEETING:
        meeting = readable_meeting(code)
        if meeting is not None:
            return Flaggable(meeting.consultation, kind, meeting.code, "la rencontre", meeting.title)
        return None
    if kind == FlagTarget.CONTRIBUTION:
        said = readable_contribution(code)
        if said is not None:
            return Flaggable(said.consultation, kind, said.code, "la contribution", said.text)
        return None
    if kind == FlagTarget.CONSULTATION:
        found = readable_consultation(code)
        return Flaggable(found, kind, found.code, "la concertation", found.title) if found is not None else None
    if kind in (FlagTarget.RESULTS, FlagTarget.LEAD_REPLY):
        return _result(kind, code)
    return _passage(code)


def flagged_too_much(target: Flaggable) -> bool:
    """Whether so many flags came about `target` within the hour that one more would tell nothing."""
    since = clock.now() - datetime.timedelta(hours=1)
    lately = Flag.objects.filter(target_kind=target.kind, target_code=target.code, created_at__gte=since)
    return lately.count() >= MOST_AN_HOUR


def _result(kind: FlagTarget, code: str) -> Flaggable | None:
    sheet = ActionSheet.objects.filter(code=code).select_related("consultation").first()
    consultation = readable_consultation(sheet.consultation.slug) if sheet is not None else None
    published = gather_published(consultation) if consultation is not None else None
    shown = next((each for each in published.sheets if each.code == code), None) if published is not None else None
    if consultation is None or shown is None:
        return None
    if kind == FlagTarget.RESULTS:
        return Flaggable(consultation, kind, code, "les chiffres de la fiche", shown.title)
    return Flaggable(consultation, kind, code, "la réponse du porteur", shown.reply) if shown.reply else None


def _passage(code: str) -> Flaggable | None:
    lines = EditionLine.objects.filter(role=LineRole.INTRODUCTION, reference=f"line:{code}", hidden_at=None)
    line = lines.select_related("edition__consultation").order_by("-edition__number").first()
    if line is None or line.content is None:
        return None
    minutes = Minutes.objects.filter(readable_minutes(None), code=line.edition.subject.partition(":")[2])
    if not minutes.exists():
        return None
    passage = "le passage du compte-rendu"
    return Flaggable(line.edition.consultation, FlagTarget.EDITION_LINE, line.reference, passage, line.content["text"])
