"""The controls that forms of the desk share."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import resolve

from parvis.web.desk.consultations.forms import DetailsForm
from parvis.web.desk.form_fields import Day, Moment, OneLine
from parvis.web.desk.meetings.forms import MeetingForm
from parvis.web.desk.sheets.forms import SheetForm


@pytest.mark.parametrize("pasted", ["Santé\r\nBcc: a@b.fr", "Santé\u2028 Bcc: a@b.fr", "\tSanté  Bcc: a@b.fr\n"])
def test_what_is_pasted_over_several_lines_is_one(pasted: str) -> None:
    assert OneLine().clean(pasted) == "Santé Bcc: a@b.fr"


@pytest.mark.parametrize("form", [DetailsForm, MeetingForm, SheetForm])
def test_titles_are_one_line(form: type) -> None:
    assert isinstance(form.base_fields["title"], OneLine)  # type: ignore[attr-defined]


@pytest.mark.parametrize("slip", ["0202-03-12", "20266-03-12", "2150-01-01", "12/03/0202", "12/03/20266"])
def test_a_year_that_nobody_meant_is_refused(slip: str) -> None:
    with pytest.raises(ValidationError, match="en quatre chiffres, entre 1990 et 2100"):
        Day().clean(slip)
    with pytest.raises(ValidationError, match="en quatre chiffres, entre 1990 et 2100"):
        Moment().clean(f"{slip}T14:00" if "-" in slip else f"{slip} 14:00")


def test_a_date_that_is_meant_passes() -> None:
    assert Day().clean("2026-03-12") == datetime.date(2026, 3, 12)
    assert Day(required=False).clean("") is None
    with pytest.raises(ValidationError, match="date valide"):
        Day().clean("demain")


def test_every_date_of_the_desk_is_asked_within_reason() -> None:
    fields = [field for form in _below(forms.BaseForm) for field in form.base_fields.values()]
    dates = [field for field in fields if isinstance(field, (forms.DateField, forms.DateTimeField))]
    assert dates
    assert [field for field in dates if not isinstance(field, (Day, Moment))] == []


def _below(form: type) -> list[Any]:
    """The forms of the desk, once all its addresses were read."""
    resolve("/gestion/")
    below = form.__subclasses__()
    desk = [each for each in below if each.__module__.startswith("parvis.web.desk") and hasattr(each, "base_fields")]
    return desk + [deeper for each in below for deeper in _below(each)]
