"""The tree of territories, and the official files that feed it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, UPLOAD_BYTES, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.people.rules import (
    READ,
    administered_territories,
    administers_somewhere,
    importable_territories,
    territories_of,
)
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import ImportReport, import_territories
from parvis.territories.operations.settle_territory import settle_territory
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.territories.forms import ImportTerritoriesForm, TerritoryForm

_SHOWN_NAMES = 30


@access(territories_of, audience=RouteAudience.AGENTS)
def territories(request: HttpRequest) -> HttpResponse:
    """The agent's own trees: a file of all of France brings 1,600 neighbourhoods of others. Few queries."""
    actor = agent(request)
    known = list(Territory.objects.defer("outline").prefetch_related("also_in"))
    mine = set(territories_of(actor, READ))
    children: dict[int | None, list[Territory]] = defaultdict(list)
    for territory in known:
        children[territory.parent_id].append(territory)
    roots = [_branch(territory, children, mine) for territory in children[None]]
    own = [root for root in roots if root["mine"]]
    return page(
        request,
        "desk/territories/territories.html",
        "territories",
        roots=own,
        others=len(roots) - len(own),
        administers=administers_somewhere(actor),
        settled=set(Territory.objects.filter(administered_territories(actor)).values_list("pk", flat=True)),
    )


@access(administered_territories, audience=RouteAudience.AGENTS, methods=FORM)
def edit_territory(request: HttpRequest, code: str) -> HttpResponse:
    """Its name here, and whether it is shown."""
    actor = agent(request)
    administered = Territory.objects.filter(administered_territories(actor)).defer("outline")
    territory = administered.filter(code=code).first()
    if territory is None:
        raise Http404("Ce territoire n'est pas de ceux que vous administrez.")
    form = TerritoryForm(posted(request), standing=territory)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(territory, lambda row: settle_territory(actor, row, **form.settled()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:territories")
    return page(request, "desk/territories/territory.html", "territories", form=form, territory=territory)


def _branch(territory: Territory, children: dict[int | None, list[Territory]], mine: set[int]) -> dict[str, Any]:
    below = [_branch(child, children, mine) for child in children[territory.pk]]
    return {
        "territory": territory,
        "mine": territory.pk in mine or any(branch["mine"] for branch in below),
        "children": below,
        "also_in": [town.name for town in territory.also_in.all()],
        "neighbourhoods": sum(branch["neighbourhoods"] for branch in below)
        + (territory.kind == TerritoryKind.NEIGHBOURHOOD),
    }


@pressed_once
@access(administers_somewhere, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_file(request: HttpRequest) -> HttpResponse:
    """First what the file would do, then, on a second press, the import itself."""
    actor = agent(request)
    if not administers_somewhere(actor):
        raise PermissionDenied
    form = ImportTerritoriesForm(posted(request), request.FILES or None)
    preview: ImportReport | None = None
    if request.method == "POST" and form.is_valid():
        text: str = form.cleaned_data["text"]
        confirmed = "confirm" in request.POST
        try:
            preview = import_territories(actor, text, within=importable_territories(actor), dry_run=not confirmed)
        except RefusedInput as refused:
            form.add_error(None, refused.message)
            form.faults = refused.lines  # type: ignore[attr-defined]
        else:
            if confirmed:
                messages.success(request, f"C'est fait : {_in_words(preview)}.")
                return redirect("desk:territories")
    return page(
        request,
        "desk/territories/import.html",
        "territories",
        form=_with_text(form),
        faults=getattr(form, "faults", ()),
        preview=preview,
        summary=_in_words(preview) if preview else "",
        shown=_SHOWN_NAMES,
    )


def _with_text(form: ImportTerritoriesForm) -> ImportTerritoriesForm:
    """The text of a file that was read comes back in the box, so that it can be corrected or imported."""
    text = form.cleaned_data.get("text") if hasattr(form, "cleaned_data") else None
    if text:
        form.data = {**form.data.dict(), "text": text}  # type: ignore[attr-defined]
    return form


_NOUNS = {
    TerritoryKind.INTERCOMMUNALITY: ("agglomération", "agglomérations"),
    TerritoryKind.MUNICIPALITY: ("commune", "communes"),
    TerritoryKind.NEIGHBOURHOOD: ("quartier", "quartiers"),
}


def _in_words(report: ImportReport) -> str:
    """« ajout de 2 agglomérations et 14 communes ; modification de 1 quartier »."""
    parts = []
    if report.created:
        parts.append(f"ajout de {_count(report.created)}")
    if report.updated:
        parts.append(f"modification de {_count(report.updated)}")
    return " ; ".join(parts) or "rien à changer, tout est déjà là"


def _count(numbers: dict[str, int]) -> str:
    words = [f"{count} {_NOUNS[TerritoryKind(kind)][count > 1]}" for kind, count in numbers.items()]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"
