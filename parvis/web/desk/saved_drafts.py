"""Which drafts of her device are saved: their names come with the forms, and the next page says them (`drafts.js`).

The device alone holds what a draft says; the session holds its random name until that page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from parvis.web.desk.requests import tells_a_refusal

_NAME: Final = re.compile(r"[0-9a-f]{24}\Z")
_KEPT: Final = 20
_IN_SESSION: Final = "saved_drafts"


class SavedDraftsMiddleware:
    """A form that led somewhere is saved, unless the page it leads to tells why it was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = getattr(request, "draft_name", "")
        if name and isinstance(response, HttpResponseRedirect) and not tells_a_refusal(request):
            request.session[_IN_SESSION] = [*request.session.get(_IN_SESSION, []), name][-_KEPT:]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Called when no guard has turned her away: she signed in, and the view is to answer."""
        if request.method == "POST" and request.user.is_authenticated and _NAME.match(request.POST.get("draft", "")):
            request.draft_name = request.POST["draft"]  # type: ignore[attr-defined]


def take_saved_drafts(request: HttpRequest) -> list[str]:
    """Their names, told once."""
    return list(request.session.pop(_IN_SESSION, ())) if _IN_SESSION in request.session else []
