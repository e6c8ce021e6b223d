"""The hashes of an edition, and whether it still says what it said. The method is told in `models.edition`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from parvis.core.canonical import canonical
from parvis.publishing.models import Edition


def line_digest(salt: str, content: Any) -> str:
    """SHA-256(salt ‖ canonical content), hexadecimal."""
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def edition_digest(header: Any, line_digests: Iterable[str]) -> str:
    """SHA-256 over the header and the digests of the lines, in order."""
    whole = hashlib.sha256(canonical(header))
    for digest in line_digests:
        whole.update(digest.encode())
    return whole.hexdigest()


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
