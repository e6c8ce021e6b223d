"""The directory brought in a table: seen and corrected before it is taken; what cannot come in is given back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation
from parvis.consultations.operations.compared_directory import PartnersImport
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.documents.formats import table_file
from parvis.documents.tables import Table
from parvis.french.counts import plural
from parvis.gathering.desk.directory_tables import model_table, refused_lines_of, refused_table
from parvis.reading.spreadsheets import Grid, read_pasted
from parvis.web.components.files import file_response
from parvis.web.desk.directory.table_columns import MEANINGS, first_lines, retitle_columns, table_columns
from parvis.web.desk.directory.table_types import retype_organisations, typed_organisations, types_by_college
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.table_form import TableForm
from parvis.web.desk.table_import import rehearse_or_import

_MOST_SHOWN = 50


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table, seen and corrected before it is taken."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form, faults, done, imported = rehearse_or_import(
        request,
        lambda grid, dry: import_partners(actor, consultation, grid, dry_run=dry, good_only=True),
        lambda grid: retype_organisations(retitle_columns(_as_numbered(grid, request), request.POST), request.POST),
    )
    if imported and not done.refused:
        messages.success(request, f"C'est fait : {_summary(done)}")
        return redirect("desk:directory", code)
    if imported:
        return _page(request, "import_result", consultation, **_outcome(form.grid, done))
    context: dict[str, Any] = {"form": form, "preview": done, "types": types_by_college()}
    if hasattr(form, "grid"):  # it was read
        context |= _review(form.grid)
    if done is not None:
        context |= _outcome(form.grid, done)
    elif hasattr(form, "grid"):  # and nothing of it may come in: what was chosen stays, to be corrected here or there
        context |= {"errors": form.non_field_errors(), "faults": faults, "refused": True}
        context["form"] = TableForm(initial={"text": context["grid_text"]})
    return _page(request, "import", consultation, **context)


@access(editable_consultations, audience=RouteAudience.AGENTS)
def model(request: HttpRequest, code: str) -> HttpResponse:
    """An empty table to fill in."""
    actor = agent(request)
    get_consultation_or_refuse(actor, code, editable_consultations(actor))
    return _xlsx(model_table(), "modele-annuaire")


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST, largest=UPLOAD_BYTES)
def refused_lines(request: HttpRequest, code: str) -> HttpResponse:
    """The lines that do not come in, with their reasons, as the page had them: a file. Writes nothing."""
    actor = agent(request)
    get_consultation_or_refuse(actor, code, editable_consultations(actor))
    try:
        grid = read_pasted(request.POST.get("refused", ""))
    except RefusedInput:
        messages.info(request, "Aucune ligne à corriger : choisissez de nouveau votre tableau.")
        return redirect("desk:import_partners", code)
    return _xlsx(refused_table(grid), "lignes-a-corriger")


def _page(request: HttpRequest, name: str, consultation: Consultation, **context: Any) -> HttpResponse:
    return page(request, f"desk/directory/{name}.html", "consultations", consultation=consultation, **context)


def _review(grid: Grid) -> dict[str, Any]:
    """The table as it is read, whatever may come in of it."""
    return {
        "grid_text": grid.as_text(),
        "grid_lines": " ".join(str(row.line) for row in grid.rows),
        "columns": table_columns(grid),
        "meanings": MEANINGS,
        "sample": first_lines(grid),
    }


def _as_numbered(grid: Grid, request: HttpRequest) -> Grid:
    """With the numbers of lines that the file had: the text that the page sends back begins at its titles."""
    lines = request.POST.get("lines", "").split()
    return grid.numbered([int(line) for line in lines if line.isdecimal() and len(line) < 8])


def _outcome(grid: Grid, done: PartnersImport) -> dict[str, Any]:
    """What an import did or would do, and what stays out."""
    return {
        "summary": _summary(done),
        "typed": typed_organisations(grid, done),
        "left_out": len({number for number, _ in done.refused}),
        "reasons": done.refused[:_MOST_SHOWN],
        "refused_text": refused_lines_of(grid, done.refused).as_text() if done.refused else "",
    }


def _summary(done: PartnersImport) -> str:
    created, people = len(done.created), done.contacts_created
    return (
        f"{plural(created, 'organisme nouveau', 'organismes nouveaux')}, "
        f"{plural(len(done.updated), 'modifié', 'modifiés')}, {done.unchanged} déjà à jour ; "
        f"{plural(people, 'contact nouveau', 'contacts nouveaux')}, "
        f"{plural(done.contacts_updated, 'modifié', 'modifiés')}."
    )


def _xlsx(table: Table, name: str) -> HttpResponse:
    made = table_file(table, "xlsx")
    assert made is not None
    return file_response(made, f"{name}.xlsx")
