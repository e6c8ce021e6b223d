"""Reporting something inappropriate, and reading the answer later with the number given.

Nothing of the visitor is kept: no session, no address. The form can stand in pages that everyone shares from a cache,
so it bears no token of its own; a browser's word on where the form was sent from is checked instead (`same_origin`).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from parvis.core.access import FORM, REFUSED_FORM, access, rule
from parvis.core.errors import TooMany
from parvis.gathering import local_time
from parvis.publishing.enums import FlagReason, FlagState
from parvis.publishing.models import Flag
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.registry import Readable, kind_named
from parvis.publishing.targets import readable_target
from parvis.web.components.published import published_address
from parvis.web.public.forms import FlagForm

_STATES = {
    FlagState.OPEN: "Votre signalement est reçu. L'équipe de modération va le regarder.",
    FlagState.UPHELD: "Le contenu a été masqué.",
    FlagState.DISMISSED: "Le contenu a été maintenu.",
}


def same_origin(request: HttpRequest) -> bool:
    """Whether this form was sent from one of our own pages, by what the browser says of it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


@rule
def find_flag(code: str) -> Flag | None:
    """The report of this number: whoever holds it may read what became of it."""
    return Flag.objects.filter(code=code).select_related("consultation").first()


@access(readable_target, methods=FORM)
@csrf_exempt
def flag(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The form, and what it sends."""
    target = readable_target(kind, code)
    if target is None:
        raise Http404("Contenu inconnu.")
    if request.method != "POST":
        return _form(request, kind, code, target, FlagForm())
    if not same_origin(request):
        raise PermissionDenied
    form = FlagForm(request.POST)
    if not form.is_valid():
        return _form(request, kind, code, target, form, status=REFUSED_FORM)
    reason, comment = FlagReason(form.cleaned_data["reason"]), form.cleaned_data["comment"]
    try:
        kept = flag_content(kind, target, reason=reason, comment=comment)
    except TooMany:
        return _form(request, kind, code, target, form, status=429)
    response = HttpResponseRedirect(reverse("public:flag_state", args=[kept.code]))
    response.status_code = 303
    return response


@access(find_flag)
def flag_state(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where a report stands, and its answer. Neither what was reported nor the words that went with it."""
    kept = find_flag(code)
    if kept is None:
        raise Http404("Signalement inconnu.")
    context = {
        "flag": kept,
        "reason": kept.get_reason_display(),
        "received": local_time.local_day(kept.created_at),
        "handled": local_time.local_day(kept.handled_at) if kept.handled_at else "",
        "state": _STATES[FlagState(kept.state)],
        "open": kept.state == FlagState.OPEN,
    }
    return _private(request, "public/flag_state.html", context)


def _form(
    request: HttpRequest, kind: str, code: str, target: Readable, form: FlagForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "target": target,
        "spoken": kind_named(kind).spoken,
        "form": form,
        "too_many": status == 429,
        "back": published_address(kind, target.code, target.place),
        "action": reverse("public:flag", args=[kind, code]),
    }
    return _private(request, "public/flag.html", context, status=status)


def _private(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """A page that no cache keeps."""
    html = get_template(template).render({**context, "path": request.path, "here": ""})
    return HttpResponse(html, status=status, headers={"Cache-Control": "private, no-store"})
