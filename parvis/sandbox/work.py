"""Functions that run in a child, wherever they are called from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from parvis.core.errors import RefusedInput
from parvis.sandbox.pool import Busy, Died, Job, pool

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

DONE: Final = "done"
HEAVY: Final = "heavy"
REFUSED: Final = "refused"
FAILED: Final = "failed"
BUSY: Final = "Le serveur lit ou prépare déjà plusieurs fichiers : recommencez dans une minute."

inside_a_child = False
"""Set by the child itself: there, such functions are plain ones."""


class NotDone(RefusedInput):
    """It asked for more memory or time than a child is given."""


class NoChildFree(NotDone):
    """Enough work is under way: the same may pass in a minute."""


class Failed(RuntimeError):
    """A fault of ours in a child: its message is the traceback."""


def in_child(
    heavy: str, seconds: float = 30.0
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Mark a function of a module, of values to a value. `heavy`: what to say when it takes too much.

    `seconds` is real time. The marked function raises what it raised, `RefusedInput` whole; `NotDone`; or `Failed`.
    """

    def mark(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(function)
        def marked(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            if inside_a_child:
                return function(*args, **kwargs)
            result: Result = _ask((function.__module__, function.__name__, seconds, args, kwargs), heavy)
            return result

        return marked

    return mark


def _ask(job: Job, heavy: str) -> Any:
    """Give the job to a child, and what came of it to the caller."""
    try:
        outcome, value = pool.do(job)
    except Busy:
        raise NoChildFree(BUSY) from None
    except Died:
        raise NotDone(heavy) from None
    if outcome == HEAVY:
        raise NotDone(heavy)
    if outcome == REFUSED:
        raise RefusedInput(*value)
    if outcome == FAILED:
        raise Failed(value)
    return value
