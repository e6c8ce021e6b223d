"""`parvis verify`: recounts everything from the logs."""

from __future__ import annotations

import argparse
import json

from parvis.cli.project import ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("verify", help="recompte tout à partir des éditions et du journal")
    parser.add_argument("--json", action="store_true", help="affiche du JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when everything holds, 1 when something does not."""
    ready_project()
    from parvis.gathering.recount.verification import verify

    found = verify()
    if args.json:
        content = {
            "ok": found.ok,
            "opinions": found.opinions,
            "contributions": found.contributions,
            "dots": found.dots,
            "late": found.late,
            "problems": found.problems,
        }
        print(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        for problem in found.problems:
            print(problem)
        total = sum(found.contributions.values())
        opinions = sum(sum(values.values()) for values in found.opinions.values())
        end = "tout est juste." if found.ok else "voir ci-dessus."
        print(f"{total} contributions et {opinions} avis recomptés : {end}")
    return 0 if found.ok else 1
