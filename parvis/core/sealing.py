"""Enciphering what waits in the database, so that the database alone tells nothing.

The key is made of the secret key of the site and of a salt, one for each use.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(salt: str, text: str) -> str:
    """`text` enciphered, for the use that `salt` names."""
    return _cipher(salt).encrypt(text.encode()).decode()


def unseal(salt: str, sealed: str) -> str | None:
    """The text; None when it was enciphered under a key that the site no longer knows, or was damaged."""
    try:
        return _cipher(salt).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def key_print() -> str:
    """16 hexadecimal characters by which the secret key is known again, and which tell nothing of it."""
    return _print_of(settings.SECRET_KEY)


def knows_key(key: str) -> bool:
    """Whether `key`, a print, is that of a secret key of the site, present or former."""
    return key in map(_print_of, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _print_of(secret: str | bytes) -> str:
    return salted_hmac("parvis.core.sealing.print", "", secret=secret, algorithm="sha256").hexdigest()[:16]


def _cipher(salt: str) -> MultiFernet:
    """Enciphers with the present secret key; deciphers with the former ones too (`SECRET_KEY_FALLBACKS`)."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac(salt, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
