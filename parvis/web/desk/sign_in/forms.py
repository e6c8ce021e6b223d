"""The two forms of the entrance."""

from __future__ import annotations

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address that receives the code."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "enterkeyhint": "send"}),
    )


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by mail."""

    code = forms.CharField(
        label="Le code reçu",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input--code",
                "enterkeyhint": "go",
            }
        ),
    )
