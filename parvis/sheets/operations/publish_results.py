"""The results published to everyone, once, masked."""

from __future__ import annotations

from parvis.core import clock, journal
from parvis.people.models import User
from parvis.publishing.models import Edition
from parvis.publishing.operations.publish_draft import publish_draft
from parvis.sheets.models import ResultsRelease


def publish_results(actor: User, release: ResultsRelease) -> Edition:
    """Freeze the masked tables that every step let through.

    Once only: two tables of almost the same people, masked apart, would tell by their difference what each hides.
    """
    return publish_draft(actor, release, after=_keep_edition)


def _keep_edition(actor: User, release: ResultsRelease, edition: Edition) -> None:
    release.edition, release.published_at, release.published_by = edition, clock.now(), actor
    release.save()
    journal.record(actor, "publish_results", release.consultation, edition=edition.code)
