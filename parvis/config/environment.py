"""Reading the environment: what is written there is taken as it is meant, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from parvis.core.errors import RefusedInput

_YES: Final = frozenset({"1", "true", "yes", "on", "oui", "y", "ok"})
_NO: Final = frozenset({"", "0", "false", "no", "off", "non", "n"})


class Environment(environ.Env):  # type: ignore[misc]
    """Django-environ takes any word that it does not know for « no », and stops on a number with a trace."""

    def bool(self, var: str, default: bool = False) -> bool:
        """Whether it is on. Raises `RefusedInput` when it is neither on nor off."""
        word = self.str(var, default="oui" if default else "non").strip().lower()
        if word not in _YES | _NO:
            raise refused(var, "écrivez oui ou non")
        return word in _YES

    def int(self, var: str, default: int) -> int:
        """A whole number, 1 or more. Raises `RefusedInput`."""
        with meaning(var, "écrivez un nombre entier, 1 ou plus"):
            number = super().int(var, default=default)
            if number < 1:
                raise ValueError
        return int(number)


def refused(name: str, wanted: str) -> RefusedInput:
    """What is said of a wrong setting."""
    return RefusedInput(f"Le réglage {name} n'est pas bon : {wanted}. Voyez docs/reglages.md.")


@contextmanager
def meaning(name: str, wanted: str) -> Iterator[None]:
    """Inside, what goes wrong is the fault of this setting."""
    try:
        yield
    except (ValueError, TypeError, KeyError, ImproperlyConfigured):
        raise refused(name, wanted) from None


def checked_address(name: str, address: str, schemes: Collection[str], wanted: str) -> str:
    """`address` when it is one, of one of these schemes. Raises `RefusedInput`."""
    with meaning(name, wanted):
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number is refused when it is read
        if parts.scheme not in schemes or not (parts.hostname or parts.path):
            raise ValueError
    return address


def checked_choice(name: str, word: str, choices: Collection[str]) -> str:
    """`word` when it is one of these. Raises `RefusedInput`."""
    if word not in choices:
        raise refused(name, f"écrivez {', '.join(choices)}")
    return word
