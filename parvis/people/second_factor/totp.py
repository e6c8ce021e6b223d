"""Codes that change every thirty seconds (RFC 6238, six digits, SHA-1: what every application reads)."""

from __future__ import annotations

import base64
import datetime
import secrets
from typing import Final
from urllib.parse import quote, urlencode

PERIOD: Final = 30
_DRIFT: Final = 1
"""Steps before and after the present one: a clock a little off, a slow hand."""


def new_secret() -> str:
    """160 random bits, in base 32 (32 characters)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, counter: int) -> str:
    """The code of step `counter`."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, counter)))


def counter_of(moment: datetime.datetime) -> int:
    """How many steps since 1970."""
    return int(moment.timestamp()) // PERIOD


def matching_counter(secret: str, code: str, moment: datetime.datetime) -> int | None:
    """The step whose code is `code`, near `moment`; None when it is not one."""
    typed = "".join(code.split())
    present = counter_of(moment)
    matching = None
    for counter in range(present - _DRIFT, present + _DRIFT + 1):
        if secrets.compare_digest(code_at(secret, counter).encode(), typed.encode()):
            matching = counter
    return matching


def key_address(secret: str, *, account: str, site: str) -> str:
    """What the drawn code says to the application of the telephone (`otpauth://`)."""
    label = quote(f"{site}:{account}", safe="@:")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': site}, quote_via=quote)}"
