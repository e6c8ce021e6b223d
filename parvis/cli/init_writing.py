"""What `parvis init` writes, by the operations of the desk, and the mail that it tries."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction

from parvis.cli.init_answers import Answers, administrators_of, territory_of
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.try_mail import mails_leave, try_mail
from parvis.french.counts import plural
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.people.operations.agents import add_agent
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_official_file
from parvis.territories.readers.intercommunalities import towns_file

_TRIAL: Final = """Bonjour,

Ce courriel d'essai est parti de Parvis, qui vient d'être installé : {address}
Vous n'avez rien à faire.
"""


def write_all(answers: Answers) -> tuple[Territory, User]:
    """The agglomération and who administers it first, all or nothing. One that is already administered is not named
    nor drawn again: its agents may have corrected it since.
    """
    standing = territory_of(answers.here)
    installed = standing is not None and bool(administrators_of(standing))
    files = [None if installed else towns_file(answers.here), answers.neighbourhoods]
    with transaction.atomic():
        reports = [import_official_file(None, file) for file in files if file is not None]
        here = territory_of(answers.here)
        assert here is not None
        administrators = administrators_of(here)
        if answers.email and answers.email not in {user.email for user in administrators}:
            role = add_agent(None, email=answers.email, name=answers.name, territory=here, role=RoleKind.ADMINISTRATOR)
            administrators.append(role.user)
    changes = plural(sum(report.changes for report in reports), "territoire écrit", "territoires écrits")
    print(f"\nC'est installé : {here.name}, {changes}.")
    wanted = answers.email or administrators[0].email
    return here, next(user for user in administrators if user.email == wanted)


def try_mail_to(administrator: User) -> str | None:
    """Why a mail to her did not leave, nothing when it did; None when the settings name no way out."""
    if not mails_leave():
        return None
    letter = Letter(administrator.email, "Essai d'envoi", _TRIAL.format(address=settings.PUBLIC_URL))
    print(f"Courriel d'essai à {administrator.email}…", end=" ", flush=True)
    refusal = try_mail(letter)
    print(f"il n'est pas parti : {refusal}." if refusal else "il est parti.")
    return refusal
