"""The `parvis` command. Each command is a module that adds its parser and runs; 0 on success, 2 on a refused input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from parvis.core.errors import ParvisError, RefusedInput

COMMANDS: Final = (
    "demo", "serve", "read", "import_minutes", "import_territories", "import_partners", "import_sheets", "backup",
    "restore", "send_mail", "verify", "routes", "purge", "erase_person", "reset_second_factor", "trial", "manage",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that `argv` names (the command line when None)."""
    parser = argparse.ArgumentParser(prog="parvis", description="La concertation d'un contrat de ville.")
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    for name in COMMANDS:
        import_module(f"parvis.cli.{name}").add_parser(commands)
    args = parser.parse_args(argv)
    try:
        result: int = args.run(args)
        sys.stdout.flush()
    except ParvisError as refusal:
        print(refusal.message, file=sys.stderr)
        if isinstance(refusal, RefusedInput):
            for line in refusal.lines:
                print(line, file=sys.stderr)
        return 2
    except BrokenPipeError:  # « parvis routes | head »: who read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result


if __name__ == "__main__":
    sys.exit(main())
