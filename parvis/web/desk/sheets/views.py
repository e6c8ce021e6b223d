"""Action sheets: written, imported, shown to partners."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.french.counts import plural
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import import_sheets
from parvis.sheets.operations.save_sheet import save_sheet
from parvis.sheets.rules import editable_sheets, readable_sheets
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once
from parvis.web.desk.sheets.fetch import editable_or_refuse
from parvis.web.desk.sheets.forms import SheetForm
from parvis.web.desk.sheets.gestures import GESTURES
from parvis.web.desk.table_import import rehearse_or_import


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def new_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A draft, to begin with."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = SheetForm(posted(request), consultation=consultation)
    if request.method == "POST" and saved(form, lambda: save_sheet(actor, consultation, form.details())):
        messages.success(request, "La fiche est écrite, en brouillon.")
        return redirect("desk:sheets", code)
    return page(
        request,
        "desk/sheets/sheet.html",
        "consultations",
        consultation=consultation,
        form=form,
        sheet=None,
        former=None,
    )


@access(editable_sheets, audience=RouteAudience.AGENTS, methods=FORM)
def edit_sheet(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """What partners read of it, and to whom it is shown."""
    actor = agent(request)
    consultation, action_sheet = editable_or_refuse(actor, code, sheet)
    form = SheetForm(posted(request), standing=action_sheet, consultation=consultation)
    if request.method == "POST" and saved(
        form,
        lambda: form.save_over(action_sheet, lambda row: save_sheet(actor, consultation, form.details(), row)),
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:sheets", code)
    former = ActionSheet.objects.filter(readable_sheets(actor), copies=action_sheet.pk)
    return page(
        request, "desk/sheets/sheet.html", "consultations", consultation=consultation, form=form, sheet=action_sheet,
        former=former.select_related("consultation").first(),
    )  # fmt: skip


@pressed_once
@access(editable_sheets, audience=RouteAudience.AGENTS, methods=POST)
def change_state(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """Show to the partners, take back, hide, show again."""
    actor = agent(request)
    consultation, action_sheet = editable_or_refuse(actor, code, sheet)
    write = GESTURES.get(request.POST.get("geste", ""))
    if write is not None:
        write(actor, consultation, [action_sheet.code])
    messages.success(request, "C'est fait.")
    return redirect("desk:edit_sheet", code, sheet)


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table, seen before it is taken."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form, faults, done, imported = rehearse_or_import(
        request, lambda grid, dry: import_sheets(actor, consultation, grid, dry_run=dry)
    )
    summary = ""
    if done is not None:
        created = plural(len(done.created), "fiche nouvelle", "fiches nouvelles")
        summary = f"{created} (en brouillon), {plural(len(done.updated), 'modifiée', 'modifiées')}."
    if imported:
        messages.success(request, f"C'est fait : {summary}")
        return redirect("desk:sheets", code)
    return page(
        request, "desk/sheets/import.html", "consultations", consultation=consultation, form=form, faults=faults,
        preview=done, summary=summary, grid_text=form.grid_text() if done is not None else "",
    )  # fmt: skip
