"""What a partner writes herself, by theme, before the workshop."""

from __future__ import annotations

import uuid
from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from parvis.consultations.enums import ContributionState, Kind, OpStatus
from parvis.consultations.models import Contribution, Participant
from parvis.consultations.operations.own_contributions import MAX_TEXT, themes_open_to
from parvis.consultations.outbox import CONFLICT
from parvis.core.access import FORM, RouteAudience, access
from parvis.web.components.form_pages import form_page
from parvis.web.partners.session import for_partner, key_of
from parvis.web.partners.views.opinions import send_op, tell

_ALREADY_USED = (
    "Ce formulaire a déjà servi, avec un autre texte, qui est plus bas. "
    "Le vôtre est encore ici : « Ajouter » l'ajoutera."
)
_WHICH_KIND: Final = "Choisissez : défi, atout ou proposition."
_WHICH_THEME: Final = "Choisissez la thématique."
_NO_WORD: Final = "Écrivez au moins quelques mots."
_KINDS = [(kind.value, kind.label) for kind in (Kind.CHALLENGE, Kind.STRENGTH, Kind.PROPOSAL)]


class ContributionForm(forms.Form):
    """A défi, an atout or a proposition. Kind and theme are chosen each time: none files a word by itself.

    What is missing is said by the page's script in the same words (`data-missing`).
    """

    contribution_kind = forms.ChoiceField(
        label="C'est…",
        choices=_KINDS,
        widget=forms.RadioSelect(attrs={"data-missing": _WHICH_KIND}),
        error_messages={"required": _WHICH_KIND, "invalid_choice": _WHICH_KIND},
    )
    theme = forms.ChoiceField(
        label="Thématique",
        widget=forms.Select(attrs={"data-missing": _WHICH_THEME}),
        error_messages={"required": _WHICH_THEME, "invalid_choice": _WHICH_THEME},
    )
    text = forms.CharField(
        label="En quelques mots",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "data-missing": _NO_WORD}),
        error_messages={"required": _NO_WORD},
    )

    op_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, *args: object, participant: Participant, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        themes = [(theme.code, theme.name) for theme in themes_open_to(participant).values()]
        choose = [] if len(themes) == 1 else [("", "Choisissez…")]
        self.fields["theme"].choices = choose + themes  # type: ignore[attr-defined]

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("contribution_kind", "theme", "text")}

    def is_another(self) -> None:
        """What it says came after another text under the same name: sent again, it will be one more."""
        self.add_error(None, _ALREADY_USED)
        self.data = {**self.data.dict(), "op_id": str(uuid.uuid4())}  # type: ignore[attr-defined]


@access(themes_open_to, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def contributions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Hers, and a form for one more."""
    form = ContributionForm(request.POST if request.method == "POST" else None, participant=participant)
    if request.method == "POST" and form.is_valid():
        result = send_op(participant, "note", op_id=str(form.cleaned_data["op_id"] or ""), **form.words())
        if result.status not in (OpStatus.REJECTED, CONFLICT):
            tell(request, result, "C'est enregistré. L'équipe projet la lira avant l'atelier.")
            return redirect("partners:contributions")
        if result.status == CONFLICT:
            form.is_another()
        else:
            form.add_error(None, result.detail)
    mine = Contribution.objects.filter(participant=participant).exclude(state=ContributionState.WITHDRAWN)
    context = {
        "participant": participant,
        "key": key_of(request),
        "section": "contributions",
        "form": form,
        "mine": mine.select_related("theme").order_by("-id"),
    }
    return form_page(request, "partners/contributions.html", context)


@access(themes_open_to, audience=RouteAudience.PARTNERS, methods=FORM)
@for_partner
def change(request: HttpRequest, participant: Participant, reference: uuid.UUID) -> HttpResponse:
    """Correct one of hers, or take it back."""
    mine = Contribution.objects.filter(participant=participant, reference=reference).select_related("theme").first()
    if mine is None:
        raise Http404("Contribution inconnue.")
    if request.method == "POST" and "withdraw" in request.POST:
        tell(request, send_op(participant, "withdraw", of=str(reference)), "Elle est retirée.")
        return redirect("partners:contributions")
    initial = {"contribution_kind": mine.kind, "theme": mine.theme.code, "text": mine.text}
    form = ContributionForm(
        request.POST if request.method == "POST" else None, participant=participant, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        result = send_op(participant, "edit", of=str(reference), **form.words())
        if result.status != OpStatus.REJECTED:
            tell(request, result, "C'est enregistré.")
            return redirect("partners:contributions")
        form.add_error(None, result.detail)
    context = {
        "participant": participant,
        "key": key_of(request),
        "section": "contributions",
        "form": form,
        "reference": reference,
        "hidden": mine.state == ContributionState.HIDDEN,
    }
    return form_page(request, "partners/contribution.html", context)
