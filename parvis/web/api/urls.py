"""The addresses of the interface for programs, each declared as every other view is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from parvis.consultations.operations.devices import participant_of_key
from parvis.core.access import POST, RouteAudience, access, anyone
from parvis.web.api.outbox import router

api = NinjaAPI(title="Parvis", version="1", docs_url=None, urls_namespace="api")
api.add_router("", router)

_LARGEST_BATCH = 4_000_000


def _sent_by_a_device(request: HttpRequest) -> bool:
    """Whether the key is someone's: a stranger's batch is not read beyond the size of a form."""
    return participant_of_key(request.headers.get("Authorization", "").removeprefix("Bearer ")) is not None


_RULES = {
    "api-root": access(anyone),  # answers 404: the description of the interface is made from its address
    "openapi-json": access(anyone),
    "send_outbox": access(
        participant_of_key,
        audience=RouteAudience.PARTNERS,
        methods=POST,
        largest=_LARGEST_BATCH,
        sender=_sent_by_a_device,
    ),
}


def _declared() -> list[Any]:
    """The addresses that ninja makes, and none that we did not name."""
    patterns: list[Any] = [pattern for pattern in api.urls[0] if getattr(pattern, "name", None) in _RULES]
    for pattern in patterns:
        pattern.callback = _RULES[pattern.name](pattern.callback)
    return patterns


app_name = "api"
urlpatterns = _declared()
