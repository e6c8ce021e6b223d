"""Freezing what is published."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Max

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.core.plain_insert import insert_rows
from parvis.people.models import User
from parvis.publishing.content import Content
from parvis.publishing.digests import edition_digest, line_digest
from parvis.publishing.models import Edition, EditionLine


@transaction.atomic
def freeze_edition(actor: User, consultation: Consultation, subject: str, content: Content, note: str) -> Edition:
    """Write the next edition of `subject`. Called inside the transaction of the app that publishes."""
    last = Edition.objects.filter(subject=subject).aggregate(last=Max("number"))["last"] or 0
    rows = [
        EditionLine(
            position=position,
            role=line.role,
            reference=line.reference,
            content=line.content,
            salt=(salt := secrets.token_hex(16)),
            digest=line_digest(salt, line.content),
        )
        for position, line in enumerate(content.lines, start=1)
    ]
    edition = Edition.objects.create(
        consultation=consultation,
        subject=subject,
        number=last + 1,
        header=content.header,
        note=note,
        published_at=clock.now(),
        published_by=actor,
        digest=edition_digest(content.header, (row.digest for row in rows)),
    )
    for row in rows:
        row.edition = edition
    insert_rows(rows)
    journal.record(actor, "publish_edition", edition, subject=subject, number=edition.number, lines=len(rows))
    return edition
