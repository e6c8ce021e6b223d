"""A file that could not be made: its page says why, instead of an error of ours."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.sandbox import NotDone
from parvis.web.public.views.errors import not_made


class HeavyFileMiddleware:
    """Answers the words of a `NotDone` that no form of the view shows: most often, of a file to take away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_made(exception.message) if isinstance(exception, NotDone) else None
