"""Forms of the results."""

from __future__ import annotations

from django import forms

from parvis.sheets.enums import CommitteesDetail, LeadsDetail, PublicDetail
from parvis.web.desk.form_fields import Day


class ShareForm(forms.Form):
    """Opens the results to the leads."""

    reply_until = Day(label="Réponses des porteurs jusqu'au", help_text="Ce jour compris, dans cinq jours au moins.")


class CirclesForm(forms.Form):
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
