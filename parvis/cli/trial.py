"""`parvis trial --json`: a data set for tests from outside, in `$PARVIS_HOME`: two agglomerations that must not mix."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict

from parvis.cli.project import ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("trial", help="ajoute un jeu d'essai : deux agglomérations et leurs partenaires")
    parser.add_argument("--json", action="store_true", help="affiche du JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the keys of the two sides, good for a day as far as sign-in links go."""
    os.environ.setdefault("PARVIS_DEMO", "1")
    ready_project()
    from django.urls import reverse

    from parvis.cli.trial_build import build_trial

    sides = [asdict(side) for side in build_trial()]
    outbox = reverse("api:send_outbox")
    if args.json:
        print(json.dumps({"sides": sides, "outbox": outbox}, ensure_ascii=False, indent=2))
        return 0
    for side in sides:
        print(f"{side['territory']} : concertation {side['consultation']}, {len(side['participants'])} participants")
        for agent in side["agents"]:
            print(f"  {agent['role']:<15} {agent['sign_in']}")
    return 0
