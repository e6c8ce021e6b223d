"""Fast entry of what came on paper; and what came after closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Consultation, Phase
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, writable_consultations
from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.core.errors import ParvisError
from parvis.french.counts import plural
from parvis.gathering.desk.late import late_rows, waiting_ops
from parvis.people.enums import FORMER_COLLEGES, College
from parvis.people.models import Organisation, User
from parvis.sheets.enums import OpinionValue, SheetState
from parvis.sheets.models import ActionSheet, Tally
from parvis.sheets.operations.enter_paper import EnteredBooklet, count_stickers, enter_booklet
from parvis.sheets.rules import readable_sheets
from parvis.web.components.form_pages import saved
from parvis.web.desk.paper.forms import BookletForm
from parvis.web.desk.requests import agent, page, posted
from parvis.web.desk.sent_once import pressed_once

_VALUES = list(OpinionValue.values)
_SHOWN = 100


@pressed_once
@access(writable_consultations, audience=RouteAudience.AGENTS, methods=FORM)
def booklet(request: HttpRequest, code: str) -> HttpResponse:
    """One booklet; the page comes back empty for the next. After the closing, what is entered waits as late."""
    actor = agent(request)
    consultation = get_consultation_or_refuse(actor, code, writable_consultations(actor))
    shown = ActionSheet.objects.filter(
        readable_sheets(actor), consultation=consultation, state=SheetState.READY, hidden_at=None
    )
    review = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    over = review is not None and review.is_over(clock.today())
    form = BookletForm(posted(request), consultation=consultation, sheets=list(shown.order_by("number")), over=over)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entered = enter_booklet(
                actor, consultation, given["organisation"], form.answers(), contact=given["contact"],
                received_on=given.get("received_on"),
            )  # fmt: skip
        except ParvisError as refusal:
            form.add_error(None, refusal.message)
        else:
            _tell(request, given["organisation"], entered)
            return redirect("desk:booklet", code)
    may_decide = Consultation.objects.filter(editable_consultations(actor), pk=consultation.pk).exists()
    return page(
        request, "desk/paper/booklet.html", "consultations", consultation=consultation, form=form, over=over,
        may_decide=may_decide,
    )  # fmt: skip


def _tell(request: HttpRequest, organisation: Organisation, entered: EnteredBooklet) -> None:
    for sentence in entered.refused:
        messages.error(request, sentence)
    if entered.late:
        kept = plural(entered.late, "réponse gardée à part", "réponses gardées à part")
        messages.success(
            request, f"{organisation} : {kept}, l'étape est fermée. « Avis tardifs » dira si elles comptent."
        )
    if entered.counted or not entered.late:
        kept = plural(entered.counted, "réponse enregistrée", "réponses enregistrées")
        messages.success(request, f"{organisation} : {kept}. Au carnet suivant.")


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
