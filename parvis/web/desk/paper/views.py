"""Fast entry of what came on paper; and what came after closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.models import Consultation
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, writable_consultations
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.gathering.desk.late import late_rows, waiting_ops
from parvis.people.enums import FORMER_COLLEGES, College
from parvis.people.models import Contact, Organisation, User
from parvis.sheets.enums import OpinionValue, SheetState
from parvis.sheets.models import ActionSheet, Tally
from parvis.sheets.operations.enter_paper import count_stickers, enter_booklet
from parvis.sheets.rules import readable_sheets
from parvis.web.components.form_pages import saved
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once

_VALUES = list(OpinionValue.values)
_SHOWN = 100


class BookletForm(forms.Form):
    """Whose booklet, and one digit a sheet: 1 to 7, empty for a sheet left blank."""

    organisation: Any = forms.ModelChoiceField(None, label="Organisme", to_field_name="code", empty_label="Choisissez…")
    contact: Any = forms.ModelChoiceField(
        None, label="Personne, si le carnet est signé", required=False, to_field_name="code", empty_label="Non signé"
    )

    def __init__(self, *args: Any, consultation: Consultation, sheets: list[ActionSheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        partners = Organisation.objects.filter(partnerships__consultation=consultation)
        fields["organisation"].queryset = partners
        fields["contact"].queryset = Contact.objects.filter(organisation__in=partners, erased_at=None).select_related(
            "organisation"
        )
        fields["contact"].label_from_instance = lambda contact: f"{contact.organisation} : {contact}"
        for sheet in sheets:
            fields[f"s-{sheet.code}"] = forms.TypedChoiceField(
                label=f"{sheet.number}. {sheet.title}", required=False,
                choices=[("", "–"), *((str(key), f"{key} {OpinionValue(value).label}")
                                      for key, value in enumerate(_VALUES, start=1))],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contact, organisation = cleaned.get("contact"), cleaned.get("organisation")
        if contact is not None and organisation is not None and contact.organisation_id != organisation.pk:
            self.add_error("contact", "Cette personne est d'un autre organisme : choisissez l'un ou l'autre.")
        return cleaned

    def answers(self) -> dict[str, str]:
        """Sheet code → value."""
        return {
            name.removeprefix("s-"): _VALUES[int(key) - 1]
            for name, key in self.cleaned_data.items()
            if name.startswith("s-") and key
        }


@pressed_once
@access(writable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def booklet(request: HttpRequest, code: str) -> HttpResponse:
    """One booklet; the page comes back empty for the next."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, writable_consultations(actor))
    shown = ActionSheet.objects.filter(
        readable_sheets(actor), consultation=consultation, state=SheetState.READY, hidden_at=None
    )
    form = BookletForm(posted(request), consultation=consultation, sheets=list(shown.order_by("number")))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _, refused = enter_booklet(
                actor, consultation, given["organisation"], form.answers(), contact=given["contact"]
            )
        except ParvisError as refusal:
            form.add_error(None, refusal.message)
        else:
            for sentence in refused:
                messages.error(request, sentence)
            kept = len(form.answers()) - len(refused)
            messages.success(request, f"{kept} avis de {given['organisation']} enregistrés. Au carnet suivant.")
            return redirect("desk:booklet", code)
    return page(request, "desk/paper/booklet.html", "consultations", consultation=consultation, form=form)


class StickersForm(forms.Form):
    """The stickers of a college on the poster of a sheet."""

    sheet: Any = forms.ModelChoiceField(None, label="Fiche", to_field_name="code", empty_label="Choisissez…")
    college = forms.ChoiceField(label="Collège", choices=College.choices)

    def __init__(self, *args: Any, sheets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sheet"].queryset = sheets
        counted = set(
            Tally.objects.filter(sheet__in=sheets, college__in=FORMER_COLLEGES).values_list("college", flat=True)
        )
        former = [choice for choice in FORMER_COLLEGES.items() if choice[0] in counted]
        fields["college"].choices = [*College.choices, *former]  # what was counted under them may be corrected
        for value in OpinionValue:
            fields[f"n-{value}"] = forms.IntegerField(
                label=value.label, min_value=0, max_value=10_000, required=False,
                widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
            )  # fmt: skip
        fields["replaces"] = forms.BooleanField(label="Remplacer le compte déjà saisi", required=False)

    def count(self, actor: User) -> None:
        given = self.cleaned_data
        counts = {value: given[f"n-{value}"] or 0 for value in _VALUES}
        count_stickers(actor, given["sheet"], given["college"], counts, replaces=given["replaces"])


@access(writable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def stickers(request: HttpRequest, code: str) -> HttpResponse:
    """Counted once by a person, shown beside the spread."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, writable_consultations(actor))
    readable = ActionSheet.objects.filter(readable_sheets(actor), consultation=consultation, hidden_at=None)
    sheets = readable.order_by("number")
    form = StickersForm(posted(request), sheets=sheets)
    if request.method == "POST" and saved(form, lambda: form.count(actor)):
        messages.success(request, "Les gommettes sont comptées.")
        return redirect("desk:stickers", code)
    return page(request, "desk/paper/stickers.html", "consultations", consultation=consultation, form=form)


@pressed_once
@access(editable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def late(request: HttpRequest, code: str) -> HttpResponse:
    """What came after closing: count it, or leave it out."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, editable_consultations(actor))
    if request.method == "POST":
        named = request.POST.get("op", "")
        op = waiting_ops(actor, consultation).filter(op_id=named).first() if _is_uuid(named) else None
        if op is None:
            raise Http404("Envoi inconnu.")
        try:
            (accept_late if "accept" in request.POST else refuse_late)(actor, op)
        except ParvisError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "C'est fait.")
        return redirect("desk:late", code)
    return page(
        request, "desk/paper/late.html", "consultations", consultation=consultation, rows=late_rows(actor, consultation)
    )


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and all(c in "0123456789abcdef-" for c in text)
