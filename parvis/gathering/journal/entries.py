"""The journal of a consultation, or of the territories that someone administers: filtered, told, taken away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from parvis.consultations.models import Consultation
from parvis.consultations.rules import naming_consultations, readable_consultations
from parvis.core.access import rule
from parvis.core.journal import SYSTEM
from parvis.core.models import JournalEntry
from parvis.documents.tables import Column, Table
from parvis.french.typography import no_break
from parvis.gathering.journal.sentences import Piece, names_in, sentence, who
from parvis.gathering.journal.things import Thing, name_things
from parvis.gathering.local_time import local
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.rules import administered_territories, territories_of
from parvis.territories.models import Territory

KINDS: Final = {
    "concertation": ("La concertation et ses réglages", ("consultation",)),
    "partenaires": ("Les partenaires et leurs invitations", ("organisation", "contact", "invitation", "participant")),
    "fiches": ("Les fiches actions", ("sheet", "sheet_source", "waiting_sheet")),
    "avis": ("Les avis et les résultats", ("opinion", "results")),
    "rencontres": ("Les rencontres et leurs salles", ("meeting", "board", "waiting_report")),
    "comptes-rendus": ("Les comptes-rendus et ce qui est publié", ("minutes", "edition")),
    "moderation": ("La modération", ("contribution", "flag")),
    "courriels": ("Les courriels", ("mail",)),
    "territoires": ("Les territoires et le glossaire", ("territory", "territories")),
    "agents": ("Les agents", ("user",)),
}
"""What stands in the address: label, kinds of subjects."""
PARTNERS: Final = "partenaires"
_FILE_ROWS: Final = 20_000
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the journal. `person`: the code of an agent, `partenaires` for all of them, `parvis`."""

    person: str = ""
    kind: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words. `place` names the consultation it happened in, empty when it is none."""

    at: datetime.datetime
    who: str
    pieces: tuple[Piece, ...]
    place: str
    place_label: str

    @property
    def words(self) -> str:
        return "".join(text for text, _ in self.pieces)


@rule
def followed_entries(actor: User) -> Q:
    """What happened on the territories that an administrator administers, in the consultations there that she reads,
    and what was done of the agents who work there and nowhere else."""
    mine = Territory.objects.filter(administered_territories(actor)).order_by()
    consultations = Consultation.objects.filter(
        readable_consultations(actor), territory__in=territories_of(actor, (RoleKind.ADMINISTRATOR,))
    )
    here = Role.objects.filter(territory__in=mine.values("pk")).order_by()
    elsewhere = Role.objects.exclude(territory__in=mine.values("pk")).order_by()
    agents = User.objects.filter(pk__in=here.values("user")).exclude(pk__in=elsewhere.values("user")).order_by()
    return (
        Q(place__in=mine.values("code"))
        | Q(place__in=consultations.order_by().values("code"))
        | Q(place__in=agents.values("code"))
    )


def entries_of(consultation: Consultation) -> Q:
    """What happened in a consultation, and in the directory and the glossary of its territory."""
    return Q(place=consultation.code) | Q(place=consultation.territory.code) & ~Q(subject__startswith="user:")


def matching(entries: QuerySet[JournalEntry], wanted: Wanted) -> QuerySet[JournalEntry]:
    """The latest first."""
    if wanted.person == PARTNERS:
        entries = entries.filter(actor__startswith="participant:")
    elif wanted.person:
        entries = entries.filter(actor=SYSTEM if wanted.person == "parvis" else f"user:{wanted.person}")
    if wanted.kind in KINDS:
        of_kind = Q()
        for kind in KINDS[wanted.kind][1]:
            of_kind |= Q(subject__startswith=f"{kind}:")
        entries = entries.filter(of_kind)
    if wanted.since is not None:
        entries = entries.filter(at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        entries = entries.filter(at__lt=_midnight(wanted.until + datetime.timedelta(days=1)))
    return entries.order_by("-id")


def people_of(entries: QuerySet[JournalEntry]) -> list[tuple[str, str]]:
    """Who may be asked for: agents by their name, partners all together, since one of them is nobody's to pick out."""
    agents = entries.filter(actor__startswith="user:").order_by().values_list("actor", flat=True).distinct()
    codes = [name.removeprefix("user:") for name in agents]
    users = User.objects.filter(code__in=codes, is_active=True).order_by("name", "email")
    return [*((user.code, str(user)) for user in users), (PARTNERS, "Les partenaires"), ("parvis", "Parvis")]


def tell(actor: User, entries: Sequence[JournalEntry]) -> list[Told]:
    """Entries in words, as `actor` may read them. The number of queries does not depend on theirs."""
    places = {entry.place for entry in entries}
    named = Consultation.objects.filter(naming_consultations(actor), code__in=places).order_by()
    names_told = set(named.values_list("code", flat=True))
    consultations = Consultation.objects.filter(readable_consultations(actor), code__in=places).order_by("pk")
    titles = dict(consultations.values_list("code", "title"))
    things = name_things(actor, {name for entry in entries for name in names_in(entry)})
    return [_told(entry, things, titles, names_told=entry.place in names_told) for entry in entries]


def journal_table(actor: User, entries: QuerySet[JournalEntry]) -> Table:
    """The same in a table, at most its `_FILE_ROWS` latest rows."""
    columns = (
        Column("day", "Jour", "Le jour, à l'heure de Paris."),
        Column("hour", "Heure", "L'heure de Paris."),
        Column("who", "Qui", "L'agent ; un partenaire n'a de nom que pour qui peut lire les noms."),
        Column("what", "Quoi", "Ce qui a été fait."),
        Column("place", "Concertation", "Celle où cela s'est passé."),
    )
    rows = tuple(
        (
            local(told.at).date(),
            f"{local(told.at):%H:%M}",
            no_break(told.who),
            no_break(told.words),
            no_break(told.place_label),
        )
        for told in _all_told(actor, entries)
    )
    return Table("Qui a fait quoi", columns, rows)


def _all_told(actor: User, entries: QuerySet[JournalEntry]) -> Iterator[Told]:
    rows = list(entries[:_FILE_ROWS])
    for first in range(0, len(rows), _AT_ONCE):
        yield from tell(actor, rows[first : first + _AT_ONCE])


def _told(entry: JournalEntry, things: dict[str, Thing], titles: dict[str, str], *, names_told: bool) -> Told:
    return Told(
        at=entry.at,
        who=who(entry, things, names_told=names_told),
        pieces=tuple(sentence(entry, things, names_told=names_told)),
        place=entry.place if entry.place in titles else "",
        place_label=titles.get(entry.place, ""),
    )


def _midnight(date: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))
