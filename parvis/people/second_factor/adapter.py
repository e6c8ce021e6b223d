"""How allauth keeps secrets here: enciphered, so that a backup alone opens nothing."""

from __future__ import annotations

import logging
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter

from parvis.core.sealing import seal, unseal
from parvis.people.second_factor.totp import new_secret

_log = logging.getLogger(__name__)
_SALT: Final = "parvis.second_factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return seal(_SALT, text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; when the key of the site is another than the one that enciphered it, one that opens nothing."""
        secret = unseal(_SALT, encrypted_text)
        if secret is None:
            _log.warning("a second factor cannot be read: PARVIS_SECRET_KEY is not the one it was made with")
            return new_secret()
        return secret
