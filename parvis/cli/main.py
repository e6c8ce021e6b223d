"""The `parvis` command. Each command is a module that adds its parser and runs; 0 on success, 2 on a refused input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from parvis.cli.arguments import FrenchParser
from parvis.core.errors import ParvisError, RefusedInput

COMMANDS: Final = (
    "init", "demo", "serve", "read", "read_sheet", "import_minutes", "import_territories", "import_partners",
    "import_sheets", "backup", "restore", "move_to_postgresql", "rebuild_search", "send_mail", "verify", "routes",
    "purge", "erase_person", "reset_second_factor", "trial", "manage",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that `argv` names (the command line when None)."""
    parser = FrenchParser(prog="parvis", description="La concertation d'un contrat de ville.")
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    for name in COMMANDS:
        import_module(f"parvis.cli.{name}").add_parser(commands)
    args = parser.parse_args(argv)
    try:
        result: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # « parvis routes | head »: who read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        lines = _refusal(error)
        if not lines:
            raise
        print(*lines, sep="\n", file=sys.stderr)
        return 2
    return result


def _refusal(error: Exception) -> list[str]:
    """What a person is told of it; nothing when it is a fault of the program, to be seen whole."""
    if isinstance(error, ParvisError):
        return [error.message, *(error.lines if isinstance(error, RefusedInput) else ())]
    if "django" not in sys.modules:
        return []
    from parvis.cli.database_faults import sentence_of

    sentence = sentence_of(error)
    return [sentence] if sentence else []


if __name__ == "__main__":
    sys.exit(main())
