"""The themes of a consultation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.operations.themes import add_theme, move_theme, remove_theme, update_theme
from parvis.consultations.queries import get_consultation_or_refuse, get_theme_or_404
from parvis.consultations.rules import editable_consultations
from parvis.core.access import FORM, POST, RouteAudience, access
from parvis.core.errors import RefusedInput
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once, sent_once
from parvis.web.desk.themes.forms import ThemeForm


@sent_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def themes(request: HttpRequest, code: str) -> HttpResponse:
    """The list in its order, and a theme more."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    form = ThemeForm(posted(request))
    if request.method == "POST" and saved(form, lambda: add_theme(actor, consultation, form.new_theme())):
        messages.success(request, "La thématique est ajoutée.")
        return redirect("desk:themes", code)
    return page(
        request,
        "desk/themes/themes.html",
        "consultations",
        form=form,
        consultation=consultation,
        themes=consultation.themes.prefetch_related("aliases"),
    )


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def edit_theme(request: HttpRequest, code: str, theme: str) -> HttpResponse:
    """Its name, its other names, who may read it."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    edited = get_theme_or_404(consultation, theme)
    form = ThemeForm(posted(request), standing=edited)
    if request.method == "POST" and saved(
        form, lambda: form.save_over(edited, lambda row: update_theme(actor, row, form.new_theme()))
    ):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:themes", code)
    return page(request, "desk/themes/theme.html", "consultations", form=form, consultation=consultation, theme=edited)


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=POST)
def change_theme(request: HttpRequest, code: str, theme: str) -> HttpResponse:
    """Up, down, or out."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    changed = get_theme_or_404(consultation, theme)
    gesture = request.POST.get("gesture", "")
    try:
        if gesture == "remove":
            remove_theme(actor, changed)
            messages.success(request, "La thématique est retirée.")
        elif gesture in ("up", "down"):
            move_theme(actor, changed, up=gesture == "up")
    except RefusedInput as refused:
        messages.error(request, refused.message)
    return redirect("desk:themes", code)
