"""How public pages and files answer: the same bytes for everyone, checked again each time, never the session.

Browsers keep a page but ask at each visit whether it still holds (an empty 304 when it does); shared caches may serve
it for one second, which carries a crowd through the opening of a report. So what moderation hides is gone at once.
Whoever is signed in gets `private, no-store`: her browser keeps nothing of her visits.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.utils.cache import get_conditional_response

SHARED = "public, max-age=0, s-maxage=1, must-revalidate"


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponseBase:
    """A page, rendered without the request: neither session, nor message, nor csrf token can slip in."""
    here = absolute(request.path)
    html = get_template(template).render({**context, "here": here, "path": request.path})
    return cacheable(request, HttpResponse(html, status=status))


def cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The response with its validator; an empty 304 when the browser already holds it."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        response["Cache-Control"] = "private, no-store"
        return response
    response["Cache-Control"] = SHARED
    if response.status_code != 200:
        return response
    etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'  # weak: a proxy may compress
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def download(request: HttpRequest, data: bytes, content_type: str, name: str) -> HttpResponseBase:
    """A file to keep."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return cacheable(request, response)


def absolute(path: str) -> str:
    """The address of a page as people share it, whatever name the request came by."""
    return f"{settings.PUBLIC_URL}{path}"
