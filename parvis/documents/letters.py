"""Invitations on paper: one letter a page, and the poster of a door that anyone may open."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.documents.paper import Beside, Block, Facts, Figure, Fitted, Image, NewPage, Paper, Space, Words, qr_image
from parvis.french import dates


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, and the link of her invitation. `recipient`: the lines of an envelope. `personal`: hers alone."""

    recipient: tuple[str, ...]
    link: str
    personal: bool = True


@dataclass(frozen=True, slots=True)
class Inviting:
    """Who invites, to what. `until` is the last day to answer, in words, or empty; `who_sees` are paragraphs."""

    consultation: str
    authority: str
    made_on: datetime.date
    who_sees: tuple[str, ...]
    contact: str = ""
    until: str = ""
    logo: Image | None = None


def letters_paper(inviting: Inviting, letters: tuple[Letter, ...]) -> Paper:
    """One page each, in their order."""
    blocks: list[Block] = []
    for letter in letters:
        blocks += [*([NewPage()] if blocks else []), *_letter(inviting, letter)]
    return _paper(inviting, "Invitations", blocks or [Words("Aucune lettre à imprimer.", style="lead")])


def poster_paper(inviting: Inviting, link: str) -> Paper:
    """A page for a wall: the QR code of an open invitation."""
    return _paper(inviting, "Affiche", list(_poster(inviting, link)))


def _paper(inviting: Inviting, name: str, blocks: list[Block]) -> Paper:
    return Paper(
        title=f"{name} · {inviting.consultation}",
        blocks=tuple(blocks),
        authority=inviting.authority,
        made_on=inviting.made_on,
        logo=inviting.logo,
        footer=inviting.consultation,
        numbered=False,
    )


def _letter(inviting: Inviting, letter: Letter) -> Iterator[Block]:
    day = inviting.made_on
    yield Beside((), (Fitted((Words("\n".join(letter.recipient)),), 3.2),
                      Words(f"Le {dates.day(day)}")), 8.5)  # fmt: skip
    yield Words("Votre avis sur les actions menées dans les quartiers", style="heading")
    yield Words("Bonjour,")
    yield Words(
        f"{inviting.authority} prépare « {inviting.consultation} » et vous demande votre avis sur les actions menées "
        "dans les quartiers."
    )
    until = f" jusqu'au {inviting.until}" if inviting.until else ""
    yield Words(
        "Vous lisez des fiches courtes, et pour chacune vous dites ce que vous en pensez, ou que vous ne la connaissez "
        f"pas. Comptez dix minutes. Vous pouvez vous arrêter et reprendre{until}."
    )
    yours = "Ce lien est pour vous" if letter.personal else "Ce lien est pour votre organisme"
    yield Beside(
        left=(
            Words("Pour commencer", style="label"),
            Words("Lisez ce code avec l'appareil photo de votre téléphone, ou tapez cette adresse :"),
            Words(letter.link),
            Words(f"{yours} : pour un collègue, utilisez « Transmettre » une fois entré·e.", style="small"),
        ),
        right=(Figure(qr_image(letter.link, "QR code de votre invitation"), 4.2, "end"),),
        right_cm=4.4,
    )
    yield Words("Qui verra mon nom ?", style="heading")
    for paragraph in inviting.who_sees:
        yield Words(paragraph)
    if inviting.contact:
        yield Facts((("Une question", inviting.contact),))


def _poster(inviting: Inviting, link: str) -> Iterator[Block]:
    yield Space(0.6)
    yield Fitted(
        (
            Words("Donnez votre avis sur les actions des quartiers", style="big", align="center"),
            Words(inviting.consultation, style="lead", align="center"),
        ),
        4.2,
    )
    yield Figure(qr_image(link, "QR code pour donner son avis"), 11.5, "center")
    yield Words("Lisez ce code avec votre téléphone, choisissez votre organisme.", style="lead", align="center")
    yield Words(link, style="small", align="center")
    until = f" Jusqu'au {inviting.until}." if inviting.until else ""
    yield Words(f"Dix minutes, sans compte, sans mot de passe.{until}", align="center")
    yield Words("Qui verra mon nom ?", style="label", align="center")
    yield Words("\n".join(inviting.who_sees), style="small", align="center")
