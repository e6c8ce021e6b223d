"""Reading the environment: what is written there is taken as it is meant, or refused in one sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from parvis.core.errors import RefusedInput

_YES: Final = frozenset({"1", "true", "yes", "on", "oui", "y", "ok"})
_HOST: Final = re.compile(r"\*|\.?[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\]")
_MAIL_ADDRESS: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+")
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


def checked_site(name: str, address: str, wanted: str) -> tuple[str, str]:
    """The address of a site, without a last slash, and its host. Raises `RefusedInput`."""
    host = urlsplit(checked_address(name, address, ("http", "https"), wanted)).hostname
    if not host:
        raise refused(name, wanted)
    return address.rstrip("/"), host


def checked_host(name: str, host: str) -> str:
    """`host` when it names a machine, all those below one (« .exemple.fr »), or all (« * »). Raises `RefusedInput`."""
    host = host.strip()
    if not _HOST.fullmatch(host):
        raise refused(name, "écrivez des noms de machines, comme parvis.exemple.fr, sans http:// ni port")
    return host


def checked_sender(name: str, sender: str) -> str:
    """`sender` when it is an address, or a name and an address. Raises `RefusedInput`."""
    address = parseaddr(sender)[1]
    if not _MAIL_ADDRESS.fullmatch(address) or "\n" in sender:
        raise refused(name, "écrivez une adresse, ou un nom et une adresse : Parvis <concertation@exemple.fr>")
    return sender


def all_or_none(values: dict[str, str], wanted: str) -> list[str]:
    """The values, in order. Raises `RefusedInput` with the first that is empty while another is not."""
    given = [name for name, value in values.items() if value]
    if given and len(given) < len(values):
        lacking = next(name for name in values if name not in given)
        raise refused(lacking, f"il manque, à côté de {' et '.join(given)} ; {wanted}")
    return list(values.values())


def checked_choice(name: str, word: str, choices: Collection[str]) -> str:
    """`word` when it is one of these. Raises `RefusedInput`."""
    if word not in choices:
        raise refused(name, f"écrivez {', '.join(choices)}")
    return word
