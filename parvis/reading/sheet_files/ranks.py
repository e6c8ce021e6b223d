"""How much a label is trusted: the rank of its group in the vocabulary, then these. The lowest wins a field."""

from __future__ import annotations

from typing import Final

NEW: Final = 2
"""« L'action est-elle nouvelle ? »: its answer holds a date or none."""
GUESSED: Final = 8
"""A label of no list, whose field is guessed (`label_guess`)."""
UNFORESEEN: Final = 9
"""A label of no list, that nothing tells."""
SUB: Final = 10
"""From this rank on, a label was met in the value of another."""
