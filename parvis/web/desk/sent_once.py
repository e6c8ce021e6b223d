"""What is sent twice counts once, whatever lies between: a double click, a reload, an answer that the network lost.

A form carries the random key of its page (`{% form_key %}`). The key is taken before the view runs and kept with the
address that it led to; the same form again leads there too. A form without key is done as it comes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_htmx.http import HttpResponseClientRedirect

from parvis.core import clock
from parvis.core.canonical import canonical
from parvis.people.actor import actor_of
from parvis.people.models import SentForm, User
from parvis.people.operations.sent_forms import record_form_answer, release_form_key, take_form_key
from parvis.web.components.form_pages import refusing_to_save
from parvis.web.desk.requests import tells_a_refusal

View = Callable[..., HttpResponseBase]

PATIENCE_SECONDS: Final = 15
"""How long the second waits for the answer of the first; beyond, the server may have stopped meanwhile."""

_PAUSE_SECONDS: Final = 0.05
_OF_THE_PAGE: Final = ("form_key", "csrfmiddlewaretoken", "draft")
"""What a form carries that nobody wrote."""
_ALREADY: Final = "Cet envoi était déjà arrivé, et n'a compté qu'une fois."
_OTHER_CONTENT: Final = (
    'Ce formulaire a déjà servi, avec un autre contenu : <a href="{}" target="_blank">voir ce qui a été enregistré'
    "</a>. Ce que vous venez d'écrire est ci-dessous ; enregistrez de nouveau si vous voulez aussi le garder."
)
_NOBODY_KNOWS: Final = (
    "Ce formulaire est déjà parti une fois, et le site n'y a pas répondu : regardez si c'est fait. "
    "Sinon, enregistrez de nouveau : ce que vous avez écrit est ci-dessous."
)


def sent_once(view: View) -> View:
    """For a form that `form_pages.saved` saves: with another content under the same key it comes back, refused, beside
    the address of what was saved."""
    return _counted_once(view, button=False)


def pressed_once(view: View) -> View:
    """For buttons and files: another content under the same key is another thing that is asked."""
    return _counted_once(view, button=True)


def _counted_once(view: View, *, button: bool) -> View:
    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor, key = actor_of(request), _key(request)
        if actor is None or not key:
            return view(request, *args, **kwargs)
        content_hash = _content_hash(request)
        if button:
            key = f"{key[:20]}-{content_hash[:19]}"
        before = _first_or_before(actor, key, content_hash)
        if before is None:
            return _answer_first(view, actor, key, request, *args, **kwargs)
        if before.content_hash == content_hash and before.address:
            return _lead_to(request, before.address)
        if button:
            return render(request, "desk/nobody_knows.html", {"section": ""}, status=409)
        with refusing_to_save(_reason(before)):
            return view(request, *args, **kwargs)

    once.sent_once = True  # type: ignore[attr-defined]
    return once


def _key(request: HttpRequest) -> str:
    return request.POST.get("form_key", "")[:40].replace("\x00", "") if request.method == "POST" else ""


def _content_hash(request: HttpRequest) -> str:
    """Of what was sent and where. Keyed: nobody guesses a short text back from it."""
    texts = {name: values for name, values in request.POST.lists() if name not in _OF_THE_PAGE}
    files = []
    for name, sent in sorted(request.FILES.lists()):
        for file in sent:
            files.append(
                [name, file.name, salted_hmac("parvis.sent_file", file.read(), algorithm="sha256").hexdigest()]
            )
            file.seek(0)
    content = canonical([request.path, texts, files])
    return salted_hmac("parvis.sent_form", content, algorithm="sha256").hexdigest()


def _first_or_before(actor: User, key: str, content_hash: str) -> SentForm | None:
    """None when this one is to be done. One that is still being answered is waited for: it may be refused yet."""
    while True:
        before = take_form_key(actor, key, content_hash)
        if before is None or before.address:
            return before
        if (clock.now() - before.sent_at).total_seconds() > PATIENCE_SECONDS:
            return before
        time.sleep(_PAUSE_SECONDS)


def _answer_first(
    view: View, actor: User, key: str, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """A view that breaks keeps its key: what it had done by then is not known."""
    try:
        response = view(request, *args, **kwargs)
    except (Http404, PermissionDenied):
        release_form_key(actor, key)
        raise
    if isinstance(response, HttpResponseRedirectBase) and not tells_a_refusal(request):
        record_form_answer(actor, key, response.url)
    else:
        release_form_key(actor, key)
    return response


def _lead_to(request: HttpRequest, address: str) -> HttpResponseBase:
    messages.info(request, _ALREADY)
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _reason(before: SentForm) -> str | SafeString:
    return format_html(_OTHER_CONTENT, before.address) if before.address else _NOBODY_KNOWS
