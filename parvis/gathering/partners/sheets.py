"""The sheets as a partner reads them, with what she said. A constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.enums import PhaseKind
from parvis.consultations.models import Participant, Phase
from parvis.core import clock
from parvis.gathering.public.meeting import paragraphs
from parvis.people.models import FollowUpConsent
from parvis.sheets.enums import FileKind, OpinionValue
from parvis.sheets.models import ActionSheet, Opinion
from parvis.sheets.perimeters import perimeters
from parvis.sheets.rules import readable_sheets

PRESENTATION = "presentation"


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet in the list. `value` is its code, empty when nothing was said; `label` its words."""

    code: str
    number: int
    title: str
    summary: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets of a theme."""

    theme: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PartnerSheets:
    """Her perimeter by theme, then what lies outside. `following` is the first sheet she said nothing of."""

    shelves: tuple[Shelf, ...]
    others: tuple[Card, ...]
    answered: int
    total: int
    following: str

    @property
    def stage(self) -> str:
        """Whether she answered `none` of them, `some`, or `all`."""
        if not self.answered:
            return "none"
        return "all" if self.answered == self.total else "some"


@dataclass(frozen=True, slots=True)
class SheetFileLink:
    """A file of a sheet."""

    code: str
    name: str
    alt: str
    size_kb: int


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet, and her opinion on it."""

    sheet: ActionSheet
    themes: tuple[str, ...]
    places: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    picture: SheetFileLink | None
    attachments: tuple[SheetFileLink, ...]
    opinion: Opinion | None
    consented: bool
    place: int
    total: int
    before: str
    after: str


def review_state(participant: Participant) -> str:
    """`open`, `closed` (opinions are kept as late) or `waiting`."""
    phase = Phase.objects.filter(consultation=participant.consultation_id, kind=PhaseKind.REVIEW).first()
    today = clock.today()
    if phase is not None and phase.is_open(today):
        return "open"
    return "closed" if phase is not None and phase.is_over(today) else "waiting"


def gather_partner_sheets(participant: Participant) -> PartnerSheets:
    """Everything her list says."""
    shelves, others = _ordered(participant)
    cards = [card for shelf in shelves for card in shelf.cards]
    return PartnerSheets(
        shelves=shelves,
        others=others,
        answered=sum(bool(card.value) for card in cards),
        total=len(cards),
        following=next((card.code for card in cards if not card.value), ""),
    )


def _ordered(participant: Participant) -> tuple[tuple[Shelf, ...], tuple[Card, ...]]:
    """Each sheet once, under the first of its themes."""
    values = dict(
        Opinion.objects.filter(participant=participant).exclude(value="").order_by().values_list("sheet_id", "value")
    )
    organisation = participant.organisation_id or 0
    mine = perimeters(participant.consultation, organisation).get(organisation, frozenset())
    sheets = ActionSheet.objects.filter(readable_sheets(participant)).prefetch_related("themes").order_by("number")
    shelves: dict[tuple[int, int, str], list[Card]] = {}
    others = []
    for sheet in sheets:
        value = values.get(sheet.pk, "")
        card = Card(
            sheet.code, sheet.number, sheet.title, sheet.summary, value,
            str(OpinionValue(value).label) if value else "",
        )  # fmt: skip
        if sheet.code not in mine:
            others.append(card)
            continue
        theme = min(sheet.themes.all(), key=lambda theme: (theme.position, theme.pk), default=None)
        key = (theme.position, theme.pk, theme.name) if theme is not None else (10_000, 0, "Autres actions")
        shelves.setdefault(key, []).append(card)
    return tuple(Shelf(key[2], tuple(cards)) for key, cards in sorted(shelves.items())), tuple(others)


def gather_sheet(participant: Participant, sheet: ActionSheet) -> SheetPage:
    """The page of `sheet`, already fetched through its rule."""
    shelves, others = _ordered(participant)
    cards = [card for shelf in shelves for card in shelf.cards]
    order = cards if any(card.code == sheet.code for card in cards) else [*others]
    codes = [card.code for card in order]
    here = codes.index(sheet.code)
    following = next((card.code for card in order[here + 1 :] if not card.value), "") or (
        codes[here + 1] if here + 1 < len(codes) else ""
    )
    files = [
        (kind, SheetFileLink(code, name, alt, max(1, size // 1024)))
        for kind, code, name, alt, size in sheet.files.exclude(kind=FileKind.SOURCE).values_list(
            "kind", "code", "name", "alt", "size"
        )
    ]
    owner = participant.journal_name
    return SheetPage(
        sheet=sheet,
        themes=tuple(theme.name for theme in sheet.themes.all()),
        places=tuple(sheet.territories.order_by("sort_key").values_list("name", flat=True)),
        facts=sheet_facts(sheet),
        text=tuple(paragraphs(sheet.text)),
        picture=next((link for kind, link in files if kind == FileKind.PICTURE), None),
        attachments=tuple(link for kind, link in files if kind == FileKind.ATTACHMENT),
        opinion=Opinion.objects.filter(participant=participant, sheet=sheet).first(),
        consented=FollowUpConsent.objects.filter(
            purpose=PRESENTATION, subject=sheet.journal_name, owner=owner
        ).exists(),
        place=here + 1,
        total=len(order),
        before=codes[here - 1] if here else "",
        after=following,
    )


def sheet_facts(sheet: ActionSheet) -> tuple[tuple[str, str], ...]:
    """What a sheet says in a few words: label and value, those that are filled."""
    facts = (
        ("Porteur", sheet.lead_name),
        ("Partenaires", ", ".join(sheet.partners)),
        ("Public", sheet.public),
        ("Depuis", sheet.since),
        ("Budget", sheet.budget),
        ("Financements", " ; ".join(" : ".join(part for part in line if part) for line in sheet.funding)),
        ("Indicateurs", " ; ".join(sheet.indicators)),
    )
    return tuple((label, value) for label, value in facts if value)


VALUES = tuple((key, value, str(OpinionValue(value).label)) for key, value in enumerate(OpinionValue.values, start=1))
"""Key, code and label of each answer."""
