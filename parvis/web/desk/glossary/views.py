"""The glossary, edited by the agents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.consultations.operations.glossary import delete_entry, import_entries, save_entry
from parvis.consultations.queries import editable_entries, glossary_territories
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.web.components.form_pages import saved
from parvis.web.desk.glossary.forms import EntryForm, PasteForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import sent_once


@sent_once
@access(glossary_territories, audience=RouteAudience.AGENTS, methods=FORM)
def glossary(request: HttpRequest) -> HttpResponse:
    """The acronyms, and one more."""
    actor = agent(request)
    territories = glossary_territories(actor)
    form = EntryForm(posted(request), territories=territories)
    if request.method == "POST" and saved(
        form, lambda: save_entry(actor, form.cleaned_data["territory"], form.definition())
    ):
        messages.success(request, "Le sigle est ajouté.")
        return redirect("desk:glossary")
    return page(
        request,
        "desk/glossary/glossary.html",
        "glossary",
        form=form,
        entries=editable_entries(actor),
        may_edit=territories.exists(),
    )


@sent_once
@access(glossary_territories, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def paste_glossary(request: HttpRequest) -> HttpResponse:
    """Many acronyms at once, all or nothing."""
    actor = agent(request)
    form = PasteForm(posted(request), territories=glossary_territories(actor))
    counts: list[tuple[int, int]] = []
    if request.method == "POST" and saved(
        form,
        lambda: counts.append(import_entries(actor, form.cleaned_data["territory"], form.cleaned_data["text"])),
    ):
        added, changed = counts[0]
        messages.success(request, f"C'est fait. Sigles ajoutés : {added}. Modifiés : {changed}.")
        return redirect("desk:glossary")
    return page(request, "desk/glossary/paste.html", "glossary", form=form)


@access(editable_entries, audience=RouteAudience.AGENTS, methods=FORM)
def edit_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One acronym."""
    actor = agent(request)
    entry = get_object_or_404(editable_entries(actor), code=code)
    form = EntryForm(posted(request), standing=entry, territories=glossary_territories(actor))
    if request.method == "POST" and saved(
        form,
        lambda: form.save_over(
            entry, lambda row: save_entry(actor, form.cleaned_data["territory"], form.definition(), row)
        ),
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:glossary")
    return page(request, "desk/glossary/entry.html", "glossary", form=form, entry=entry)


@access(editable_entries, audience=RouteAudience.AGENTS, methods=POST)
def remove_entry(request: HttpRequest, code: str) -> HttpResponse:
    """Take an acronym out."""
    actor = agent(request)
    entry = get_object_or_404(editable_entries(actor), code=code)
    delete_entry(actor, entry)
    messages.success(request, "Le sigle est retiré.")
    return redirect("desk:glossary")
