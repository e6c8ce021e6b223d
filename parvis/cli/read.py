"""`parvis read FILE [--json|--csv]`: reads a report and prints its contributions; no database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from parvis.core.errors import RefusedInput
from parvis.french.kinds import KINDS, NO_THEME
from parvis.reading import Report, read, report_to_csv, report_to_json
from parvis.reading.limits import MAX_BYTES


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser(
        "read", help="lit un compte-rendu et affiche ses contributions (docx, odt, pdf, txt, md, html), sans base"
    )
    parser.add_argument("file", metavar="FICHIER", type=Path, help="le compte-rendu à lire")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="affiche du JSON")
    shape.add_argument("--csv", action="store_true", help="affiche du CSV")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when the report was read, 2 when it was refused (one line on stderr)."""
    path: Path = args.file
    try:
        report = read(_bytes(path), path.name)
    except RefusedInput as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    if args.json:
        _print(json.dumps(report_to_json(report), ensure_ascii=False, indent=2) + "\n")
    elif args.csv:
        _print(report_to_csv(report))
    else:
        _print(_outline(report))
    return 0


def _bytes(path: Path) -> bytes:
    """The file, at most one byte more than the limit, so that a huge one is refused without being held."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise RefusedInput(f"Le fichier « {path} » n'existe pas : vérifiez son nom.") from None
    except IsADirectoryError:
        raise RefusedInput(f"« {path} » est un dossier : donnez le nom d'un fichier.") from None
    except OSError:
        raise RefusedInput(f"Le fichier « {path} » ne peut pas être ouvert : vérifiez vos droits.") from None


def _print(text: str) -> None:
    """UTF-8 whatever the terminal says, and line ends as they are."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8"))
        buffer.flush()


def _outline(report: Report) -> str:
    """The report as plain text: themes, kinds, items, what to check, what was left out."""
    lines = [report.title or report.source.name]
    theme: str | None = ""
    kind = ""
    for item in report.contributions:
        if item.theme != theme:
            theme, kind = item.theme, ""
            lines += ["", theme or NO_THEME]
        if item.kind != kind:
            kind = item.kind
            lines.append(f"  {KINDS[kind].many}")
        mark = f"{item.number}." if item.number else "→" if item.conclusion else "–"
        lines.append(f"    {mark} {item.text}")
        lines += [f"        – {child.text}" for child in item.children]
        if item.doubt:
            lines.append(f"        [ligne {item.line} : {item.doubt}]")
    lines += ["", f"{len(report.contributions)} contributions, {len(report.unassigned)} passages laissés de côté."]
    lines += [f"Attention : {warning}" for warning in report.warnings]
    return "\n".join(lines) + "\n"
