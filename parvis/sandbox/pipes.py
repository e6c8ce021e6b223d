"""What goes through the pipes between a process and its child: pickles, one after the other."""

from __future__ import annotations

import pickle
from typing import IO, Any, Final

_OURS: Final = "parvis"
_PLAIN: Final = frozenset(
    {("builtins", "str"), ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"),
     ("datetime", "timedelta"), ("datetime", "timezone")}
)  # fmt: skip


class _AsPlainText(pickle.Pickler):
    """Texts of any class (choices of Django, safe strings) leave as plain ones: a child knows no Django."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, str):
            return str, (str.__str__(value),)
        return NotImplemented


class _OnlyValues(pickle.Unpickler):
    """Takes values and classes of Parvis, nothing else: a child that a file took over must not reach its parent."""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == _OURS:
            known = super().find_class(module, name)
            if isinstance(known, type):
                return known
        elif (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not leave a child")


def send_job(pipe: IO[bytes], job: object) -> None:
    """To a child. Raises `OSError` when it is gone."""
    _AsPlainText(pipe, protocol=5).dump(job)
    pipe.flush()


def receive_job(pipe: IO[bytes]) -> Any:
    """In a child. Raises `EOFError` when no other comes."""
    return pickle.Unpickler(pipe).load()  # noqa: S301  from our own parent


def send_answer(pipe: IO[bytes], answer: object) -> None:
    """From a child."""
    pickle.Pickler(pipe, protocol=5).dump(answer)
    pipe.flush()


def receive_answer(pipe: IO[bytes]) -> Any:
    """From a child. Raises `EOFError` when it died, `UnpicklingError` for what no child of ours answers."""
    return _OnlyValues(pipe).load()
