"""Encodings alone."""

from __future__ import annotations

import pytest

from parvis.core.errors import RefusedInput
from parvis.reading.decoding import decode, mend

TEXT = "Défis\r\n1. L’accès à l’emploi – été à Évry « bientôt » œuvre"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, [])


@pytest.mark.parametrize(
    ("encoding", "label"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850")]
)
def test_old_encodings_are_read_with_a_warning(encoding: str, label: str) -> None:
    text = TEXT.replace("’", "'").replace("–", "-").replace("œ", "oe") if encoding == "cp850" else TEXT
    decoded, warnings = decode(text.encode(encoding))
    assert decoded == text
    assert len(warnings) == 1
    assert label in warnings[0]


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02" * 500, b"ab\x00cd", b"\xff\xfe\x00\xd8a\x00"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedInput, match=r"n'est pas du texte"):
        decode(data)


def test_mangled_accents_are_given_back() -> None:
    mangled = TEXT.encode().decode("cp1252", errors="replace").replace("\ufffd", "")
    mended, warnings = mend("Défis\n" + "été".encode().decode("cp1252") + "\n" + mangled[:0])
    assert mended == "Défis\nété\n"
    assert warnings[0].startswith("Des accents étaient abîmés")


def test_accents_beyond_repair_are_told() -> None:
    mended, warnings = mend("D\ufffdfis et d?fis, pr?sent, ?t? d\ufffd\ufffd")
    assert "\ufffd" in mended
    assert "perdus" in warnings[-1]


def test_a_sound_text_is_left_alone() -> None:
    assert mend("Été à Évry ? Oui, ÂGE d'or") == ("Été à Évry ? Oui, ÂGE d'or", [])


def test_surrogates_and_the_mark_go() -> None:
    assert mend("\ufeffa\ud800b")[0] == "a\ufffdb"
