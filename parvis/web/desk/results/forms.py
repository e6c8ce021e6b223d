"""Forms of the results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from parvis.consultations.models import Consultation
from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail
from parvis.sheets.models import ResultsRelease
from parvis.web.components.compared import ComparedForm
from parvis.web.desk.form_fields import Day


class ShareForm(forms.Form):
    """Opens the results to the leads."""

    reply_until = Day(label="Réponses des porteurs jusqu'au", help_text="Ce jour compris, dans cinq jours au moins.")


class CirclesForm(ComparedForm):
    """What each circle of readers will be told."""

    leads = forms.ChoiceField(label="Les porteurs, de leurs actions", choices=LeadsDetail.choices)
    committees = forms.ChoiceField(
        label="Les comités technique et de pilotage, et les ateliers", choices=CommitteesDetail.choices
    )
    public = forms.ChoiceField(
        label="Tout le monde",
        choices=PublicDetail.choices,
        help_text="Action par action : seulement si le comité de pilotage l'a décidé.",
    )

    def __init__(self, data: QueryDict | None, consultation: Consultation) -> None:
        super().__init__(data, standing=consultation)

    def values(self, row: Consultation, /) -> dict[str, Any]:
        release = ResultsRelease.objects.filter(consultation=row).first() or ResultsRelease()
        return {"public": release.public_detail, "leads": release.leads_detail, "committees": release.committees_detail}
