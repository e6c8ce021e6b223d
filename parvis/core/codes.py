"""Codes that stand in addresses, and tokens that open doors.

No row number ever appears in an address. Rooms: 6 unambiguous characters. Public things: 10 characters of 32, 50 random
bits. Tokens: 128 random bits, only their SHA-256 is stored.
"""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "023456789abcdefghjkmnpqrstuvwxyz"
ROOM_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """A public code: 10 characters drawn among 32 (50 bits)."""
    bits = secrets.randbits(50)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 50, 5))


def new_room_code() -> str:
    """A code that can be read aloud in a room: 6 characters, none that looks like another."""
    return "".join(secrets.choice(ROOM_ALPHABET) for _ in range(6))


def new_token() -> str:
    """A secret of 128 bits, to be shown once."""
    return secrets.token_urlsafe(16)


def hash_token(token: str) -> str:
    """What is stored of a token (64 hexadecimal characters). The token has 128 bits: no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
