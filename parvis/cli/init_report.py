"""What `parvis init` ends with: what the installation still lacks, each with what to do, and the way in."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse

from parvis.cli.init_answers import has_neighbourhoods
from parvis.core.mailing.try_mail import mails_leave
from parvis.people.models import User
from parvis.people.operations.sign_in_links import LIFETIME, create_sign_in_link
from parvis.territories.models import Territory

_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_WIDTH: Final = 100


def print_missing(here: Territory, mail_refusal: str | None) -> None:
    """What a site open to all still lacks. `mail_refusal`: why the mail that was tried did not leave."""
    lacking = [*_missing_mail(mail_refusal), *_missing_territories(here), *_missing_settings()]
    if not lacking:
        print("\nIl ne manque rien.")
        return
    print("\nCe qui manque encore (les réglages sont dans docs/reglages.md) :")
    for sentence in lacking:
        print(textwrap.fill(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False))


def _missing_mail(refusal: str | None) -> Iterator[str]:
    if not mails_leave():
        yield (
            "PARVIS_MAIL_URL, le serveur de courriel. D'ici là aucun courriel ne part : les codes de connexion "
            "s'écrivent là où tourne « parvis serve »."
        )
    elif refusal:
        yield f"Des courriels qui partent ({refusal}) : vérifiez PARVIS_MAIL_URL et PARVIS_MAIL_FROM, puis relancez."
    if settings.DEFAULT_FROM_EMAIL.endswith(".invalid>"):
        yield "PARVIS_MAIL_FROM, l'adresse qui envoie les courriels."


def _missing_territories(here: Territory) -> Iterator[str]:
    if not has_neighbourhoods(here):
        yield (
            "Les quartiers prioritaires : leur liste n'est pas fournie avec Parvis. Prenez le tableau « Quartiers "
            "prioritaires de la politique de la ville » sur data.gouv.fr, puis relancez avec --neighbourhoods FICHIER."
        )


def _missing_settings() -> Iterator[str]:
    if settings.PUBLIC_HOST in _LOCAL:
        yield "PARVIS_URL, l'adresse du site. D'ici là il ne se lit que sur cette machine."
    elif not settings.HTTPS:
        yield "PARVIS_URL en https://. D'ici là ce que les gens écrivent circule en clair."
    if not settings.LEGAL_HOST:
        yield "PARVIS_LEGAL_HOST, pour les mentions légales : le nom, l'adresse et le téléphone de l'hébergeur."
    if not settings.LEGAL_DIRECTOR:
        yield "PARVIS_LEGAL_DIRECTOR, pour les mentions légales : le nom de qui dirige la publication."
    if not settings.REQUIRE_SECOND_FACTOR:
        yield "PARVIS_REQUIRE_SECOND_FACTOR=administrator,coordinator, conseillé : un code du téléphone en plus."


def print_way_in(administrator: User, *, mail_refused: bool) -> None:
    """The next command, and how she enters: by a link for once where no code could reach her."""
    print(f"\nEnsuite, lancez :\n\n  {_program()} serve\n")
    if mails_leave() and not mail_refused:
        print(f"puis entrez sur {settings.PUBLIC_URL}{reverse('desk:home')} avec l'adresse {administrator.email}.")
        return
    path = reverse("desk:sign_in_link", args=[create_sign_in_link(administrator)])
    minutes = int(LIFETIME.total_seconds()) // 60
    print(
        f"puis, avant {minutes} minutes, entrez par ce lien, qui ne sert qu'une fois "
        f"(relancez pour en avoir un autre) :\n\n  {settings.PUBLIC_URL}{path}"
    )


def _program() -> str:
    """As it was called: a person who copies the line finds it again."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "parvis" else "parvis"
