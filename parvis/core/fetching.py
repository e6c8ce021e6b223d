"""Fetching is checking: one row through a rule, or the refusal that fits who asks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

Row = TypeVar("Row", bound=Model)
NO_REASON: Final[Mapping[str, Q]] = MappingProxyType({})
NOT_YOURS: Final = (
    "Cette page ou ce geste n'est pas ouvert à votre rôle, ou pas encore. Demandez-le à qui coordonne la concertation, "
    "ou à qui administre Parvis."
)


def get_or_refuse(
    rows: QuerySet[Row], readable: Q, allowed: Q, code: str, unknown: str, *, reasons: Mapping[str, Q] = NO_REASON
) -> Row:
    """The row of `code` within `allowed`.

    `reasons`: sentences that say why a row is refused, each with the rows it holds for.

    Raises:
        PermissionDenied: she may read it, not do what she asks: it is no secret to her, and a reason helps.
        Http404: she may not read it, or there is none; `unknown` says which thing, in French.
    """
    row = rows.filter(allowed, code=code).first()
    if row is not None:
        return row
    hers = rows.filter(readable, code=code)
    if hers.exists():
        raise PermissionDenied(next((why for why, which in reasons.items() if hers.filter(which).exists()), NOT_YOURS))
    raise Http404(unknown)
