"""What is answered before anything else is asked: the probe, and that the database is down; and the sessions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from parvis.core.access import READ
from parvis.core.outages.breaker import note_outage, seen_health
from parvis.core.outages.embedded_file import is_there
from parvis.core.outages.recognise import drop_read_only_connection, is_outage
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
    """Answers 503 at once while the database is known not to answer, or to who writes while it only reads."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        health = seen_health()
        able = health.reads if request.method in READ else health.writes
        return self.get_response(request) if able and is_there() else unavailable(request)


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's. A page that only reads is shown all the same when its session cannot be kept."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method not in READ:
            return super().process_response(request, response)
        if not seen_health().writes:  # it would wait in vain
            return response
        try:
            return super().process_response(request, response)
        except Error as error:
            if not is_outage(error):
                raise
            note_outage(error, writing=True)
            drop_read_only_connection(error)
            return response
