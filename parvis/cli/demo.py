"""`parvis demo`: builds the demonstration in `$PARVIS_HOME` and serves it, with a way in for each role."""

from __future__ import annotations

import argparse
import os

from parvis.cli.project import add_address, migrate, open_project
from parvis.cli.serve import refuse_address, serve


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("demo", help="construit la démonstration et la sert")
    add_address(parser)
    parser.add_argument("--no-serve", action="store_true", help="construit seulement")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Builds unless it is built, prints the links, serves."""
    address = f"http://{'localhost' if args.host == '127.0.0.1' else args.host}:{args.port}"
    os.environ["PARVIS_DEMO"] = "1"
    os.environ.setdefault("PARVIS_URL", address)
    os.environ.setdefault("PARVIS_HOSTS", f"localhost,127.0.0.1,[::1],{args.host}")
    open_project()
    if not args.no_serve:
        refuse_address(args.host, args.port)
    migrate()
    from parvis.cli.demo_build import build_demo

    links = build_demo()
    print(f"\nLa démonstration : {address}/\n\nPour entrer, un lien par rôle (valable un jour) :\n")
    for link in links:
        print(f"  {link.role:<15} {address}{link.url}  ({link.name})")
    print(f"\nLes courriels qu'elle envoie restent ici : {address}/gestion/courrier/\n", flush=True)
    if not args.no_serve:
        serve(args.host, args.port, 1)
    return 0
