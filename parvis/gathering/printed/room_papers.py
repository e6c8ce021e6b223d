"""« Préparer la salle »: every paper of a workshop, from what was prepared, ready to be written in two formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from parvis.consultations.operations.set_logo import logo_of
from parvis.core import clock
from parvis.core.addresses import path_to
from parvis.documents.booklet import Booklet, PrintedSheet, Shelf, large_sheets
from parvis.documents.paper import (
    Align,
    Beside,
    Block,
    Cards,
    Figure,
    Grid,
    Image,
    Items,
    NewPage,
    Paper,
    Space,
    Words,
    qr_image,
)
from parvis.french import counts, dates
from parvis.french.kinds import KINDS
from parvis.gathering import local_time
from parvis.gathering.desk.registrations import Registration, gather_registrations
from parvis.gathering.room.agenda import AgendaLine, agenda_lines
from parvis.meetings.enums import RoomStep
from parvis.meetings.models import Board
from parvis.meetings.operations.room.table_links import table_path
from parvis.people.enums import College
from parvis.sheets.enums import OpinionValue
from parvis.sheets.models import ActionSheet

_BLANK_ROWS: Final = 12
_BOX: Final = "☐"
_HINTS: Final = {
    RoomStep.OPINIONS: "Une fiche à la fois à l'écran. Chacun dit en une phrase ce qu'il en sait. "
    "« Je ne connais pas » est une réponse utile.",
    RoomStep.STRENGTHS: "Cinq minutes seul, puis chaque table partage. Une idée par note, une phrase par idée.",
    RoomStep.CHALLENGES: "Un défi décrit une situation, sans coupable ni solution. Rapprocher ce qui se ressemble.",
    RoomStep.PROPOSALS: "Repartir des défis : que faire, qui, avec qui ? Une proposition répond à un défi.",
    RoomStep.PRIORITIES: "Chacun pose ses gommettes sur les familles ou sur les notes. Lire le résultat à voix haute.",
    RoomStep.OTHER: "",
}
_BEFORE: Final = (
    "Ouvrir la table d'animation sur l'ordinateur du projecteur, l'écran sur le projecteur",
    "Un ordinateur et un chevalet par table, avec quelqu'un pour écrire",
    "Fiches A3 au mur, gommettes et feutres devant",
    "Cartes découpées, en trois piles, sur chaque table",
    "Feuille d'émargement à l'entrée, à part des tables",
    "Essai : lire le QR de l'affiche avec un téléphone",
)
_CARDS: Final = (
    ("strength", "Ce qui marche, ce sur quoi s'appuyer."),
    ("challenge", "Ce qui manque, ce qui bloque."),
    ("proposal", "Ce qu'il faudrait faire, et avec qui."),
)
_GOMMETTES: Final = tuple(
    value for value in OpinionValue if value not in (OpinionValue.NO_VIEW, OpinionValue.OUT_OF_SCOPE)
)


@dataclass(frozen=True, slots=True)
class _Room:
    """What every paper needs of a room."""

    board: Board
    address: Callable[[str], str]
    logo: Image | None

    def paper(self, title: str, blocks: Iterable[Block], *, landscape: bool = False) -> Paper:
        consultation = self.board.meeting.consultation
        return Paper(
            title=f"{title} · {self.board.meeting.title}",
            blocks=tuple(blocks),
            authority=consultation.authority,
            made_on=clock.today(),
            logo=self.logo,
            footer=f"{self.board.meeting.title} · {consultation.title}",
            landscape=landscape,
        )

    @property
    def path(self) -> str:
        return path_to("room", self.board.room)

    def qr(self, path: str, alt: str, width_cm: float, align: Align = "end") -> Figure:
        return Figure(qr_image(self.address(path), alt), width_cm, align)

    @property
    def when(self) -> str:
        """« Jeudi 12 mars 2026, de 14 h à 17 h »."""
        span = local_time.span(self.board.meeting.starts_at, self.board.meeting.ends_at)
        return span[:1].upper() + span[1:]

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.board.meeting.place, self.board.meeting.address) if part)


def room_papers(board: Board, public_url: str) -> dict[str, Paper]:
    """Name of the file, without extension → paper, in the order one needs them. `public_url`: this site's address."""
    png = logo_of(board.meeting.consultation)
    authority = board.meeting.consultation.authority
    room = _Room(
        board, lambda path: f"{public_url}{path}", Image(png, "png", f"Logo : {authority}") if png is not None else None
    )
    lines = agenda_lines(board)
    sheets = [
        board_sheet.sheet for board_sheet in board.board_sheets.select_related("sheet__lead").order_by("position")
    ]
    papers = {
        "1-invitation": room.paper("Invitation", _invitation(room, lines, sheets)),
        "2-deroule-animation": room.paper("Déroulé", _facilitator(room, lines, sheets)),
        "3-emargement": room.paper(
            "Feuille d'émargement", _attendance(room, gather_registrations(board.meeting).possible), landscape=True
        ),
        "4-chevalets-de-table": room.paper("Chevalets de table", _signs(room), landscape=True),
        "6-cartes": room.paper("Cartes", _cards()),
        "7-affiche": room.paper("Affiche", _poster(room)),
    }
    if sheets:
        papers["5-fiches-a3"] = _large_sheets(room, sheets)
    return dict(sorted(papers.items()))


