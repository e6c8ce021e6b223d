"""Addresses that letters and printed sheets bear. Surfaces own them: each says its own once, in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable

_paths: dict[str, Callable[..., str]] = {}


def register(name: str, path: Callable[..., str]) -> None:
    """Say the path of a kind of page, from the codes or the token that stand in it. A name is taken once."""
    if name in _paths:
        raise ValueError(f"the address {name!r} is registered twice")
    _paths[name] = path


def path_to(name: str, *codes: str) -> str:
    """The path of a page on this site: of an `invitation` (with what it leads to), of a partner's `sheet`, of a `room`
    (without code, where codes are typed), of a `table`, of the `desk`."""
    return _paths[name](*codes)
