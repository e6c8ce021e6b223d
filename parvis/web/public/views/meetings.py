"""The list of rencontres, each of them, and the files of its report."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.access import access
from parvis.documents.formats import REPORT_FORMATS
from parvis.gathering.public.meeting import meeting_page, readable_meeting
from parvis.gathering.public.meeting_list import MeetingList, meeting_list
from parvis.gathering.reports.published import meeting_report, public_theme_codes
from parvis.meetings.enums import MeetingKind
from parvis.meetings.rules import readable_meetings, readable_minutes
from parvis.publishing.enums import FlagReason
from parvis.web.components.acronyms import AcronymMarker
from parvis.web.public.http import absolute, download, page
from parvis.web.public.kept_pages import kept
from parvis.web.public.reading_filters import Asked, address_query, read_filters
from parvis.web.public.report_files import ICONS, cached_report_file
from parvis.web.public.territory_map import draw_map


@kept
@access(readable_meetings)
def meeting_list_view(request: HttpRequest) -> HttpResponseBase:
    """The list, its filters, its map."""
    asked = read_filters(request.GET)
    listed = meeting_list(asked.filters, asked.page)
    context = {"list": listed, "map": draw_map(listed.places), "kinds": MeetingKind.choices, "asked": asked}
    return page(request, "public/meetings.html", context | _links(asked, listed))


def _links(asked: Asked, listed: MeetingList) -> dict[str, str]:
    """Addresses that keep the filters."""
    filters = asked.filters
    return {
        "previous": address_query(filters, page=str(listed.page - 1)) if listed.page > 1 else "",
        "next": address_query(filters, page=str(listed.page + 1)) if listed.page < listed.pages else "",
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
        "elsewhere": address_query(filters, territoire="") + "&" if address_query(filters, territoire="") else "?",
    }


@kept
@access(readable_meetings, readable_minutes)
def meeting(request: HttpRequest, code: str) -> HttpResponseBase:
    """A rencontre and its report."""
    return _meeting(request, code, None)


@kept
@access(readable_meetings, readable_minutes)
def former_edition(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A rencontre with an edition of its report that may have been corrected since."""
    return _meeting(request, code, number)


def _meeting(request: HttpRequest, code: str, number: int | None) -> HttpResponseBase:
    shown = meeting_page(code, edition=number)
    if shown is None:
        raise Http404("Rencontre inconnue.")
    kinds = shown.report.kinds if shown.report else ()
    kind = request.GET.get("nature", "") if request.GET.get("nature", "") in kinds else ""
    context = {
        "page": shown,
        "report": shown.report.only(kind) if shown.report and kind else shown.report,
        "acronyms": AcronymMarker(shown.glossary),
        "formats": [(form, ICONS[form.extension]) for form in REPORT_FORMATS.values()],
        "reasons": FlagReason.choices,
        "kinds": kinds,
        "kind": kind,
        "address": absolute(reverse("public:meeting", args=[code])),
    }
    return page(request, "public/meeting.html", context)


@kept
@access(readable_meetings, readable_minutes)
def report_download(request: HttpRequest, code: str, extension: str) -> HttpResponseBase:
    """The last edition of the report of a rencontre, as a file."""
    meeting = readable_meeting(code) if extension in REPORT_FORMATS else None
    if meeting is None:
        raise Http404("Fichier inconnu.")
    public_themes = public_theme_codes(meeting.consultation_id)
    report = meeting_report(meeting, public_themes=public_themes)
    if report is None:
        raise Http404("Compte-rendu non publié.")
    addressed = replace(
        report,
        url=absolute(reverse("public:meeting", args=[code])),
        thread_url=absolute(reverse("public:contribution", args=["-"])).removesuffix("-/") + "{code}/",
    )
    data = cached_report_file(addressed, extension, public_themes)
    name = f"compte-rendu-{code}-edition-{report.number}.{extension}"
    return download(request, data, REPORT_FORMATS[extension].content_type, name)
