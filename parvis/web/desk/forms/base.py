"""Controls shared by the forms of the desk."""

from __future__ import annotations

from typing import Any

from django import forms


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day, by the device's own calendar."""
    widget = forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def hour(label: str, *, required: bool = False) -> forms.TimeField:
    """A time of day."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "input--short"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def moment(label: str, *, help_text: str = "") -> forms.DateTimeField:
    """A day and a time, in Paris."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input--short"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, help_text=help_text, widget=widget)


def long_text(label: str, *, required: bool = False, help_text: str = "", rows: int = 5, most: int = 20_000) -> Any:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
