"""When a page cannot be shown: what happened, what is kept, what to do. None of these asks the database anything."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

_LOG = logging.getLogger(__name__)
_PLAIN = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Erreur</title>
<h1>Cette page n'a pas pu s'afficher</h1><p>Rechargez-la dans un instant.</p></html>"""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing that may be read. The answer is the same for both."""
    return _answer(
        404,
        "Cette page n'existe pas",
        "L'adresse est peut-être incomplète, ou ce que vous cherchez n'est pas public pour l'instant.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _answer(
        403,
        "Vous ne pouvez pas ouvrir cette page",
        "Elle est réservée. Si vous devriez y avoir accès, demandez-le à la personne qui vous a invité.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: says so even when templates are what failed."""
    try:
        return _answer(
            500,
            "Quelque chose n'a pas marché de notre côté",
            "Ce qui était enregistré l'est toujours. Rechargez la page dans un instant ; si cela dure, prévenez-nous.",
        )
    except Exception:
        _LOG.exception("the page of errors failed too")
        return HttpResponse(_PLAIN, status=500)


def not_made(reason: str) -> HttpResponse:
    """503 when a file takes too much to be made, or when enough are being made."""
    return _answer(503, "Ce fichier n'a pas pu être préparé", reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was sent without its token: most often, cookies are refused or the page is old."""
    return _answer(
        403,
        "Ce formulaire n'a pas pu être envoyé",
        "Rien n'a été enregistré. Revenez en arrière, rechargez la page, puis envoyez de nouveau. "
        "Si cela recommence, autorisez les cookies de ce site.",
    )


def _answer(status: int, title: str, text: str) -> HttpResponse:
    html = get_template("public/error.html").render({"error_title": title, "error_text": text, "path": "", "here": ""})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})
