"""How often a code received by mail may be tried: by who asked for it, and by all who ask for codes of one address.

A code opens only in the browser that asked for it. A stranger who asks for codes of someone's address and types wrong
ones wears out hers: the owner's code keeps a try, whatever the stranger does.
"""

from __future__ import annotations

from typing import Final

from parvis.core.limits import Limit

_NAME: Final = "sign_in_tries"
_DAY: Final = 86_400
_TRIES: Final = Limit(_NAME, most=3, seconds=_DAY)
_ONE_TRY: Final = Limit(_NAME, most=1, seconds=_DAY)
"""The same count, when too many wrong codes were typed for the address."""
_FAILURES: Final = Limit("sign_in_failures", most=30, seconds=3_600)


def take_try(address: str, code_asked: str) -> bool:
    """Whether this code may be tried once more. `code_asked` names the asking: each browser has its own."""
    return (_ONE_TRY if _FAILURES.is_reached(address) else _TRIES).take(code_asked)


def note_failure(address: str) -> None:
    """A wrong code was typed for this address, an agent's or not."""
    _FAILURES.take(address)
