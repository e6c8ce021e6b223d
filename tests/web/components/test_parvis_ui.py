"""The tags that pages are written with."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template

from parvis.web.components.drawings import KINDS, UnknownSign, icon_svg, kind_html
from tests.html import squeezed


class OneOfEach(forms.Form):
    name = forms.CharField(label="Nom <b>", help_text="Comme sur la porte.")
    note = forms.CharField(label="Note", required=False)
    who = forms.ChoiceField(label="Qui ?", widget=forms.RadioSelect, choices=[("a", "Tous"), ("b", "Équipe")])
    read = forms.BooleanField(label="J'ai relu")
    code = forms.CharField(widget=forms.HiddenInput, required=False)


def render(source: str, **values: object) -> str:
    return squeezed(Template("{% load parvis_ui %}" + source).render(Context(values))).strip()


def test_icon_is_hidden_from_screen_readers_and_as_large_as_text() -> None:
    assert icon_svg("share").startswith(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path'
    )


@pytest.mark.parametrize("name", ["no-such-icon", "../signs/challenge", ""])
def test_icon_of_unknown_name_raises(name: str) -> None:
    with pytest.raises(UnknownSign):
        render("{% icon name %}", name=name)


@pytest.mark.parametrize(
    ("kind", "one", "many"),
    [
        ("challenge", "Défi", "Défis"),
        ("strength", "Atout", "Atouts"),
        ("proposal", "Proposition", "Propositions"),
        ("unsorted", "À classer", "À classer"),
    ],
)
def test_kind_badge_gives_sign_word_and_colour(kind: str, one: str, many: str) -> None:
    badge = render("{% kind_badge kind %}", kind=kind)
    assert badge.startswith(f'<span class="kind kind--{kind}"><span class="kind__sign"><svg')
    assert badge.endswith(f"</svg></span>{one}</span>")
    assert render("{% kind_badge kind plural=True %}", kind=kind) == badge.replace(f"{one}</span>", f"{many}</span>")


def test_kinds_have_four_different_signs() -> None:
    assert len({kind_html(kind).split("</svg>")[0].split("focusable")[1] for kind in KINDS}) == 4


def test_kind_options_are_every_kind_with_the_chosen_one() -> None:
    assert render("{% kind_options kind %}", kind="proposal") == squeezed(
        """<option value="challenge">Défi</option>
        <option value="strength">Atout</option>
        <option value="proposal" selected>Proposition</option>
        <option value="unsorted">À classer</option>"""
    )


def test_kind_sign_says_its_word_aloud() -> None:
    assert render('{% kind_sign "strength" %}').endswith('<span class="visually-hidden">Atout</span></span>')


def test_kind_badge_of_unknown_kind_raises() -> None:
    with pytest.raises(UnknownSign):
        render("{% kind_badge kind %}", kind="<script>")


def test_field_with_an_error_ties_label_help_and_error_to_its_control() -> None:
    html = render("{% field form.name %}", form=OneOfEach({}))
    assert '<label class="field__label" for="id_name">Nom &lt;b&gt;</label>' in html
    assert '<p class="field__help" id="id_name_helptext">Comme sur la porte.</p>' in html
    assert '<p class="field__error" id="id_name_error">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_without_error_says_nothing_of_errors() -> None:
    html = render("{% field form.name %}", form=OneOfEach())
    assert [word for word in ("error", "aria-invalid", "facultatif") if word in html] == []


def test_field_that_may_stay_empty_says_so_unless_told() -> None:
    form = OneOfEach()
    assert "(facultatif)" in render("{% field form.note %}", form=form)
    assert "(facultatif)" not in render("{% field form.note optional=False %}", form=form)


def test_field_of_radios_is_a_fieldset_described_by_its_error() -> None:
    html = render("{% field form.who %}", form=OneOfEach({}))
    assert html.startswith('<fieldset class="field field--error" aria-describedby="id_who_error">')
    assert "<legend>Qui\u00a0?</legend>" in html


def test_field_of_one_box_puts_its_label_after_it() -> None:
    html = render("{% field form.read %}", form=OneOfEach())
    assert html.index("<input") < html.index("J&#x27;ai relu")


def test_field_that_is_hidden_has_no_label() -> None:
    html = render("{% field form.code %}", form=OneOfEach())
    assert html.strip() == '<input type="hidden" name="code" id="id_code">'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Emploi : ce qui marche ?", "Emploi\u00a0: ce qui marche\u00a0?"),
        ("Dire « oui » !", "Dire «\u00a0oui\u00a0»\u00a0!"),
        ("14:30 et http://exemple.invalid", "14:30 et http://exemple.invalid"),
        ("<b> !", "&lt;b&gt;\u00a0!"),
    ],
)
def test_typo_changes_blanks_only_and_stays_escaped(text: str, shown: str) -> None:
    assert render("{{ text|typo }}", text=text) == shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 note reste"), (1, "1 note reste"), (2, "2 notes restent"), ([1, 2], "[1, 2] notes restent")],
)
def test_pluralize_is_french(count: object, words: str) -> None:
    text = '{{ count }} note{{ count|pluralize }} reste{{ count|pluralize:"nt" }}'
    assert Template(text).render(Context({"count": count})) == words
