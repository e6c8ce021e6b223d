"""The address printed on the sign of a table: whoever reads its QR sits down as that table's secretary.

Nothing is stored: the token says which table, and carries a seal derived from the instance's secret key, so that a sign
printed again is the same and that nobody can make the address of another table.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from parvis.core.access import rule
from parvis.core.addresses import path_to
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import find_room


def table_token(board: Board, table: int) -> str:
    """`<room>-<table>-<seal>`, the seal of 128 bits. The same each time."""
    return f"{board.room}-{table}-{_seal(board, table)}"


def table_path(board: Board, table: int) -> str:
    """The address of a table, on this site."""
    return path_to("table", table_token(board, table))


@rule
def find_table(token: str) -> tuple[Board, int] | None:
    """The board and the table of a token, unless the room is hidden or cancelled, or has no longer that many tables."""
    room, _, rest = token.partition("-")
    number = rest.partition("-")[0]
    board = find_room(room) if number.isascii() and number.isdigit() and len(number) <= 2 else None
    if board is None or not 1 <= int(number) <= board.tables:
        return None
    if not hmac.compare_digest(table_token(board, int(number)).encode(), token.encode()):
        return None
    return board, int(number)


def _seal(board: Board, table: int) -> str:
    key = hashlib.sha256(b"table" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.digest(key, f"{board.code}:{table}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
