"""Controls shared by the forms of the desk."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from parvis.core.one_line import one_line
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory


class OneLine(forms.CharField):
    """A title, a name: one line, whatever was pasted. It becomes the subject of a mail, the name of a file."""

    def to_python(self, value: object) -> str:
        return one_line(super().to_python(value) or "")


FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""The years in which anything of a contrat de ville happens: 0202 and 20266 are slips of the hand."""

_YEAR_BEYOND: Final = (
    f"L'année n'est pas possible : écrivez-la en quatre chiffres, entre {FIRST_YEAR} et {LAST_YEAR}, par exemple 2026."
)


class _WithinReason(forms.Field):
    """A date that could be meant."""

    def to_python(self, value: object) -> Any:
        try:
            read: datetime.date | None = super().to_python(value)
        except forms.ValidationError:
            if re.search(r"\d{5}", str(value)):
                raise forms.ValidationError(_YEAR_BEYOND) from None
            raise
        if read is not None and not FIRST_YEAR <= read.year <= LAST_YEAR:
            raise forms.ValidationError(_YEAR_BEYOND)
        return read


class Day(_WithinReason, forms.DateField):
    """A day, by the device's own calendar."""

    widget = forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d")


class Moment(_WithinReason, forms.DateTimeField):
    """A day and a time, in Paris."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input--short"}, format="%Y-%m-%dT%H:%M")


def hour(label: str, *, required: bool = False) -> forms.TimeField:
    """A time of day."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "input--short"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def long_text(label: str, *, required: bool = False, help_text: str = "", rows: int = 5, most: int = 20_000) -> Any:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class TerritoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A territory by its code: the widest first, each with what it is and where, since names repeat."""

    def __init__(self, *, empty_label: str | None = None, **kwargs: Any) -> None:
        super().__init__(
            queryset=Territory.objects.none(),
            to_field_name="code",
            empty_label=empty_label,
            error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
            **kwargs,
        )

    def offer(self, territories: QuerySet[Territory]) -> None:
        """The territories among which to choose. Their kinds happen to sort from the widest to the narrowest."""
        self.queryset = territories.defer("outline").select_related("parent").order_by("kind", "sort_key", "pk")

    def label_from_instance(self, obj: Territory) -> str:
        if obj.kind == TerritoryKind.NEIGHBOURHOOD and obj.parent is not None:
            return f"{obj.name} (quartier, {obj.parent.name})"
        return obj.name if obj.kind == TerritoryKind.INTERCOMMUNALITY else f"{obj.name} (commune)"
