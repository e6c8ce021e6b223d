"""Questions on a terminal. A script has none: it says everything by options, and is asked nothing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TypeVar

from parvis.core.errors import RefusedInput

Answer = TypeVar("Answer")


def on_terminal() -> bool:
    """Whether someone is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, check: Callable[[str], Answer], *, given: str | None, option: str) -> Answer:
    """What `check` makes of the option when it was given, else of what is typed: asked again as long as it refuses.

    Raises `RefusedInput` when the option is wrong, or missing where nobody can be asked.
    """
    if given is not None:
        return check(given)
    if not on_terminal():
        raise RefusedInput(f"Il manque {option}. Sans terminal, tout se dit par les options : voyez --help.")
    while True:
        try:
            return check(_typed(f"{question} : "))
        except RefusedInput as refusal:
            print(refusal.message, *(f"  {line}" for line in refusal.lines), sep="\n")


def confirm(question: str) -> None:
    """On a terminal, go on only after « oui »; in a script, go on. Raises `RefusedInput` otherwise."""
    if on_terminal() and _typed(f"{question} (oui ou non) : ").lower() not in {"oui", "o"}:
        raise RefusedInput("Vous n'avez pas répondu oui : rien n'a été fait.")


def _typed(prompt: str) -> str:
    """One line. The end of the input (Ctrl-D) stops the command, as Ctrl-C does."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - arrows and corrections while one types
    try:
        return input(prompt).strip()
    except UnicodeDecodeError:
        raise RefusedInput(
            "Ces caractères ne se lisent pas : réglez votre terminal en UTF-8, puis recommencez."
        ) from None
    except EOFError:
        raise KeyboardInterrupt from None
