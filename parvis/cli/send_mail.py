"""`parvis send-mail`: sends what waits, then ends. Needed only where the site is not served by `parvis serve`."""

from __future__ import annotations

import argparse

from parvis.cli.project import ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("send-mail", help="envoie les courriels qui attendent (« serve » le fait seul)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sends what is due, then prints where the queue is."""
    ready_project()
    from parvis.core.mailing.counts import count_mails
    from parvis.core.mailing.sender import send_all_due
    from parvis.core.models import OutgoingMail
    from parvis.gathering.desk.digest import digest_letter
    from parvis.people.operations.daily_digest import queue_digests

    queue_digests(digest_letter)
    send_all_due()
    counts = count_mails(OutgoingMail.objects.all())
    print(f"{counts.waiting} en attente, {counts.refusals} refusés, {counts.cut} coupés pendant l'envoi.")
    return 0
