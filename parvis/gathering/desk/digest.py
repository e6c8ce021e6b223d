"""What waits for an agent, as the mail of the day says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings

from parvis.core.addresses import path_to
from parvis.core.mailing.purposes import Letter
from parvis.french.counts import plural
from parvis.french.typography import no_break
from parvis.gathering.desk.home import DeskHome, gather_home
from parvis.people.models import User

_BODY: Final = """Bonjour,

Dans Parvis, ceci vous attend :

{lines}

Tout est là : {address}

Ce résumé part une fois par jour au plus, et seulement quand quelque chose vous attend. Pour ne plus le recevoir : \
« Mon accès ».
"""


def digest_letter(actor: User) -> Letter | None:
    """The mail, None when nothing waits for her."""
    lines = list(digest_lines(gather_home(actor)))
    if not lines:
        return None
    waiting = plural(len(lines), "chose vous attend", "choses vous attendent")
    body = _BODY.format(
        lines="\n".join(f"– {line}" for line in lines), address=f"{settings.PUBLIC_URL}{path_to('desk')}"
    )
    return Letter(actor.email, no_break(f"Parvis : {waiting}"), no_break(body))


def digest_lines(content: DeskHome) -> Iterator[str]:
    """One sentence for each thing that this agent may do; not what waits for others, nor what is only late to come."""
    if content.open_flags:
        yield plural(content.open_flags, "contenu signalé à regarder", "contenus signalés à regarder")
    for minutes in content.minutes:
        if minutes.mine:
            yield f"{minutes.awaited} : {minutes.title}"
    received = content.received
    for row in (*received.changes, *received.remarks, *received.replies, *received.results):
        yield row.sentence
    for partners in content.partners:
        if partners.arrived:
            yield f"{plural(partners.arrived, 'entrée', 'entrées')} par un lien ouvert à vérifier : {partners.title}"
        if partners.late:
            yield f"{plural(partners.late, 'avis arrivé', 'avis arrivés')} après la fermeture : {partners.title}"
        if partners.unread:
            yield f"{plural(partners.unread, 'fiche Word', 'fiches Word')} à relire : {partners.title}"
