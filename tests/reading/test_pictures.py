"""Pictures: known by their content, drawn again without what came with them."""

from __future__ import annotations

import inspect
import io
import zlib

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from parvis.core.errors import RefusedInput
from parvis.reading import pictures
from parvis.reading.pictures import read_picture


def image(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    return out.getvalue()


def located(size: tuple[int, int] = (40, 30), orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "CANARI-TELEPHONE"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 44.0, 12.0)
    return image("JPEG", size, exif=exif.tobytes())


@pytest.mark.parametrize(("kind", "kept"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/jpeg")])
def test_picture_of_each_kind_is_kept(kind: str, kept: str) -> None:
    picture = read_picture(image(kind))
    assert (picture.content_type, picture.width, picture.height) == (kept, 40, 30)
    assert Image.open(io.BytesIO(picture.data)).size == (40, 30)


def test_picture_leaves_place_and_device_behind() -> None:
    sent = located()
    assert b"CANARI-TELEPHONE" in sent
    kept = read_picture(sent).data
    assert b"CANARI-TELEPHONE" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_leaves_words_after_its_end_behind(kind: str) -> None:
    assert b"<script>" not in read_picture(image(kind) + b"<script>alert(1)</script>").data


def test_picture_leaves_the_words_of_a_png_behind() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "CANARI")
    sent = image("PNG", pnginfo=words)
    assert b"CANARI" in sent
    assert b"CANARI" not in read_picture(sent).data


def test_picture_taken_upright_stands_upright() -> None:
    picture = read_picture(located((40, 30), orientation=6))
    assert (picture.width, picture.height) == (30, 40)


def test_picture_too_wide_is_reduced() -> None:
    picture = read_picture(image("JPEG", (4000, 1000)))
    assert (picture.width, picture.height) == (1600, 400)


def test_picture_seen_through_stays_a_png() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 128, 128, 60)).save(out, "WEBP")
    assert read_picture(out.getvalue()).content_type == "image/png"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>\x89PNG",
        b"%PDF-1.7",
        image("GIF"),
        image("BMP"),
        image("TIFF"),
    ],
    ids=["empty", "svg", "html", "pdf", "gif", "bmp", "tiff"],
)
def test_picture_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedInput, match="png, jpeg ou webp"):
        read_picture(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_cut_short_is_refused(kind: str) -> None:
    whole = image(kind, (600, 600))
    with pytest.raises(RefusedInput):
        read_picture(whole[: len(whole) // 2])


@pytest.mark.parametrize("side", [6_000, 20_000, 60_000])
def test_picture_that_declares_too_many_points_is_refused_unopened(side: int) -> None:
    header = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    bomb += (0).to_bytes(4, "big") + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big")
    with pytest.raises(RefusedInput, match="trop grande"):
        read_picture(bomb)


def test_picture_too_heavy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 100)
    with pytest.raises(RefusedInput, match="Mo"):
        inspect.unwrap(read_picture)(image("PNG", (400, 400)))
