"""Photographs of paperboards: pictures only, told once, without the place a camera adds; by tables, not by phones."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image

from parvis.core.errors import RefusedInput
from parvis.meetings.models import Photo, Seat
from parvis.meetings.operations.room import photos
from parvis.meetings.operations.room.photos import add_photo
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.scene import Room, make_room

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", *, where: bool = False) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if where:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010F] = "Marque de l'appareil"
    Image.new("RGB", (40, 30), "white").save(out, kind, exif=exif)
    return out.getvalue()


def seat(room: Room, who: str = "secretary") -> Seat:
    return Seat.objects.get(board=room.board, participant=getattr(room, who))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photograph_is_kept_with_its_words_and_its_table(kind: str) -> None:
    photo = add_photo(seat(make_room()), reference=uuid.uuid4(), data=picture(kind), alt=" Le paperboard ")
    assert (photo.alt, photo.table, photo.size) == ("Le paperboard", 1, len(photo.data))
    assert Image.open(io.BytesIO(photo.data)).size == (40, 30)


def test_photograph_tells_neither_place_nor_device() -> None:
    data = picture(where=True)
    assert b"Marque" in data
    photo = add_photo(seat(make_room()), reference=uuid.uuid4(), data=data, alt="Le paperboard")
    assert b"Marque" not in bytes(photo.data)
    assert dict(Image.open(io.BytesIO(photo.data)).getexif()) == {}


def test_photograph_sent_twice_is_kept_once() -> None:
    room, reference = make_room(), uuid.uuid4()
    first = add_photo(seat(room), reference=reference, data=picture(), alt="Le paperboard")
    assert add_photo(seat(room), reference=reference, data=picture(), alt="Le paperboard") == first
    assert Photo.objects.count() == 1


def test_photograph_after_the_closing_is_kept() -> None:
    room = make_room()
    close_room(room.scene.bob, room.board)
    assert add_photo(seat(room), reference=uuid.uuid4(), data=picture(), alt="Le paperboard").table == 1


@pytest.mark.parametrize(
    ("who", "data", "alt", "why"),
    [
        ("phone", picture(), "Le paperboard", photos.TABLES_ONLY),
        ("secretary", picture(), "  ", photos.NO_WORDS),
        ("secretary", picture(), "a" * 301, "Dites-le en 300 caractères au plus."),
    ],
)
def test_photograph_refused(who: str, data: bytes, alt: str, why: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        add_photo(seat(make_room(), who), reference=uuid.uuid4(), data=data, alt=alt)
    assert refusal.value.message == why
    assert Photo.objects.count() == 0


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RefusedInput):
        add_photo(seat(make_room()), reference=uuid.uuid4(), data=b"<svg onload='x'/>", alt="Le paperboard")
    assert Photo.objects.count() == 0


def test_no_more_photographs_than_a_room_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    room = make_room()
    monkeypatch.setattr(photos, "MAX_PHOTOS", 1)
    add_photo(seat(room), reference=uuid.uuid4(), data=picture(), alt="Le paperboard")
    with pytest.raises(RefusedInput) as refusal:
        add_photo(seat(room), reference=uuid.uuid4(), data=picture(), alt="Un autre")
    assert refusal.value.message == photos.TOO_MANY