def _invitation(room: _Room, lines: tuple[AgendaLine, ...], sheets: list[ActionSheet]) -> Iterable[Block]:
    meeting = room.board.meeting
    contact = meeting.consultation.contact_email
    yield Words("Invitation", style="lead")
    yield Words(meeting.title, style="title")
    yield Words(room.when, style="lead")
    if room.where:
        yield Words(room.where, style="lead")
    yield Space(0.4)
    yield Words("Madame, Monsieur,")
    if meeting.introduction:
        yield Words(meeting.introduction)
    yield Words(
        f"Cet atelier fait partie de « {meeting.consultation.title} ». Nous y lirons ensemble les avis déjà donnés, "
        "puis nous dirons ce qui marche, ce qui manque, et ce que nous proposons."
    )
    themes = [theme.name for theme in meeting.themes.order_by("position", "pk")]
    if themes:
        yield Words("Thématiques", style="heading")
        yield Items(tuple(themes))
    yield Words("Le programme", style="heading")
    yield Items(tuple(f"{_hour(line)} : {line.title}" for line in lines))
    if sheets:
        yield Words("Les actions dont nous parlerons", style="heading")
        yield Items(tuple(f"{sheet.number}. {sheet.title}" for sheet in sheets))
    yield Words("Votre venue", style="heading")
    yield Words(
        "Dites si vous venez par le lien de votre invitation, page « Les ateliers »"
        + (f", ou en écrivant à {contact}." if contact else ".")
        + " Vous pouvez y lire les fiches et donner votre avis dès maintenant."
    )
    yield Words(
        "Ce que vous direz sera écrit sans votre nom. Le compte-rendu ne donne que le nombre de personnes "
        "par organisme.",
        style="small",
    )


def _facilitator(room: _Room, lines: tuple[AgendaLine, ...], sheets: list[ActionSheet]) -> Iterable[Block]:
    board = room.board
    yield Beside(
        left=(
            Words(board.meeting.title, style="title"),
            Words("Déroulé pour l'animation", style="lead"),
            Words(f"{room.when}\n{room.where}" if room.where else room.when),
            Words(
                f"{counts.plural(board.tables, 'table', 'tables')}, "
                f"{counts.plural(board.dots_per_person, 'gommette', 'gommettes')} par personne. "
                f"Code de la salle : {board.room}."
            ),
        ),
        right=(room.qr(room.path, f"QR de la salle {board.room}", 3.2),),
        right_cm=3.4,
    )
    yield Grid(
        head=("Heure", "Durée", "Étape", "Ce qu'on y fait", "Notes"),
        rows=tuple(
            (_hour(line), dates.length(line.minutes), line.title, _HINTS[RoomStep(line.kind)], "") for line in lines
        ),
        widths=(3.9, 1.9, 3.3, 5.9, 2.4),
        row_cm=1.0,
    )
    if lines:
        yield Words(f"Fin prévue à {dates.hour(lines[-1].slot.ends_at)}.")
    if sheets:
        yield Words("Les fiches, dans l'ordre", style="heading")
        yield Items(tuple(f"{sheet.number}. {sheet.title}" for sheet in sheets))
    yield Words("Avant l'arrivée des participants", style="heading")
    yield Items(_BEFORE, box=True)


