"""What the technical log says holds nothing that opens a door: addresses come there whole, and some are keys."""

from __future__ import annotations

import logging
import re
from typing import Final

_TOKEN: Final = re.compile(r"(?<=[/=])(?:[A-Z0-9]+-\d{1,2}-)?[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
"""A token of `core.codes`, where an address holds one; the sign of a table says its room and its number before."""
_SIGNED: Final = re.compile(r"(?<=[/=])[A-Za-z0-9_-]+(?::|%3A)[A-Za-z0-9_-]+(?::|%3A)[A-Za-z0-9_-]{20,}")
"""What `django.core.signing` makes: the value, the moment, the signature."""
_KEY: Final = re.compile(r"(?<=[?&]cle=)[^&\s\"']+")
"""The key of a room, in the address that its pages ask again and again."""


class TokenFreeFormatter(logging.Formatter):
    """Writes a record, its traceback included, without the tokens and keys of addresses."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


def without_tokens(text: str) -> str:
    """`text` with each token or key of an address replaced by an ellipsis."""
    for secret in (_TOKEN, _SIGNED, _KEY):
        text = secret.sub("…", text)
    return text
