"""Writing the mails of a consultation, seeing them as they will be read, trying one on oneself."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.mail_kinds import MailKind, mail_kind, mail_kinds
from parvis.consultations.mail_writing import example_values, mail_details, proposed_details, write_mail
from parvis.consultations.models import Consultation, MailText
from parvis.consultations.operations.mail_texts import forget_mail_text, save_mail_text, send_trial
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.people.models import User
from parvis.web.components.form_pages import saved
from parvis.web.desk.composer.forms import MailTextForm
from parvis.web.desk.requests import agent, page, posted


@access(editable_consultations, audience=RouteAudience.AGENTS)
def mail_texts(request: HttpRequest, code: str) -> HttpResponse:
    """Every mail, and whether its text is the one proposed."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    written = {text.purpose: text for text in MailText.objects.filter(consultation=consultation)}
    rows = [(kind, written.get(kind.purpose)) for kind in mail_kinds()]
    return page(request, "desk/composer/mail_texts.html", "consultations", consultation=consultation, rows=rows)


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def mail_text(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """One mail. A preview and a trial save nothing, and lose nothing of what is typed."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    kind = mail_kind(purpose)
    if kind is None:
        raise Http404("Courriel inconnu.")
    if "forget" in request.POST:
        forget_mail_text(actor, consultation, kind)
        messages.success(request, "Le texte proposé est revenu.")
        return redirect("desk:mail_text", code, purpose)
    kept = mail_details(consultation, kind)
    form = MailTextForm(posted(request), consultation, kind)
    if request.method == "POST" and saved(form, _operation(request, actor, consultation, kind, form)):
        if "save" in request.POST:
            messages.success(request, "Le texte est enregistré : les courriels partiront ainsi.")
            return redirect("desk:mail_text", code, purpose)
        if "trial" in request.POST:
            messages.success(request, f"Un essai part à {actor.email}.")
    shown = form.details() if form.is_bound and form.is_valid() else kept
    return page(
        request,
        "desk/composer/mail_text.html",
        "consultations",
        consultation=consultation,
        kind=kind,
        form=form,
        actor=actor,
        unsaved=shown != kept,
        changed=kept != proposed_details(consultation, kind),
        letter=None if form.errors else write_mail(consultation, kind, "", example_values(kind), shown),
    )


def _operation(
    request: HttpRequest, actor: User, consultation: Consultation, kind: MailKind, form: MailTextForm
) -> Callable[[], object]:
    """What the button names; a preview does nothing."""
    if "save" in request.POST:
        return lambda: form.save_over(consultation, lambda row: save_mail_text(actor, row, kind, form.details()))
    if "trial" in request.POST:
        return lambda: send_trial(actor, consultation, kind, form.details())
    return lambda: None