def _attendance(room: _Room, expected: tuple[Registration, ...]) -> Iterable[Block]:
    yield Words("Feuille d'émargement", style="title")
    yield Words(f"{room.board.meeting.title} · {room.when}" + (f" · {room.where}" if room.where else ""))
    yield Words(
        "Cette feuille est gardée à part de ce qui est dit pendant l'atelier. Les deux dernières colonnes sont "
        "libres : ne cochez que si vous le voulez, vous pourrez changer d'avis en nous écrivant.",
        style="small",
    )
    known = tuple((_name(row), row.organisation, row.position, "", _BOX, _BOX) for row in expected)
    blank = (("", "", "", "", f"{_BOX}  adresse :", _BOX),) * _BLANK_ROWS
    yield Grid(
        head=("Nom", "Organisme", "Fonction", "Signature", "Je veux recevoir les suites par courriel",
              "J'accepte d'être sur les photos"),
        rows=known + blank,
        widths=(4.6, 4.8, 4.2, 4.6, 4.4, 3.0),
        row_cm=0.75,
    )  # fmt: skip


def _name(row: Registration) -> str:
    """Empty for whom the directory knows by her function only."""
    return "" if row.name == row.position else row.name


def _signs(room: _Room) -> Iterable[Block]:
    for table in range(1, room.board.tables + 1):
        if table > 1:
            yield NewPage()
        yield Words(f"Table {table}", style="huge", align="center")
        yield Space(0.8)
        yield Beside(
            left=(
                Words("Vous écrivez pour la table ?", style="big"),
                Words("Lisez ce QR avec l'ordinateur ou la tablette de la table : la page s'ouvre à votre place. "
                      "Un autre appareil peut prendre le relais.", style="lead"),
                Space(0.3),
                Words("Vous avez un téléphone ?", style="big"),
                Words(f"Le code de la salle : {room.board.room}", style="lead"),
            ),
            right=(room.qr(table_path(room.board, table), f"QR de la table {table}", 8.0),),
            right_cm=8.2,
        )  # fmt: skip


def _large_sheets(room: _Room, sheets: list[ActionSheet]) -> Paper:
    """Stickers are counted by college, as the desk enters them."""
    consultation = room.board.meeting.consultation
    booklet = Booklet(
        consultation=consultation.title,
        territory=consultation.territory.name,
        authority=consultation.authority,
        made_on=clock.today(),
        shelves=(Shelf(room.board.meeting.title, tuple(_printed(room, sheet) for sheet in sheets)),),
        logo=room.logo,
    )
    values, colleges = (tuple(str(choice.label) for choice in choices) for choices in (_GOMMETTES, College))
    return large_sheets(booklet, values, colleges, "Lire la fiche (partenaires invités)")


def _printed(room: _Room, sheet: ActionSheet) -> PrintedSheet:
    lead = sheet.lead_name or (sheet.lead.name if sheet.lead is not None else "")
    return PrintedSheet(
        sheet.number,
        sheet.title,
        sheet.summary,
        facts=(("Porteur", lead),) if lead else (),
        address=room.address(path_to("sheet", sheet.code)),
    )


def _cards() -> Iterable[Block]:
    for rank, (kind, hint) in enumerate(_CARDS):
        if rank:
            yield NewPage()
        yield Cards(kind, KINDS[kind].one, hint)


def _poster(room: _Room) -> Iterable[Block]:
    yield Space(0.8)
    yield Words("Écrivez et votez avec votre téléphone", style="big", align="center")
    yield Words(room.board.meeting.title, style="lead", align="center")
    yield room.qr(room.path, f"QR de la salle {room.board.room}", 12.5, "center")
    yield Words(f"ou tapez, sur {room.address(path_to('room', '')).partition('://')[2]}", style="lead", align="center")
    yield Words(room.board.room, style="code", align="center")
    yield Words("Sans compte, sans nom. Rien n'est installé.", style="body", align="center")


def _hour(line: AgendaLine) -> str:
    return f"{dates.hour(line.slot.starts_at)} – {dates.hour(line.slot.ends_at)}"
