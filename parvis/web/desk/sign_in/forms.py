"""The two forms of the entrance."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms

from parvis.people.adapter import SIGN_IN_CODES
from parvis.people.code_tries import note_failure, take_try


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address that receives the code."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "enterkeyhint": "send"}),
    )

    def clean_email(self) -> str:
        """The same work and the same refusal for an address that is no agent's."""
        email: str = super().clean_email()
        if email and not SIGN_IN_CODES.take(email.lower()):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


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

    def __init__(self, *args: Any, address: str, code_asked: str, **kwargs: Any) -> None:
        self._address, self._code_asked = address, code_asked
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """allauth counts tries in the session, which requests sent together read before any writes it."""
        if not take_try(self._address, self._code_asked):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            note_failure(self._address)
            raise
        return code
