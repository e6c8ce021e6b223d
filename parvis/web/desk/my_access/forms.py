"""One control: a code."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.base.forms import AuthenticateForm
from django import forms

from parvis.core.errors import RefusedInput
from parvis.people.operations.second_factor import check_second_factor

_CONTROL: Final = {"autocomplete": "one-time-code", "spellcheck": "false", "class": "input--code", "enterkeyhint": "go"}
_HELP: Final = "Téléphone perdu ou absent ? Un code de secours convient aussi."


def _code(label: str, help_text: str = "", **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs=_CONTROL | attributes)
    return forms.CharField(label=label, max_length=20, help_text=help_text, widget=widget)


class FirstCodeForm(forms.Form):
    """The first code of a telephone that has just read the drawing."""

    code = _code("Le code à six chiffres que montre l'application", inputmode="numeric")


class CodeForm(forms.Form):
    """A code, before something is changed."""

    code = _code("Le code de votre téléphone", _HELP)


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """The second step of sign-in, inside allauth's flow."""

    code = _code("Le code de votre téléphone", _HELP, autofocus="autofocus")
    authenticator: Any

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            self.authenticator = check_second_factor(self.user, code)
        except RefusedInput as refused:
            raise forms.ValidationError(refused.message) from None
        return code
