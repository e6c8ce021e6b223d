"""The picture of a sheet and the files joined to it: put, changed, taken off, read."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.core.access import FORM, POST, UPLOAD_BYTES, RouteAudience, access
from parvis.people.models import User
from parvis.sheets.enums import FileKind
from parvis.sheets.models import ActionSheet, SheetFile
from parvis.sheets.operations.sheet_files import attach_file, describe_picture, put_picture, remove_file
from parvis.sheets.rules import editable_sheets, readable_sheets
from parvis.web.components.files import file_response
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page
from parvis.web.desk.sent_once import sent_once
from parvis.web.desk.sheets.fetch import editable_or_refuse
from parvis.web.desk.sheets.file_forms import AttachmentForm, PictureForm


@sent_once
@access(editable_sheets, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def files(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """A page of their own: sending a file never loses words being typed on the sheet. `geste` says which form came."""
    actor = agent(request)
    consultation, action_sheet = editable_or_refuse(actor, code, sheet)
    attached = list(action_sheet.files.defer("data").order_by("name", "pk"))
    picture = next((file for file in attached if file.kind == FileKind.PICTURE), None)
    initial = {"alt": picture.alt, "decorative": not picture.alt} if picture is not None else {}
    picture_form = PictureForm(initial=initial, standing=picture is not None, prefix="image")
    attachment_form = AttachmentForm(prefix="piece")
    if request.method == "POST":
        if request.POST.get("geste") == "image":
            sent = picture_form = PictureForm(request.POST, request.FILES, standing=picture is not None, prefix="image")
            done = saved(sent, lambda: _put(actor, action_sheet, picture, sent))
        else:
            joined = attachment_form = AttachmentForm(request.POST, request.FILES, prefix="piece")
            done = saved(joined, lambda: attach_file(actor, action_sheet, joined.attachment))
        if done:
            messages.success(request, "C'est enregistré.")
            return redirect("desk:sheet_files", code, sheet)
    return page(
        request,
        "desk/sheets/files.html",
        "consultations",
        consultation=consultation,
        sheet=action_sheet,
        picture=picture,
        attachments=[file for file in attached if file.kind == FileKind.ATTACHMENT],
        sources=[file for file in attached if file.kind == FileKind.SOURCE],
        picture_form=picture_form,
        attachment_form=attachment_form,
    )


def _put(actor: User, sheet: ActionSheet, standing: SheetFile | None, form: PictureForm) -> None:
    if form.picture is not None:
        put_picture(actor, sheet, form.picture, form.alt_text())
    elif standing is not None:
        describe_picture(actor, standing, form.alt_text())


@access(readable_sheets, audience=RouteAudience.AGENTS)
def sheet_file(request: HttpRequest, code: str, sheet: str, file: str) -> HttpResponse:
    """Any file of a sheet that the agent may read, the one it came from included."""
    readable = ActionSheet.objects.filter(readable_sheets(agent(request)), consultation__code=code, code=sheet)
    chosen = SheetFile.objects.filter(sheet__in=readable.order_by(), code=file).first()
    if chosen is None:
        raise Http404("Fichier inconnu.")
    return file_response(bytes(chosen.data), chosen.name, chosen.content_type, inline=chosen.kind == FileKind.PICTURE)


@access(editable_sheets, audience=RouteAudience.AGENTS, methods=POST)
def remove(request: HttpRequest, code: str, sheet: str, file: str) -> HttpResponse:
    """The picture or a joined file; the one a sheet came from goes with its sheet."""
    actor = agent(request)
    _, action_sheet = editable_or_refuse(actor, code, sheet)
    removed = action_sheet.files.exclude(kind=FileKind.SOURCE).defer("data").filter(code=file).first()
    if removed is None:
        raise Http404("Fichier inconnu.")
    remove_file(actor, removed)
    messages.success(request, "C'est retiré.")
    return redirect("desk:sheet_files", code, sheet)
