"""`parvis init`: a first installation, asked on a terminal or said by options. Run again, it goes on where it was."""

from __future__ import annotations

import argparse

from parvis.cli.project import ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("init", help="installe : votre agglomération, ses quartiers, qui administre")
    parser.add_argument("--epci", metavar="NOM", help="le nom de l'agglomération, ou son SIREN")
    parser.add_argument(
        "--neighbourhoods",
        metavar="FICHIER",
        help="les quartiers prioritaires, de toute la France ou non (csv, xlsx, ods)",
    )
    parser.add_argument("--email", metavar="ADRESSE", help="l'adresse électronique de qui administre")
    parser.add_argument("--name", metavar="NOM", help="son prénom et son nom")
    parser.add_argument("--no-mail", action="store_true", help="n'envoie pas de courriel d'essai")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Asks everything, writes it all or nothing, then prints what is missing and what to do next.

    1 when all is written but the mail that was tried did not leave.
    """
    ready_project(new=True)
    from parvis.cli.init_answers import ask_all
    from parvis.cli.init_report import print_missing, print_way_in
    from parvis.cli.init_writing import try_mail_to, write_all

    answers = ask_all(args.epci, args.neighbourhoods, args.email, args.name)
    here, administrator = write_all(answers)
    refusal = None if args.no_mail else try_mail_to(administrator)
    print_missing(here, refusal)
    print_way_in(administrator, mail_refused=bool(refusal))
    return 1 if refusal else 0
