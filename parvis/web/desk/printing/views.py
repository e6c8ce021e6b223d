"""What is printed for the partners. Letters note that they left, so they are asked by POST; the rest writes nothing."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.invitations import invitation_link
from parvis.consultations.operations.print_invitations import Addressees, print_invitations, print_one
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import inviting_consultations, prepared_consultations, reads_names
from parvis.core import clock
from parvis.core.access import POST, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.documents.booklet import answer_booklet, large_sheets, reading_booklet
from parvis.documents.labels import SHEETS, labels_pdf
from parvis.documents.letters import letters_paper, poster_paper
from parvis.documents.paper import Paper
from parvis.documents.paper_docx import paper_docx
from parvis.documents.paper_pdf import paper_pdf
from parvis.gathering.printed.letters import LABEL_CAPTION, gather_inviting, gather_letters, labels_of
from parvis.gathering.printed.sheets import (
    VALUES,
    Readers,
    answer_form,
    count_printed,
    gather_booklet,
    large_sheet_caption,
)
from parvis.people.enums import College
from parvis.people.models import User
from parvis.web.components.files import file_response
from parvis.web.desk.printing.forms import LettersForm
from parvis.web.desk.requests import agent, inviting_consultation, page


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def printing(request: HttpRequest, code: str) -> HttpResponse:
    """Everything, on one page."""
    actor, consultation = _consultation(request, code)
    return _page(request, actor, consultation, LettersForm(consultation=consultation))


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def sheets_booklet(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The sheets to read."""
    actor, consultation = _consultation(request, code)
    readers = _readers(request, actor, consultation)
    booklet = gather_booklet(actor, consultation, readers, settings.PUBLIC_URL, pictures=True)
    return _file(reading_booklet(booklet), _name("fiches", consultation, readers), extension)


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def answers_booklet(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The boxes to tick."""
    actor, consultation = _consultation(request, code)
    readers = _readers(request, actor, consultation)
    booklet = gather_booklet(actor, consultation, readers, settings.PUBLIC_URL)
    return _file(answer_booklet(booklet, answer_form(consultation)), _name("avis", consultation, readers), extension)


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def sticker_sheets(request: HttpRequest, code: str) -> HttpResponse:
    """The large sheets, counted afterwards on the screen of stickers: same answers, same colleges."""
    actor, consultation = _consultation(request, code)
    readers = _readers(request, actor, consultation)
    booklet = gather_booklet(actor, consultation, readers, settings.PUBLIC_URL)
    colleges = tuple(str(college.label) for college in College)
    paper = large_sheets(booklet, VALUES, colleges, large_sheet_caption(consultation))
    return _file(paper, _name("gommettes", consultation, readers), "pdf")


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def poster(request: HttpRequest, code: str, invitation: str, extension: str) -> HttpResponse:
    """The poster of an open invitation that stands."""
    _, consultation = _consultation(request, code)
    open_invitation = _open_invitations(consultation).filter(code=invitation).first()
    if open_invitation is None:
        raise Http404("Lien ouvert inconnu.")
    paper = poster_paper(gather_inviting(consultation), invitation_link(open_invitation))
    return _file(paper, f"affiche-{consultation.slug}", extension)


@access(inviting_consultations, audience=RouteAudience.TEAM, methods=POST)
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """Letters or labels of several people: each invitation is made if need be, and noted as sent by post."""
    actor, consultation = _inviting(request, code)
    form = LettersForm(request.POST, consultation=consultation)
    if not form.is_valid():
        return _page(request, actor, consultation, form)
    given = form.cleaned_data
    made = print_invitations(actor, consultation, Addressees(given["who"]), given["organisation"])
    if not made:
        form.add_error("who", "Personne n'est dans ce cas : rien n'est imprimé ni noté.")
        return _page(request, actor, consultation, form)
    return _letters_file(consultation, made, given["support"])


@access(inviting_consultations, audience=RouteAudience.TEAM, methods=POST)
def one_letter(request: HttpRequest, code: str, invitation: str) -> HttpResponse:
    """The letter of one invitation, again if it was lost."""
    actor, consultation = _inviting(request, code)
    one_invitation = (
        Invitation.objects.filter(consultation=consultation, code=invitation).select_related("consultation").first()
    )
    if one_invitation is None:
        raise Http404("Invitation inconnue.")
    try:
        made = print_one(actor, one_invitation)
    except ParvisError as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:invitation", code, invitation)
    return _letters_file(consultation, made, "docx" if "docx" in request.POST else "pdf")


def _consultation(request: HttpRequest, code: str) -> tuple[User, Consultation]:
    actor = agent(request)
    return actor, get_consultation_or_refuse(actor, code, prepared_consultations(actor))


def _inviting(request: HttpRequest, code: str) -> tuple[User, Consultation]:
    """The same, for what holds personal links."""
    actor = agent(request)
    return actor, inviting_consultation(actor, code)


def _page(request: HttpRequest, actor: User, consultation: Consultation, form: LettersForm) -> HttpResponse:
    in_team = _in_team(actor, consultation)
    groups = [Readers.PARTNERS, *([Readers.RESTRICTED] if in_team else [])]
    return page(
        request, "desk/printing/printing.html", "consultations", consultation=consultation, form=form,
        holds_links=in_team and reads_names(actor, consultation),
        groups=[(str(readers), count_printed(actor, consultation, readers)) for readers in groups],
        open_links=[
            (invitation, invitation_link(invitation))
            for invitation in _open_invitations(consultation)
        ],
    )  # fmt: skip


def _open_invitations(consultation: Consultation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(consultation=consultation, kind=InvitationKind.OPEN, revoked_at=None)


def _in_team(actor: User, consultation: Consultation) -> bool:
    return consultation.members.filter(user=actor).exists()


def _readers(request: HttpRequest, actor: User, consultation: Consultation) -> Readers:
    """For whom. What the restricted group reads is printed by the project team, and by nobody else."""
    asked = request.GET.get("groupe", Readers.PARTNERS)
    if asked not in list(Readers) or (asked == Readers.RESTRICTED and not _in_team(actor, consultation)):
        raise Http404("Groupe inconnu.")
    return Readers(asked)


def _name(what: str, consultation: Consultation, readers: Readers) -> str:
    return f"{what}-{consultation.slug}" + ("-restreint" if readers == Readers.RESTRICTED else "")


def _letters_file(consultation: Consultation, made: list[Invitation], support: str) -> HttpResponse:
    written = gather_letters(made, settings.PUBLIC_URL)
    if support in SHEETS:
        title = f"Étiquettes · {consultation.title}"
        data = labels_pdf(
            labels_of(written), SHEETS[support], title=title, caption=LABEL_CAPTION, made_on=clock.today()
        )
        return file_response(data, f"etiquettes-{consultation.slug}.pdf")
    return _file(letters_paper(gather_inviting(consultation), written), f"lettres-{consultation.slug}", support)


def _file(paper: Paper, name: str, extension: str) -> HttpResponse:
    writers = {"pdf": paper_pdf, "docx": paper_docx}
    if extension not in writers:
        raise Http404("Format inconnu.")
    return file_response(writers[extension](paper), f"{name}.{extension}")
