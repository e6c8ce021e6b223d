"""What an agent types from a paper booklet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms

from parvis.consultations.models import Consultation
from parvis.people.models import Contact, Organisation
from parvis.sheets.enums import OpinionValue, Relation
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.enter_paper import PaperAnswer
from parvis.sheets.operations.record_opinions import MAX_COMMENT
from parvis.web.desk.form_fields import Day, long_text

_VALUES: Final = list(OpinionValue.values)
_RELATIONS: Final = (
    ("", "Pas écrit"), (Relation.LEAD, "Porteur"), (Relation.FUNDER, "Financeur"), (Relation.REFERRER, "Orienteur"),
    (Relation.NONE, "Autre, ou aucun lien"),
)  # fmt: skip


class BookletForm(forms.Form):
    """Whose booklet, then for each sheet a digit, 1 to 7, what was written beside, and the link to the action.

    What is left empty was left blank. `over`: the review is closed, and the day the paper came is worth telling.
    """

    organisation: Any = forms.ModelChoiceField(None, label="Organisme", to_field_name="code", empty_label="Choisissez…")
    contact: Any = forms.ModelChoiceField(
        None, label="Personne, si le carnet est signé", required=False, to_field_name="code", empty_label="Non signé"
    )
    received_on = Day(label="Reçu le", required=False, help_text="Lu par qui décidera s'il compte.")

    def __init__(
        self, *args: Any, consultation: Consultation, sheets: list[ActionSheet], over: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sheets = sheets
        fields: dict[str, Any] = self.fields
        if not over:
            del fields["received_on"]
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
            fields[f"c-{sheet.code}"] = long_text(f"Commentaire sur « {sheet.title} »", rows=2, most=MAX_COMMENT)
            fields[f"r-{sheet.code}"] = forms.ChoiceField(
                label=f"Lien avec « {sheet.title} »", required=False, choices=_RELATIONS
            )

    def head(self) -> Iterator[forms.BoundField]:
        """Whose it is."""
        return (bound for bound in self if bound.name[:2] not in ("s-", "c-", "r-"))

    def rows(self) -> Iterator[tuple[forms.BoundField, tuple[forms.BoundField, ...], bool]]:
        """For each sheet: the digit, what may stand beside it, and whether something does."""
        for sheet in self._sheets:
            beside = (self[f"c-{sheet.code}"], self[f"r-{sheet.code}"])
            yield self[f"s-{sheet.code}"], beside, any(bound.value() or bound.errors for bound in beside)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contact, organisation = cleaned.get("contact"), cleaned.get("organisation")
        if contact is not None and organisation is not None and contact.organisation_id != organisation.pk:
            self.add_error("contact", "Cette personne est d'un autre organisme : choisissez l'un ou l'autre.")
        return cleaned

    def answers(self) -> dict[str, PaperAnswer]:
        """Sheet code → what was written of it."""
        given = self.cleaned_data
        answers = {
            sheet.code: PaperAnswer(
                value=_VALUES[int(given[f"s-{sheet.code}"]) - 1] if given[f"s-{sheet.code}"] else "",
                comment=given[f"c-{sheet.code}"].strip(),
                relation=given[f"r-{sheet.code}"],
            )
            for sheet in self._sheets
        }
        return {code: answer for code, answer in answers.items() if answer.body()}
