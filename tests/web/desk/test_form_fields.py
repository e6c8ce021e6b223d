"""The controls that forms of the desk share."""

from __future__ import annotations

import pytest

from parvis.web.desk.consultations.forms import DetailsForm
from parvis.web.desk.form_fields import OneLine
from parvis.web.desk.meetings.forms import MeetingForm
from parvis.web.desk.sheets.forms import SheetForm


@pytest.mark.parametrize("pasted", ["Santé\r\nBcc: a@b.fr", "Santé\u2028 Bcc: a@b.fr", "\tSanté  Bcc: a@b.fr\n"])
def test_what_is_pasted_over_several_lines_is_one(pasted: str) -> None:
    assert OneLine().clean(pasted) == "Santé Bcc: a@b.fr"


@pytest.mark.parametrize("form", [DetailsForm, MeetingForm, SheetForm])
def test_titles_are_one_line(form: type) -> None:
    assert isinstance(form.base_fields["title"], OneLine)  # type: ignore[attr-defined]
