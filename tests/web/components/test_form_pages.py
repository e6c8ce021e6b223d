"""A form that refuses answers 422 with what was typed, and only then."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from parvis.core.errors import ParvisError, RefusedInput
from parvis.web.components.form_pages import form_page, saved

PART = "components/errors.html"


class NameForm(forms.Form):
    name = forms.CharField()


def status(method: str, form: NameForm, **more: Any) -> int:
    request = getattr(RequestFactory(), method)("/")
    return form_page(request, PART, {"form": form}, **more).status_code


def test_a_form_that_was_not_sent_or_refuses_nothing_is_an_ordinary_page() -> None:
    assert status("post", NameForm()) == 200
    assert status("post", NameForm({"name": "Ada"})) == 200


def test_a_form_that_refuses_answers_422() -> None:
    assert status("post", NameForm({})) == 422


def test_a_filter_in_the_address_refuses_nothing() -> None:
    assert status("get", NameForm({})) == 200


def test_what_no_form_says_is_refused_all_the_same() -> None:
    assert status("post", NameForm(), refused=True) == 422


def test_saved_runs_the_operation_of_a_valid_form_once() -> None:
    done: list[str] = []
    assert saved(NameForm({"name": "Ada"}), lambda: done.append("Ada"))
    assert not saved(NameForm({}), lambda: done.append("personne"))
    assert done == ["Ada"]


@pytest.mark.parametrize(
    ("refusal", "errors"),
    [(ParvisError("Non."), ["Non."]), (RefusedInput("Non.", lines=("Ligne 2 : vide.",)), ["Non.", "Ligne 2 : vide."])],
)
def test_what_the_operation_refuses_becomes_an_error_of_the_form(refusal: ParvisError, errors: list[str]) -> None:
    def refuse() -> None:
        raise refusal

    form = NameForm({"name": "Ada"})
    assert not saved(form, refuse)
    assert form.non_field_errors() == errors


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    theme = forms.ChoiceField(choices=[("a", "A")])


def test_the_summary_leads_to_a_control_that_takes_the_focus() -> None:
    page = render_to_string(PART, {"form": KindForm({})})
    assert re.findall(r'href="#(\w+)"', page) == ["id_kind_0", "id_theme"]
