"""`parvis routes`: every address with its methods, its rule and its audience."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from parvis.cli.project import open_project


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `rule` gives dotted names, `denied` for a view that does not declare who may open it."""

    path: str
    name: str
    methods: list[str]
    rule: str
    audience: str
    signed_in: bool


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("routes", help="liste les adresses, qui peut les ouvrir et comment")
    parser.add_argument("--json", action="store_true", help="affiche du JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the table."""
    open_project()
    routes = all_routes()
    if args.json:
        print(json.dumps([asdict(route) for route in routes], ensure_ascii=False, indent=2))
    else:
        for route in routes:
            print(f"{','.join(route.methods):<16} {route.path:<60} {route.audience:<10} {route.rule}")
    return 0


def all_routes() -> list[Route]:
    """The routes of the project, in the order of their addresses."""
    from django.urls import get_resolver

    return sorted(_routes(get_resolver().url_patterns, "/", ""), key=lambda route: route.path)


def _routes(patterns: Any, prefix: str, names: str) -> Iterator[Route]:
    from django.urls import URLPattern

    from parvis.core.access import declared_access

    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            below = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _routes(pattern.url_patterns, path, below)
            continue
        access = declared_access(pattern.callback)
        name = f"{names}{pattern.name or ''}"
        if access is None:
            yield Route(path, name, [], "denied", "nobody", False)
        else:
            yield Route(path, name, list(access.methods), access.rule_names, access.audience, access.signed_in)
