"""The two presses of an import: what it would do, then the import itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from parvis.core.errors import RefusedInput
from parvis.reading.spreadsheets import Grid
from parvis.web.desk.table_form import TableForm


def rehearse_or_import(
    request: HttpRequest, operation: Callable[[Grid, bool], Any], retitle: Callable[[Grid], Grid] | None = None
) -> tuple[TableForm, tuple[str, ...], Any, bool]:
    """The form, faults by line, what was (or would be) done, and whether it was. `operation(grid, dry_run)`.

    `retitle` writes in the table what the agent chose on screen, before anything is read: `form.grid` keeps it.
    """
    form = TableForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form, (), None, False
    if retitle is not None:
        form.grid = retitle(form.grid)
    confirmed = "confirm" in request.POST
    try:
        return form, (), operation(form.grid, not confirmed), confirmed
    except RefusedInput as refused:
        form.add_error(None, refused.message)
        return form, refused.lines, None, False
