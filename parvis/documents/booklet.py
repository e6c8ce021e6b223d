"""What is printed of action sheets: the booklet to read, the one to fill in, the large ones for the wall."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from parvis.documents.paper import (
    Beside,
    Block,
    Choices,
    Contents,
    Facts,
    Figure,
    Fitted,
    Grid,
    Image,
    Lines,
    NewPage,
    Paper,
    Space,
    Together,
    Words,
    qr_image,
)
from parvis.french import dates
from parvis.french.counts import plural

_NO_SHEET: Final = "Aucune fiche n'est montrée à ces lecteurs pour l'instant."
_COMMENT_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """An action sheet as partners read it. `number` is what is typed from a booklet; `facts` label and value."""

    number: int
    title: str
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    text: tuple[str, ...] = ()
    picture: Image | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets of a theme."""

    theme: str
    sheets: tuple[PrintedSheet, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """The sheets of a consultation. `reserved` says who alone may read it, empty when any partner may."""

    consultation: str
    territory: str
    authority: str
    made_on: datetime.date
    shelves: tuple[Shelf, ...]
    reserved: str = ""
    logo: Image | None = None

    @property
    def sheets(self) -> tuple[PrintedSheet, ...]:
        """All of them, in the order of the themes."""
        return tuple(sheet for shelf in self.shelves for sheet in shelf.sheets)


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What one ticks, in the order of the keys of the entry screen; who will see her name; until when, or nothing."""

    values: tuple[str, ...]
    relations: tuple[str, ...]
    who_sees: tuple[str, ...]
    until: str = ""


def reading_booklet(booklet: Booklet) -> Paper:
    """A cover, the contents, then each sheet on its own page, by theme."""
    return _paper(booklet, "Les actions des quartiers", _reading(booklet))


def answer_booklet(booklet: Booklet, form: AnswerForm) -> Paper:
    """The same sheets in a few lines each, with the answers as boxes to tick, numbered as on the entry screen."""
    return _paper(booklet, "Votre avis sur les actions des quartiers", _answering(booklet, form))


def large_sheets(booklet: Booklet, values: tuple[str, ...], rows: tuple[str, ...], invite: str) -> Paper:
    """A sheet a page, A3: a zone for stickers by value (columns) and by group of partners (rows).

    `invite` stands under the QR code of a sheet, when it has an address.
    """
    pages = [_large(sheet, values, rows, invite) for sheet in booklet.sheets]
    blocks = [block for rank, page in enumerate(pages) for block in ((NewPage(),) if rank else ()) + page]
    return _paper(booklet, "Fiches à gommettes", blocks or [Words(_NO_SHEET, style="lead")], large=True)


def _paper(booklet: Booklet, name: str, blocks: Iterable[Block], *, large: bool = False) -> Paper:
    return Paper(
        title=f"{name} · {booklet.consultation}",
        blocks=tuple(blocks),
        authority=booklet.authority,
        made_on=booklet.made_on,
        logo=booklet.logo,
        footer=" · ".join(part for part in (booklet.consultation, booklet.reserved) if part),
        size="a3" if large else "a4",
        landscape=large,
        numbered=not large,
    )


def _cover(booklet: Booklet, title: str, lead: str) -> Iterator[Block]:
    day = booklet.made_on
    yield Space(4)
    yield Words(booklet.consultation, style="lead")
    yield Words(title, style="title")
    yield Words(lead, style="lead")
    yield Space(1)
    yield Words(" · ".join(part for part in (booklet.territory, dates.day(day)) if part))
    if booklet.reserved:
        yield Words(booklet.reserved, style="label")


def _count(booklet: Booklet) -> str:
    count = len(booklet.sheets)
    return _NO_SHEET if not count else f"{plural(count, 'fiche', 'fiches')}, par thématique."


def _reading(booklet: Booklet) -> Iterator[Block]:
    yield from _cover(booklet, "Les actions des quartiers", _count(booklet))
    if not booklet.sheets:
        return
    yield NewPage()
    yield Contents()
    for shelf in booklet.shelves:
        for rank, sheet in enumerate(shelf.sheets):
            yield NewPage()
            if rank == 0:
                yield Words(shelf.theme, style="chapter")
            yield from _sheet(sheet)


def _sheet(sheet: PrintedSheet) -> Iterator[Block]:
    yield Words(f"{sheet.number}. {sheet.title}", style="section")
    if sheet.summary:
        yield Words(sheet.summary, style="lead")
    if sheet.picture is not None:
        yield Figure(sheet.picture, 11, height_cm=8)
    if sheet.facts:
        yield Facts(sheet.facts)
    if sheet.text:
        yield Words("L'action", style="label")
        for paragraph in sheet.text:
            yield Words(paragraph)


def _answering(booklet: Booklet, form: AnswerForm) -> Iterator[Block]:
    yield Words("Votre avis sur les actions des quartiers", style="title")
    yield Words(booklet.consultation, style="lead")
    if booklet.reserved:
        yield Words(booklet.reserved, style="label")
    if not booklet.sheets:
        yield Words(_NO_SHEET)
        return
    yield Words("Vous", style="heading")
    for label in ("Organisme", "Fonction", "Nom, si vous le souhaitez"):
        yield Lines(label, 1)
    yield Words("Comment répondre", style="heading")
    until = f" Rendez ce carnet avant le {form.until}." if form.until else ""
    yield Words(
        "Une seule case par action. « Je ne connais pas » est une réponse utile. Une action dont vous ne voulez rien "
        f"dire peut rester blanche.{until}"
    )
    yield Words("Qui verra mon nom ?", style="heading")
    for paragraph in form.who_sees:
        yield Words(paragraph)
    for rank, shelf in enumerate(booklet.shelves):
        if rank == 0:
            yield NewPage()
        first = True
        for sheet in shelf.sheets:
            yield Together(((Words(shelf.theme, style="chapter"),) if first else ()) + _answer(sheet, form))
            first = False


def _answer(sheet: PrintedSheet, form: AnswerForm) -> tuple[Block, ...]:
    numbered = tuple(f"{key}  {label}" for key, label in enumerate(form.values, start=1))
    lead = next((value for label, value in sheet.facts if label == "Porteur"), "")
    return (
        Words(f"{sheet.number}. {sheet.title}", style="section"),
        *((Words(f"Porteur : {lead}", style="small"),) if lead else ()),
        Choices(numbered, columns=2),
        Words("Votre lien avec cette action", style="label"),
        Choices(form.relations, columns=len(form.relations)),
        Lines("Un commentaire, ce qu'il faudrait changer", _COMMENT_LINES),
    )


def _large(sheet: PrintedSheet, values: tuple[str, ...], rows: tuple[str, ...], invite: str) -> tuple[Block, ...]:
    lead = next((value for label, value in sheet.facts if label == "Porteur"), "")
    head_blocks: tuple[Block, ...] = (
        Words(f"{sheet.number}. {sheet.title}", style="big"),
        *((Words(sheet.summary, style="lead"),) if sheet.summary else ()),
        *((Words(f"Porteur : {lead}"),) if lead else ()),
    )
    code: tuple[Block, ...] = ()
    if sheet.address:
        code = (
            Figure(qr_image(sheet.address, f"QR de la fiche {sheet.number}"), 4.2, "end"),
            Words(invite, style="small", align="end"),
        )
    head = Fitted(head_blocks, _LARGE_HEAD_CM)
    return (
        Beside((head,), code, 5.5) if code else head,
        Words("Collez votre gommette sur la ligne de votre organisme, sous votre avis.", style="label"),
        Grid(
            head=("", *values),
            rows=tuple((row, *[""] * len(values)) for row in rows),
            widths=(1.25, *[1.0] * len(values)),
            row_cm=_LARGE_ROW_CM,
        ),
    )


_LARGE_HEAD_CM: Final = 6.2
_LARGE_ROW_CM: Final = 2.4
