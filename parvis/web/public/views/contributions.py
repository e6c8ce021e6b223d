from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from parvis.core.access import access
from parvis.gathering.public.contribution import Gone, contribution_thread
from parvis.publishing.enums import FlagReason
from parvis.publishing.rules import readable_contributions
from parvis.web.components.acronyms import AcronymMarker
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept

_WHY_GONE = {
    "hidden": "La modération l'a masquée. Elle n'est plus lue nulle part : ni sur les pages, ni dans les fichiers.",
    "withdrawn": "Une correction du compte-rendu l'a retirée. Elle n'est plus lue que dans les éditions d'avant.",
    "erased": "Son texte a été effacé pour toujours, à la demande de la personne concernée ou de l'organisateur.",
}


@kept
@access(readable_contributions)
def contribution(request: HttpRequest, code: str) -> HttpResponseBase:
    """The thread of a contribution. 410 with the reason, and no word of it, when it was public and no longer is."""
    thread = contribution_thread(code)
    if thread is None:
        raise Http404("Contribution inconnue.")
    if isinstance(thread, Gone):
        return page(request, "public/gone.html", {"gone": thread, "why": _WHY_GONE[thread.reason]}, status=410)
    context = {"thread": thread, "acronyms": AcronymMarker(thread.glossary), "reasons": FlagReason.choices}
    return page(request, "public/contribution.html", context)
