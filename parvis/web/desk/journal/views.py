"""The journal of one consultation, and that of all that an administrator administers."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core import clock
from parvis.core.access import RouteAudience, access
from parvis.core.models import JournalEntry
from parvis.documents.formats import table_file
from parvis.gathering.journal.entries import (
    Told,
    entries_of,
    followed_entries,
    journal_table,
    matching,
    people_of,
    tell,
)
from parvis.people.models import User
from parvis.people.rules import administers_somewhere
from parvis.web.components.files import file_response
from parvis.web.desk.journal.forms import JournalFilterForm
from parvis.web.desk.journal.links import link_to
from parvis.web.desk.requests import agent, page

_A_PAGE: Final = 100
_EXTENSIONS: Final = ("xlsx", "ods", "csv")


@access(editable_consultations, audience=RouteAudience.AGENTS)
def journal(request: HttpRequest, code: str) -> HttpResponse:
    """What was done in one consultation, the latest first."""
    actor = agent(request)
    consultation, entries = _of_consultation(actor, code)
    return _journal_page(request, actor, entries, consultation)


@access(editable_consultations, audience=RouteAudience.AGENTS)
def journal_file(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The same, filtered the same, in a file."""
    actor = agent(request)
    _, entries = _of_consultation(actor, code)
    return _journal_file(request, actor, entries, extension)


@access(followed_entries, audience=RouteAudience.AGENTS)
def everything(request: HttpRequest) -> HttpResponse:
    """What was done on the territories that one administers."""
    actor = agent(request)
    return _journal_page(request, actor, _followed(actor), None)


@access(followed_entries, audience=RouteAudience.AGENTS)
def everything_file(request: HttpRequest, extension: str) -> HttpResponse:
    """The same in a file."""
    actor = agent(request)
    return _journal_file(request, actor, _followed(actor), extension)


def _of_consultation(actor: User, code: str) -> tuple[Consultation, QuerySet[JournalEntry]]:
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    return consultation, JournalEntry.objects.filter(entries_of(consultation))


def _followed(actor: User) -> QuerySet[JournalEntry]:
    if not administers_somewhere(actor):
        raise PermissionDenied
    return JournalEntry.objects.filter(followed_entries(actor))


def _journal_page(
    request: HttpRequest, actor: User, entries: QuerySet[JournalEntry], consultation: Consultation | None
) -> HttpResponse:
    form = JournalFilterForm(request.GET, people=people_of(entries))
    shown = Paginator(matching(entries, form.wanted()), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "desk/journal/journal.html", "consultations" if consultation else "home", consultation=consultation,
        form=form, page=shown, rows=[_row(told) for told in tell(actor, list(shown))], extensions=_EXTENSIONS,
        filtered=any(request.GET.get(name) for name in form.fields),
    )  # fmt: skip


def _row(told: Told) -> tuple[Told, list[tuple[str, str]]]:
    return told, [(text, link_to(name, told.place) if name else "") for text, name in told.pieces]


def _journal_file(request: HttpRequest, actor: User, entries: QuerySet[JournalEntry], extension: str) -> HttpResponse:
    form = JournalFilterForm(request.GET, people=people_of(entries))
    table = journal_table(actor, matching(entries, form.wanted()))
    made = table_file(table, extension) if extension in _EXTENSIONS else None
    if made is None:
        raise Http404("Ce format n'existe pas.")
    return file_response(made, f"qui-a-fait-quoi-{clock.today()}.{extension}")
