"""The results opened to the leads, with time to answer, before anyone outside the project team reads them.

What they are shown is counted then, once: figures that moved between two looks would tell what one opinion said, and
those that are published are theirs.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.french.dates import day
from parvis.insight.opinions import SheetFigures
from parvis.insight.shown import Counts, show, show_parts
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.sheets.frozen_figures import hold_figures
from parvis.sheets.models import ActionSheet, FrozenFigures, ResultsRelease
from parvis.sheets.operations.finish_results import require_review_over
from parvis.sheets.operations.tell_leads import tell_leads
from parvis.sheets.results import ResultsRows, count_results, read_ready_rows
from parvis.sheets.shown_data import Data, parts_data, shown_data

LEADS_ALONE: Final = datetime.timedelta(days=5)
"""For which they read their figures before anyone outside the project team."""


def share_with_leads(actor: User, consultation: Consultation, reply_until: datetime.date) -> ResultsRelease:
    """Let each lead read the figures of its sheets, and answer until `reply_until`, included.

    The figures are counted before the transaction, which a large consultation would hold for long; inside, they are
    counted again only if what they are counted from moved.
    """
    if reply_until < clock.today() + LEADS_ALONE:
        raise RefusedInput(
            "Les porteurs lisent leurs résultats cinq jours au moins avant tout le monde : "
            f"choisissez le {day(clock.today() + LEADS_ALONE)} ou après."
        )
    require_review_over(consultation)
    first = not ResultsRelease.objects.filter(consultation=consultation, shared_with_leads_at__isnull=False).exists()
    rows = read_ready_rows(consultation) if first else None
    figures = figures_to_freeze(rows) if rows is not None else {}
    with transaction.atomic():
        release = _open(actor, consultation, reply_until)
        if release.shared_with_leads_at is None:
            rows_now = read_ready_rows(consultation)
            _freeze(release, figures if rows_now == rows else figures_to_freeze(rows_now))
            release.shared_with_leads_at = clock.now()
            tell_leads(actor, release)
        release.save()
    return release


def figures_to_freeze(rows: ResultsRows) -> dict[str, Data]:
    """Code of each sheet → what may be told of its opinions, split by relation, else by college, if it can be."""
    return {sheet.code: _to_freeze(sheet.figures) for sheet in count_results(rows).sheets}


def _to_freeze(figures: SheetFigures) -> Data:
    relations = show_parts({name: Counts.of(part) for name, part in figures.relations.items()})
    colleges = show_parts({name: Counts.of(part) for name, part in figures.colleges.items()})
    return {
        **shown_data(show(Counts.of(figures.organisations, figures.named))),
        "relations": parts_data(relations),
        "colleges": parts_data(colleges) if relations is None else None,
    }


def _open(actor: User, consultation: Consultation, reply_until: datetime.date) -> ResultsRelease:
    """The release, held, with its date; the caller saves it."""
    hold_figures(consultation.pk)
    require_review_over(consultation)
    release, _ = ResultsRelease.objects.select_for_update().get_or_create(consultation=consultation)
    if release.state != PublishingState.DRAFT:
        raise ForbiddenMove("Les résultats sont publiés, ou en validation : les porteurs ne peuvent plus répondre.")
    release.reply_until = reply_until
    journal.record(actor, "share_results_with_leads", consultation, until=reply_until.isoformat())
    return release


def _freeze(release: ResultsRelease, figures: dict[str, Data]) -> None:
    rows = dict(ActionSheet.objects.filter(consultation=release.consultation_id).values_list("code", "pk"))
    FrozenFigures.objects.bulk_create(
        FrozenFigures(release=release, sheet_id=rows[code], shown=shown) for code, shown in figures.items()
    )
