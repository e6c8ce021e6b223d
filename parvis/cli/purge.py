"""`parvis purge --before DATE`: drops what no longer has a reason to be kept."""

from __future__ import annotations

import argparse
import datetime
from typing import TYPE_CHECKING, Any

from parvis.cli.arguments import date
from parvis.cli.project import ready_project
from parvis.cli.questions import confirm, on_terminal
from parvis.core.errors import RefusedInput

if TYPE_CHECKING:
    from django.db.models import QuerySet


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser(
        "purge",
        help="efface sessions finies, courriels partis, liens de connexion périmés, clés de formulaires, annulations, "
        "fichiers Word anciens",
    )
    parser.add_argument("--before", metavar="DATE", required=True, type=date, help="AAAA-MM-JJ")
    parser.add_argument("--dry-run", action="store_true", help="compte seulement")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what goes, or would go; on a terminal, asks first.

    Raises `RefusedInput` for a day to come: it would end sessions and links that still serve.
    """
    ready_project()
    from django.db import transaction

    from parvis.core import clock
    from parvis.core.erasure import wipe

    if args.before > clock.today():
        raise RefusedInput("La date de --before est à venir : donnez celle d'aujourd'hui, ou une date passée.")
    heaps = _heaps(args.before)
    if args.dry_run or on_terminal():
        for name, heap in heaps.items():
            print(f"{heap.count()} {name} à effacer")
    if args.dry_run:
        return 0
    confirm("Effacer pour toujours ?")
    with transaction.atomic():
        for name, heap in heaps.items():
            print(f"{heap.delete()[0]} {name} : effacé")
    wipe()
    return 0


def _heaps(before: datetime.date) -> dict[str, QuerySet[Any]]:
    """What has no reason to be kept since that day, by its French name."""
    from django.contrib.sessions.models import Session
    from django.db.models import Exists, OuterRef
    from django.utils import timezone

    from parvis.core.mailing.enums import MailState
    from parvis.core.models import Count, OutgoingMail
    from parvis.meetings.models import MinutesChange, Note, NoteVersion
    from parvis.people.models import SentForm, SignInLink
    from parvis.sheets.enums import WaitingState
    from parvis.sheets.models import SheetSource, WaitingSheet

    limit = datetime.datetime.combine(before, datetime.time(), tzinfo=timezone.get_default_timezone())
    return {
        "sessions finies": Session.objects.filter(expire_date__lt=limit),
        "courriels partis ou mis de côté": OutgoingMail.objects.filter(
            created_at__lt=limit, state__in=[MailState.SENT, MailState.SET_ASIDE]
        ),
        "comptes de limites passées": Count.objects.filter(ends_at__lt=limit),
        "liens de connexion périmés": SignInLink.objects.filter(expires_at__lt=limit),
        "clés de formulaires envoyés": SentForm.objects.filter(sent_at__lt=limit),
        "gestes de relecture qu'on pouvait annuler": MinutesChange.objects.filter(at__lt=limit),
        "textes de notes qui ne sont jamais arrivées dans leur salle": NoteVersion.objects.filter(
            board__closed_at__lt=limit
        ).exclude(Exists(Note.objects.filter(board=OuterRef("board"), reference=OuterRef("reference")))),
        "fichiers Word dont aucune fiche n'attend": SheetSource.objects.filter(added_at__lt=limit).exclude(
            pk__in=WaitingSheet.objects.filter(state=WaitingState.WAITING).order_by().values("source")
        ),
    }
