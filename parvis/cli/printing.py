"""What the commands that read a file print."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_text(text: str) -> None:
    """UTF-8 whatever the terminal says, and line ends as they are."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8"))
        buffer.flush()


def print_json(value: dict[str, Any]) -> None:
    """For another program, and still readable."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
