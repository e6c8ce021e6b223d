"""`parvis import-minutes FILE --meeting CODE`: a report into the draft minutes of a meeting."""

from __future__ import annotations

import argparse
from pathlib import Path

from parvis.cli.project import read_file, ready_project
from parvis.core.errors import RefusedInput


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("import-minutes", help="lit un compte-rendu dans le brouillon d'une rencontre")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--meeting", metavar="CODE", required=True, help="le code de la rencontre, dans son adresse")
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait lu, n'écrit rien")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was read."""
    ready_project()
    from parvis.meetings.models import Meeting
    from parvis.meetings.operations.choose_readers import is_open
    from parvis.meetings.operations.import_report import import_report
    from parvis.meetings.operations.waiting_reports import import_by_lots, is_long

    meeting = Meeting.objects.filter(code=args.meeting).first()
    if meeting is None:
        raise RefusedInput(f"Aucune rencontre n'a le code « {args.meeting} » : vérifiez-le dans son adresse.")
    data, name = read_file(args.file), args.file.name
    if is_long([(name, data)]) and not args.dry_run:
        done = import_by_lots(None, meeting, data, name)
    else:
        done = import_report(None, meeting, data, name, dry_run=args.dry_run)
    print(f"{done.items} contributions, {done.doubts} à vérifier, {done.introduction} passages d'introduction, "
          f"{done.aside} mis de côté.")  # fmt: skip
    for warning in done.warnings:
        print(warning)
    if done.sensitive and is_open(meeting):
        print(f"Ce compte-rendu parle de sécurité ou de quelqu'un : « {done.sensitive[0]} ».")
        print(f"Avant de publier, dites qui peut lire la rencontre : aujourd'hui, {meeting.get_audience_display()}.")
    return 0
