"""`parvis read FILE [--json|--csv]`: reads a report and prints its contributions; no database, no Django."""

from __future__ import annotations

import argparse
from pathlib import Path

from parvis.cli.printing import print_json, print_text
from parvis.cli.project import read_file
from parvis.french.counts import plural
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
    """Prints what was read. Raises `RefusedInput` when the report cannot be."""
    report = read(read_file(args.file, MAX_BYTES), args.file.name)
    if args.json:
        print_json(report_to_json(report))
    elif args.csv:
        print_text(report_to_csv(report))
    else:
        print_text(_outline(report))
    return 0


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
    contributions = plural(len(report.contributions), "contribution", "contributions")
    left_aside = plural(len(report.unassigned), "passage laissé", "passages laissés")
    lines += ["", f"{contributions}, {left_aside} de côté."]
    lines += [f"Attention : {warning}" for warning in report.warnings]
    return "\n".join(lines) + "\n"
