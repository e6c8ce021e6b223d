"""When a page cannot be shown: what happened, what is kept, what to do. None of these asks the database anything."""

from __future__ import annotations

import logging
import sys
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template

from parvis.core.guards import BodyWithoutLength
from parvis.core.outages.breaker import note_outage
from parvis.core.outages.recognise import is_outage
from parvis.core.uniqueness import SAME_MOMENT, broke_uniqueness

_LOG = logging.getLogger(__name__)
_PLAIN = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Erreur</title>
<h1>Cette page n'a pas pu s'afficher</h1><p>Rechargez-la dans un instant.</p></html>"""

RETRY_SECONDS: Final = 5
_JSON: Final = "application/json"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 and 411 for a body that is not read."""
    if isinstance(exception, RequestDataTooBig):
        return _answer(
            413,
            "C'est trop lourd pour cette page",
            "Rien n'a été enregistré. Revenez en arrière, puis envoyez moins à la fois, ou un fichier plus léger.",
            request,
        )
    if isinstance(exception, BodyWithoutLength):
        return _answer(411, "Cet envoi ne dit pas sa taille", "Envoyez-le avec sa taille (Content-Length).", request)
    nothing_kept = "Rien n'a été enregistré. Revenez en arrière, puis recommencez."
    return _answer(400, "Cette demande n'a pas été comprise", nothing_kept, request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database cannot answer now. Who asks again a moment later may be served."""
    response = _answer(
        503,
        "Le site ne peut pas répondre en ce moment",
        "Ce qui était enregistré l'est toujours ; ce que vous venez d'envoyer ne l'est pas. "
        "Attendez un instant, puis recommencez : si vous envoyiez un formulaire, revenez d'abord en arrière.",
        request,
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing that may be read. The answer is the same for both."""
    return _answer(
        404,
        "Cette page n'existe pas",
        "L'adresse est peut-être incomplète, ou ce que vous cherchez n'est pas public pour l'instant.",
        request,
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason that was given."""
    reason = str(exception) or (
        "Elle est réservée. Si vous devriez y avoir accès, demandez-le à la personne qui vous a invité."
    )
    return _answer(403, "Vous ne pouvez pas ouvrir cette page", reason, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: says so even when templates are what failed. 503 and 409 when the database cannot answer, or took the same
    from another a moment before."""
    error = sys.exc_info()[1]
    if error is not None and is_outage(error):
        note_outage(error)
        return unavailable(request)
    if broke_uniqueness(error):
        return _answer(409, "Quelqu'un vous a devancé", SAME_MOMENT, request)
    try:
        return _answer(
            500,
            "Quelque chose n'a pas marché de notre côté",
            "Ce qui était enregistré l'est toujours. Rechargez la page dans un instant ; si cela dure, prévenez-nous.",
            request,
        )
    except Exception:
        _LOG.exception("the page of errors failed too")
        return HttpResponse(_PLAIN, status=500)


def not_made(request: HttpRequest, reason: str) -> HttpResponse:
    """503 when a file takes too much to be made, or when enough are being made."""
    return _answer(503, "Ce fichier n'a pas pu être préparé", reason, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was sent without its token: most often, cookies are refused or the page is old."""
    return _answer(
        403,
        "Ce formulaire n'a pas pu être envoyé",
        "Rien n'a été enregistré. Revenez en arrière, rechargez la page, puis envoyez de nouveau. "
        "Si cela recommence, autorisez les cookies de ce site.",
        request,
    )


def _answer(status: int, title: str, text: str, request: HttpRequest) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    if _wants_json(request):  # `refusal` for the scripts of our pages, `detail` for programs
        sentences = f"{title}. {text}"
        return JsonResponse({"detail": sentences, "refusal": sentences}, status=status, headers=headers)
    html = get_template("public/error.html").render({"error_title": title, "error_text": text, "path": "", "here": ""})
    return HttpResponse(html, status=status, headers=headers)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith(_JSON)
