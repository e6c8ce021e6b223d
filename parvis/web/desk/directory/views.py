"""The directory of a consultation: who is a partner, on what, and whom to call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.partners import set_perimeter
from parvis.consultations.queries import get_consultation_or_404
from parvis.consultations.rules import editable_consultations, readable_consultations
from parvis.core.guards import access
from parvis.core.text import fold
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact
from parvis.territories.models import Territory
from parvis.territories.queries import ids_below
from parvis.web.desk.requests import agent, page, posted, saved
from parvis.web.desk.table_import import rehearse_or_import

EDITABLE = "consultations.editable_consultations"
FORM = ("GET", "HEAD", "POST")
_A_PAGE = 50


@access("consultations.readable_consultations", audience="team", signed_in=True)
def directory(request: HttpRequest, code: str) -> HttpResponse:
    """The partners, by name; found by a word or a type."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, readable_consultations(actor))
    words, kind = fold(request.GET.get("q", "")), request.GET.get("type", "")
    partners = Partner.objects.filter(consultation=found)
    if words:
        partners = partners.filter(
            Q(organisation__sort_key__contains=words) | Q(organisation__contacts__sort_key__contains=words)
        ).distinct()
    if kind in OrganisationType.values:
        partners = partners.filter(organisation__type=kind)
    contacts = Prefetch("organisation__contacts", Contact.objects.filter(erased_at=None))
    rows = partners.select_related("organisation").prefetch_related(contacts, "themes", "territories")
    return page(
        request,
        "desk/directory/directory.html",
        "consultations",
        consultation=found,
        page=Paginator(rows.order_by("organisation__sort_key", "pk"), _A_PAGE).get_page(request.GET.get("page")),
        types=OrganisationType.choices,
        kind=kind,
        q=request.GET.get("q", ""),
        may_edit=Consultation.objects.filter(editable_consultations(actor), pk=found.pk).exists(),
    )


@access(EDITABLE, audience="team", methods=FORM, signed_in=True)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table, seen before it is taken."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    form, faults, done, imported = rehearse_or_import(
        request, lambda grid, dry: import_partners(actor, found, grid, dry_run=dry)
    )
    summary = (
        f"{len(done.created)} organismes nouveaux, {len(done.updated)} modifiés, {done.unchanged} déjà à jour ; "
        f"{done.contacts_created} contacts nouveaux, {done.contacts_updated} modifiés."
        if done is not None
        else ""
    )
    if imported:
        messages.success(request, f"C'est fait : {summary}")
        return redirect("desk:directory", code)
    return page(
        request, "desk/directory/import.html", "consultations", consultation=found, form=form, faults=faults,
        preview=done, summary=summary, grid_text=form.grid_text() if done is not None else "",
    )  # fmt: skip


class PerimeterForm(forms.Form):
    """Themes × territories of a partner; an empty side leaves nothing out."""

    themes: Any = forms.ModelMultipleChoiceField(
        None, label="Thématiques", required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée : toutes.",
    )  # fmt: skip
    territories: Any = forms.ModelMultipleChoiceField(
        None, label="Territoires", required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : tous.",
    )  # fmt: skip
    reads_restricted = forms.BooleanField(label="Lit aussi ce qui est réservé au groupe restreint", required=False)

    def __init__(self, *args: object, consultation: Consultation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        below = ids_below([consultation.territory])  # type: ignore[list-item]
        self.fields["themes"].queryset = consultation.themes.all()  # type: ignore[attr-defined]
        self.fields["territories"].queryset = (  # type: ignore[attr-defined]
            Territory.objects.filter(pk__in=below).exclude(pk=consultation.territory_id).defer("outline")
        )


@access(EDITABLE, audience="team", methods=FORM, signed_in=True)
def organisation(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """One partner: its people, its perimeter."""
    actor = agent(request)
    found = get_consultation_or_404(actor, code, editable_consultations(actor))
    partner = Partner.objects.filter(consultation=found, organisation__code=organisation).first()
    if partner is None:
        raise Http404("Organisme inconnu.")
    form = PerimeterForm(
        posted(request),
        consultation=found,
        initial={
            "themes": partner.themes.all(),
            "territories": partner.territories.all(),
            "reads_restricted": partner.reads_restricted,
        },
    )
    if request.method == "POST" and saved(form, lambda: set_perimeter(actor, partner, **form.cleaned_data)):
        messages.success(request, "C'est enregistré.")
        return redirect("desk:directory", code)
    return page(
        request, "desk/directory/organisation.html", "consultations", consultation=found, partner=partner, form=form,
        contacts=partner.organisation.contacts.filter(erased_at=None),
    )  # fmt: skip
