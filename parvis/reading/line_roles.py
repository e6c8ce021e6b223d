"""Lines that are no contribution, recognised by their words: titles of documents, closings, remarks, buttons."""

from __future__ import annotations

from typing import Final

from parvis.reading import vocabulary
from parvis.reading.word_match import key_of, words_of

# No heading is longer, and no opening of a sentence needs more to be known.
_LONG: Final = 120


def is_document(text: str) -> bool:
    """A line that names the document or the meeting rather than a theme."""
    return vocabulary.DOCUMENT.search(key_of(text)) is not None


def is_neutral(text: str) -> bool:
    """A heading under which nothing is a contribution ("Prochaines étapes")."""
    if len(text) > _LONG:
        return False
    words = words_of(text.rstrip(" :"))
    if len(words) > 8:
        return False
    if tuple(words) in vocabulary.NEUTRAL:
        return True
    # "Suites et calendrier": both parts are.
    parts = " ".join(words).split(" et ")
    return len(parts) > 1 and all(tuple(part.split()) in vocabulary.NEUTRAL for part in parts)


def is_void(text: str) -> bool:
    """ "RAS", "Néant": a cell that says it is empty."""
    return len(text) <= 20 and key_of(text) in vocabulary.VOID


def is_remark(text: str) -> bool:
    """ "Point de vigilance : …": it goes with the contribution above, and is not one more."""
    return vocabulary.REMARK.match(text) is not None


def is_quote(text: str) -> bool:
    """Someone quoted on a line of its own, followed at most by who was quoted."""
    return vocabulary.QUOTE.fullmatch(text) is not None


def is_closing(text: str) -> bool:
    """A sentence that closes a meeting or sends the reader elsewhere."""
    return vocabulary.CLOSING.match(key_of(text[:_LONG])) is not None


def is_reported_speech(text: str) -> bool:
    """A paragraph of minutes: "Mme Diallo indique que …"."""
    return vocabulary.REPORTED_SPEECH.match(text[:200]) is not None


def is_foot(text: str) -> bool:
    """A line that a web page prints under its content: nothing after it is content."""
    return len(text) <= 60 and key_of(text) in vocabulary.FOOT


def is_furniture(text: str) -> bool:
    """A line of a web page that is no content."""
    return len(text) <= 60 and (key_of(text) in vocabulary.FURNITURE or key_of(text) in vocabulary.FOOT)
