"""How allauth keeps secrets here: enciphered, so that a backup alone opens nothing."""

from __future__ import annotations

import base64
import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from parvis.people.second_factor.totp import new_secret

_log = logging.getLogger(__name__)


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac("parvis.second_factor", "", algorithm="sha256").digest()))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; when the key of the site is another than the one that enciphered it, one that opens nothing."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            _log.warning("a second factor cannot be read: PARVIS_SECRET_KEY is not the one it was made with")
            return new_secret()
