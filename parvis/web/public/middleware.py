"""What is answered before anything else is asked: the probe, and that the database is down."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from parvis.core.access import READ
from parvis.core.outages.breaker import is_down
from parvis.core.outages.embedded_file import is_there
from parvis.web.public.views.errors import unavailable
from parvis.web.public.views.probes import health

Answer = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers `/sante` by whatever name the site is called: a probe asks the loopback, without https."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.path = reverse("public:health")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info == self.path and request.method in READ
        return health(request) if asked else self.get_response(request)


class OutageMiddleware:
    """Answers 503 at once while the database is known not to answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if is_there() and not is_down() else unavailable(request)
