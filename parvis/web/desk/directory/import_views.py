"""The directory brought in a table: seen before it is taken; what cannot come in is given back with its reasons."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.operations.compared_directory import PartnersImport
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.documents.formats import table_file
from parvis.documents.tables import Table
from parvis.french.counts import plural
from parvis.gathering.desk.directory_tables import model_table, refused_table
from parvis.people.enums import COLLEGE_OF, College
from parvis.web.components.files import file_response
from parvis.web.desk.directory.unknown_columns import choices_left, retitle_columns, unknown_columns
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import pressed_once
from parvis.web.desk.table_import import rehearse_or_import

_MOST_SHOWN = 50


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table, seen before it is taken."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form, faults, done, imported = rehearse_or_import(
        request,
        lambda grid, dry: import_partners(actor, consultation, grid, dry_run=dry, good_only=True),
        lambda grid: retitle_columns(grid, request.POST),
    )
    summary = _summary(done) if done is not None else ""
    left_out = len({number for number, _ in done.refused}) if done is not None else 0
    if imported:
        messages.success(request, f"C'est fait : {summary}")
        if left_out:
            lines = plural(left_out, "ligne n'a pas été importée", "lignes n'ont pas été importées")
            messages.warning(request, f"{lines} : corrigez le fichier des lignes à corriger, puis importez-le.")
        return redirect("desk:directory", code)
    grid = getattr(form, "grid", None)
    return page(
        request, "desk/directory/import.html", "consultations", consultation=consultation, form=form, faults=faults,
        preview=done, summary=summary, grid_text=form.grid_text() if grid is not None else "", left_out=left_out,
        reasons=done.refused[:_MOST_SHOWN] if done is not None else (), colleges=_types_by_college(),
        unknown=unknown_columns(grid) if grid is not None else (),
        meanings=choices_left(grid) if grid is not None else (),
    )  # fmt: skip


@access(editable_consultations, audience=RouteAudience.AGENTS)
def model(request: HttpRequest, code: str) -> HttpResponse:
    """An empty table to fill in."""
    actor = agent(request)
    get_consultation_or_refuse(actor, code, editable_consultations(actor))
    return _xlsx(model_table(), "modele-annuaire")


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST, largest=UPLOAD_BYTES)
def refused_lines(request: HttpRequest, code: str) -> HttpResponse:
    """The lines of the table just seen that would not come in, as a file. Writes nothing."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form, _, done, _ = rehearse_or_import(
        request, lambda grid, _: import_partners(actor, consultation, grid, dry_run=True, good_only=True)
    )
    if done is None or not done.refused:
        messages.info(request, "Aucune ligne à corriger : choisissez de nouveau votre tableau.")
        return redirect("desk:import_partners", code)
    return _xlsx(refused_table(form.grid, done.refused), "lignes-a-corriger")


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


def _types_by_college() -> list[tuple[str, str]]:
    """« Habitat » → « Bailleur social », in the order of the colleges."""
    order = list(College)
    rows = sorted(COLLEGE_OF.items(), key=lambda row: order.index(row[1]))
    return [
        (str(college.label), ", ".join(str(kind.label) for kind, _ in types))
        for college, types in groupby(rows, key=lambda row: row[1])
    ]
