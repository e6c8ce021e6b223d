"""Freezing what is published, hiding and erasing in it, and checking that it still says what it said.

The method is told in `models.edition`; `docs/decisions/0005-editions.md` says why.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from parvis.consultations.enums import LineRole
from parvis.consultations.models import Consultation, Edition, EditionLine
from parvis.core import clock, journal
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One line to freeze. `content` is plain JSON; `reference` stays the same from edition to edition."""

    role: LineRole
    reference: str
    content: dict[str, Any]


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the same bytes on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def line_digest(salt: str, content: Any) -> str:
    """SHA-256(salt ‖ canonical content), hexadecimal."""
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def edition_digest(header: Any, line_digests: Iterable[str]) -> str:
    """SHA-256 over the header and the digests of the lines, in order."""
    whole = hashlib.sha256(canonical(header))
    for digest in line_digests:
        whole.update(digest.encode())
    return whole.hexdigest()


@transaction.atomic
def freeze_edition(
    actor: User,
    consultation: Consultation,
    subject: str,
    header: dict[str, Any],
    lines: Iterable[FrozenLine],
    note: str,
) -> Edition:
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
        for position, line in enumerate(lines, start=1)
    ]
    edition = Edition.objects.create(
        consultation=consultation,
        subject=subject,
        number=last + 1,
        header=header,
        note=note,
        published_at=clock.now(),
        published_by=actor,
        digest=edition_digest(header, (row.digest for row in rows)),
    )
    for row in rows:
        row.edition = edition
    EditionLine.objects.bulk_create(rows)
    journal.record(actor, "publish_edition", edition, subject=subject, number=edition.number, lines=len(rows))
    return edition


def verify_edition(edition: Edition) -> list[str]:
    """What does not hold in `edition`, one French sentence each; an empty list when everything does.

    A line whose salt was dropped (erased) cannot be recomputed: its digest is taken as it stands, and the edition's
    digest still proves that nothing else moved.
    """
    problems = []
    lines = list(edition.lines.order_by("position"))
    for line in lines:
        if line.salt is not None and line.digest != line_digest(line.salt, line.content):
            problems.append(
                f"Édition {edition.code}, ligne {line.position} : le contenu ne correspond plus à son empreinte."
            )
        if line.salt is None and line.content is not None:
            problems.append(f"Édition {edition.code}, ligne {line.position} : contenu présent sans son sel.")
    if edition.digest != edition_digest(edition.header, (line.digest for line in lines)):
        problems.append(f"Édition {edition.code} : l'empreinte de l'édition ne correspond plus à ses lignes.")
    return problems


def hide_in_editions(reference: str) -> int:
    """Withhold every line that carries `reference`, in every edition. Returns how many were touched."""
    return EditionLine.objects.filter(reference=reference, hidden_at=None).update(hidden_at=clock.now())


def show_in_editions(reference: str) -> int:
    """Give back the lines of `reference` that were withheld and not erased."""
    return EditionLine.objects.filter(reference=reference, salt__isnull=False).update(hidden_at=None)


def erase_in_editions(reference: str) -> int:
    """Forget the content and the salt of `reference` in every edition, for ever. The digests stay."""
    lines = EditionLine.objects.filter(reference=reference)
    lines.filter(hidden_at=None).update(hidden_at=clock.now())
    return lines.update(content=None, salt=None)
