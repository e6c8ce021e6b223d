"""The logo of the authority, for the papers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Logo
from parvis.consultations.operations.set_logo import logo_of, remove_logo, set_logo
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, prepared_consultations
from parvis.core.access import FORM, UPLOAD_BYTES, RouteAudience, access
from parvis.web.components.files import file_response
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page


class LogoForm(forms.Form):
    file = forms.FileField(
        label="Fichier", help_text="PNG, JPEG, WebP ou SVG, 2 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.svg"}),
    )  # fmt: skip


@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM, largest=UPLOAD_BYTES)
def logo(request: HttpRequest, code: str) -> HttpResponse:
    """See it, change it, take it away."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    if "remove" in request.POST:
        remove_logo(actor, consultation)
        messages.success(request, "Le logo est retiré.")
        return redirect("desk:logo", code)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if request.method == "POST" and saved(
        form, lambda: set_logo(actor, consultation, form.cleaned_data["file"].read())
    ):
        messages.success(request, "Le logo est enregistré : il paraîtra sur les documents.")
        return redirect("desk:logo", code)
    own = Logo.objects.filter(consultation=consultation).exists()
    return page(
        request,
        "desk/logo/logo.html",
        "consultations",
        consultation=consultation,
        form=form,
        own=own,
        inherited=not own and logo_of(consultation) is not None,
    )


@access(prepared_consultations, audience=RouteAudience.AGENTS)
def logo_file(request: HttpRequest, code: str) -> HttpResponse:
    """The picture: a PNG of ours, whatever was sent."""
    actor = agent(request)
    picture = logo_of(get_consultation_or_refuse(actor, code, prepared_consultations(actor)))
    if picture is None:
        raise Http404("Pas de logo.")
    return file_response(picture, "logo.png", "image/png", inline=True)
