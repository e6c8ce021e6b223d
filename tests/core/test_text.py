"""What two writings of one name have in common, given alike by the server and by the scripts of the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from parvis.core.text import fold

PAIRS: Final = json.loads(Path(__file__).with_name("folded_texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "folded"), PAIRS)
def test_fold_gives_what_the_scripts_give(text: str, folded: str) -> None:
    """The same pairs are asked of `fold.js` in `tests/js/components/fold.test.js`."""
    assert fold(text) == folded
