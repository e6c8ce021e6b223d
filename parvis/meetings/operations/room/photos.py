"""A photograph of a table's paperboard: what was on paper stays with the workshop."""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import BoardState, SeatRole
from parvis.meetings.models import Board, Photo, Seat
from parvis.meetings.operations.room.entering import NOT_OPEN
from parvis.reading.pictures import MAX_BYTES, read_picture

MAX_PHOTOS: Final = 200
MAX_ALT: Final = 300
TABLES_ONLY: Final = "Les photographies sont ajoutées par les tables et par l'animation."
TOO_BIG: Final = f"Cette photographie dépasse {MAX_BYTES // 1_000_000} Mo : réduisez-la, puis recommencez."
TOO_MANY: Final = f"Cet atelier garde déjà {MAX_PHOTOS} photographies : c'est le plus qu'il peut en garder."
NO_WORDS: Final = "Dites en quelques mots ce qu'on lit sur la photographie."


def add_photo(seat: Seat, *, reference: uuid.UUID, data: bytes, alt: str) -> Photo:
    """Keep a photograph, without what the camera told of the place. The same `reference` again adds nothing.

    It may come after the closing: it was taken before. Raises `RefusedInput`. It is decoded before the room is held:
    those who write in it do not wait for that.
    """
    caption = alt.strip()
    already = _standing(seat, Board.objects.get(pk=seat.board_id), reference, caption)
    if already is not None:
        return already
    picture = read_picture(data)
    with transaction.atomic():
        board = Board.objects.select_for_update().get(pk=seat.board_id)
        already = _standing(seat, board, reference, caption)
        if already is not None:
            return already
        photo = Photo.objects.create(
            board=board, reference=reference, table=seat.table, alt=caption, content_type=picture.content_type,
            data=picture.data, size=len(picture.data), taken_at=clock.now(), added_by=seat.user,
        )  # fmt: skip
        journal.record(seat.participant, "add_photo", board, photo=photo.code, size=photo.size)
    return photo


def _standing(seat: Seat, board: Board, reference: uuid.UUID, caption: str) -> Photo | None:
    """The photograph of this reference when it is there already. Raises `RefusedInput` when none may be added."""
    if seat.role == SeatRole.PHONE:
        raise RefusedInput(TABLES_ONLY)
    if board.state == BoardState.PREPARED:
        raise RefusedInput(NOT_OPEN)
    already = Photo.objects.filter(board=board, reference=reference).first()
    if already is not None:
        return already
    if not caption or len(caption) > MAX_ALT or "\x00" in caption:
        raise RefusedInput(NO_WORDS if not caption else f"Dites-le en {MAX_ALT} caractères au plus.")
    if board.photos.count() >= MAX_PHOTOS:
        raise RefusedInput(TOO_MANY)
    return None
