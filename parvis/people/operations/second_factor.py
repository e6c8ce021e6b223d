"""The second factor of an agent: made, checked, made again, taken away.

Attempts and used codes are counted in the row itself, under its lock, so that several processes count together. Nothing
is counted by network address: an office shares one.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.people.models import User
from parvis.people.second_factor.state import must_have_one
from parvis.people.second_factor.totp import matching_counter

WRONG: Final = "Ce code n'est pas le bon. Attendez que votre téléphone en montre un nouveau, puis recopiez-le."
TOO_MANY: Final = "Trop d'essais : attendez cinq minutes, puis recommencez. Votre accès n'est pas fermé."
MOST_FAILURES: Final = 5
NOTICE_MAIL: Final = "second_factor"
_WINDOW: Final = datetime.timedelta(minutes=5)
_TOTP: Final = Authenticator.Type.TOTP
_RECOVERY: Final = Authenticator.Type.RECOVERY_CODES

_MAKING = """Bonjour,

La vérification en deux étapes vient d'être activée sur votre accès : un code de votre téléphone vous sera demandé à
chaque connexion. Vos autres sessions sont fermées.

Ce n'est pas vous ? Écrivez tout de suite à la personne qui administre votre territoire.
"""
_ENDING = """Bonjour,

La vérification en deux étapes vient d'être retirée de votre accès{by}. Le code reçu par courriel suffit de nouveau.
{next}
Ce n'était pas prévu ? Écrivez tout de suite à la personne qui administre votre territoire.
"""


@transaction.atomic
def activate_second_factor(user: User, secret: str, code: str) -> None:
    """Ask this telephone from now on, once it has shown that it holds `secret`. Her sessions elsewhere end."""
    held = User.objects.select_for_update().get(pk=user.pk)
    if Authenticator.objects.filter(user=held, type=_TOTP).exists():
        raise RefusedInput("La vérification en deux étapes est déjà active : retirez-la d'abord pour changer.")
    counter = matching_counter(secret, code, clock.now())
    if counter is None:
        raise RefusedInput(WRONG)
    Authenticator.objects.create(
        user=held, type=_TOTP, created_at=clock.now(), data={"secret": encrypt(secret), "last_counter": counter}
    )
    _make_recovery_codes(held)
    _end_sessions(user)
    journal.record(user, "activate_second_factor", user)
    _tell(user, "Vérification en deux étapes activée", _MAKING)


def check_second_factor(user: User, code: str) -> Authenticator:
    """The factor that `code` comes from: the telephone, or a recovery code, used up. Raises `RefusedInput`."""
    with transaction.atomic():
        found, blocked = _check(user, code)
    if blocked:
        raise RefusedInput(TOO_MANY)
    if found is None:
        raise RefusedInput(WRONG)
    return found


def renew_recovery_codes(user: User, code: str) -> None:
    """Ten new recovery codes: the former ones no longer open."""
    check_second_factor(user, code)
    with transaction.atomic():
        _make_recovery_codes(user)
        journal.record(user, "renew_recovery_codes", user)


def deactivate_second_factor(user: User, code: str) -> None:
    """Take it away, by who still holds it; never while a role requires it."""
    if must_have_one(user):
        raise RefusedInput("Votre rôle exige la vérification en deux étapes : elle ne peut pas être retirée.")
    check_second_factor(user, code)
    with transaction.atomic():
        _remove(user)
        journal.record(user, "deactivate_second_factor", user)
        _tell(user, "Vérification en deux étapes retirée", _ENDING.format(by="", next=""))


@transaction.atomic
def reset_second_factor(actor: User | None, user: User) -> None:
    """Take it away from an agent who lost her telephone. Her sessions end and she is told. Who may: `rules`."""
    if not Authenticator.objects.select_for_update().filter(user=user, type=_TOTP).exists():
        raise RefusedInput("Cet agent n'a pas de vérification en deux étapes : il n'y a rien à effacer.")
    _remove(user)
    _end_sessions(user)
    journal.record(actor, "reset_second_factor", user)
    next_step = "Si votre rôle l'exige, vous la réglerez de nouveau à votre prochaine connexion.\n"
    words = _ENDING.format(by=" par la personne qui administre", next=next_step)
    _tell(user, "Vérification en deux étapes retirée", words)


def _check(user: User, code: str) -> tuple[Authenticator | None, bool]:
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=user).order_by("pk")}
    telephone = rows.get(_TOTP)
    if telephone is None:
        return None, False
    telephone.user = user
    moment = clock.now()
    since = (moment - _WINDOW).timestamp()
    data: dict[str, Any] = telephone.data
    failures = [at for at in data.get("failures", []) if at > since]
    if len(failures) >= MOST_FAILURES:
        return None, True
    found = _by_telephone(telephone, code, moment) or _by_recovery_code(rows.get(_RECOVERY), user, code)
    data["failures"] = [] if found is not None else [*failures, moment.timestamp()]
    telephone.save(update_fields=["data"])
    return found, False


def _by_telephone(row: Authenticator, code: str, moment: datetime.datetime) -> Authenticator | None:
    counter = matching_counter(decrypt(row.data["secret"]), code, moment)
    if counter is None or counter <= row.data["last_counter"]:  # a code seen over a shoulder serves no more
        return None
    row.data["last_counter"] = counter
    return row


def _by_recovery_code(row: Authenticator | None, user: User, code: str) -> Authenticator | None:
    if row is None or not row.wrap().validate_code(code):
        return None
    row.refresh_from_db()
    row.user = user
    return row


def _make_recovery_codes(user: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    Authenticator.objects.filter(user=user, type=_RECOVERY).delete()
    RecoveryCodes.activate(user)


def recovery_codes_of(user: User) -> list[str]:
    """Those not used yet, to be shown once, right after they were made."""
    row = Authenticator.objects.filter(user=user, type=_RECOVERY).first()
    codes: list[str] = row.wrap().get_unused_codes() if row is not None else []
    return [f"{code[:4]} {code[4:]}" for code in codes]


def _remove(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()


def _end_sessions(user: User) -> None:
    user.set_unusable_password()  # a session holds on to the former one
    user.save(update_fields=["password"])


def _tell(user: User, subject: str, words: str) -> None:
    letter = Letter(user.email, subject, f"{words}\n{settings.PUBLIC_URL}\n")
    queue_mail(NOTICE_MAIL, about=user.code, letter=letter)
