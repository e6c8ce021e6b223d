"""Official files (QPVs, communes, outlines) into the tree: previewed, all or nothing, the same file twice changes
nothing the second time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.journal import Named
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.link_ancestry import link_ancestry
from parvis.territories.readers.cells import check_text, decode
from parvis.territories.readers.geojson import read_geojson
from parvis.territories.readers.tables import read_table
from parvis.territories.readers.wish import PARENT_KIND, Reading, Wish

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import does, or would do: numbers by kind of territory, names, and remarks on the file."""

    created: dict[str, int]
    updated: dict[str, int]
    unchanged: int
    new_names: tuple[str, ...]
    changed_names: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def changes(self) -> int:
        """How many territories are made or changed."""
        return sum(self.created.values()) + sum(self.updated.values())


class _Everything:
    """The tree itself, as the journal names it."""

    journal_name = "territories:all"


def read_territories(content: bytes | str) -> Reading:
    """A file of QPVs, of communes or of outlines, told apart by what it holds. Touches no database."""
    text = check_text(content) if isinstance(content, str) else decode(content)
    return read_geojson(text) if text.lstrip().startswith(("{", "[")) else read_table(text)


@transaction.atomic
def import_territories(
    actor: Named | None, content: bytes | str, *, within: Q | None = None, dry_run: bool = False
) -> ImportReport:
    """Make or change the territories that `content` names.

    `within` is the rule of the territories the actor may change: touching another one, or hanging a new one under it,
    is refused, because a right given on a territory holds on all that lies below. None (the command line) may all.
    """
    reading = read_territories(content)
    known = _known(reading.wishes)
    faults = [*_missing(reading.wishes, known), *_not_mine(reading.wishes, known, within)]
    if faults:
        raise RefusedInput("Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", faults)
    report = _report(reading, known)
    if dry_run or not report.changes:
        return report
    _write(reading.wishes, known)
    link_ancestry()
    journal.record(actor, "import_territories", _Everything(), created=sum(report.created.values()),
                   updated=sum(report.updated.values()))  # fmt: skip
    return report


def _key(wish: Wish) -> Key:
    return wish.kind.value, wish.official_code


def _above(wish: Wish) -> list[Key]:
    """The territories that a wish says it lies in."""
    if wish.parent is None:
        return []
    kind = PARENT_KIND[wish.kind].value
    return [(kind, code) for code in (wish.parent, *(wish.also_in or ()))]


def _known(wishes: tuple[Wish, ...]) -> dict[Key, Territory]:
    """The territories of the tree that the file speaks of. Two queries, whatever its size."""
    codes = {key[1] for wish in wishes for key in (_key(wish), *_above(wish))}
    kept: list[Territory] = []
    ordered = sorted(codes)
    for start in range(0, len(ordered), 500):
        chunk = Territory.objects.filter(official_code__in=ordered[start : start + 500])
        kept.extend(chunk.select_related("parent").prefetch_related("also_in"))
    return {(territory.kind, territory.official_code): territory for territory in kept}


def _differs(wish: Wish, known: Territory) -> bool:
    """Whether the file says something else than the tree."""
    towns = None if wish.also_in is None else set(wish.also_in)
    return (
        (wish.name is not None and wish.name != known.name)
        or (wish.parent is not None and (known.parent is None or known.parent.official_code != wish.parent))
        or (towns is not None and towns != {town.official_code for town in known.also_in.all()})
        or (wish.outline is not None and wish.outline != known.outline)
    )


def _missing(wishes: tuple[Wish, ...], known: dict[Key, Territory]) -> list[str]:
    """Territories that must be made but have no name, and parents that nothing makes."""
    said = {_key(wish) for wish in wishes}
    faults = []
    for wish in wishes:
        if wish.name is None and _key(wish) not in known:
            label = TerritoryKind(wish.kind).label.lower()
            faults.append(
                f"Ligne {wish.line} : {label} {wish.official_code} inconnue ici et sans nom, importez-la d'abord."
                if wish.kind != TerritoryKind.NEIGHBOURHOOD
                else f"Contour {wish.line} : quartier {wish.official_code} inconnu ici, importez d'abord les quartiers."
            )
        faults.extend(
            f"Ligne {wish.line} : {code} n'est pas connu ici, importez-le d'abord."
            for kind, code in _above(wish)
            if (kind, code) not in known and (kind, code) not in said
        )
    return faults


def _not_mine(wishes: tuple[Wish, ...], known: dict[Key, Territory], within: Q | None) -> list[str]:
    """What the actor may not touch: a known territory to change, or to hang something new under, out of `within`."""
    if within is None:
        return []
    mine = set(Territory.objects.filter(within).order_by().values_list("pk", flat=True))
    faults = []
    for wish in wishes:
        territory = known.get(_key(wish))
        if territory is not None and not _differs(wish, territory):
            continue
        touched = [territory] if territory is not None else []
        touched += [known[key] for key in _above(wish) if key in known]
        for other in touched:
            if other.pk not in mine:
                faults.append(
                    f"Ligne {wish.line} : « {other.name} » est administré par d'autres, retirez cette ligne "
                    "ou demandez-leur l'import."
                )
                break
    return faults


def _report(reading: Reading, known: dict[Key, Territory]) -> ImportReport:
    created: Counter[str] = Counter()
    updated: Counter[str] = Counter()
    new_names, changed_names, unchanged = [], [], 0
    for wish in reading.wishes:
        territory = known.get(_key(wish))
        if territory is None:
            created[wish.kind.value] += 1
            new_names.append(wish.name or wish.official_code)
        elif _differs(wish, territory):
            updated[wish.kind.value] += 1
            changed_names.append(wish.name or territory.name)
        else:
            unchanged += 1
    return ImportReport(
        dict(created), dict(updated), unchanged, tuple(new_names), tuple(changed_names), reading.remarks
    )


def _write(wishes: tuple[Wish, ...], known: dict[Key, Territory]) -> None:
    """Parents first: the wishes come in that order."""
    for wish in wishes:
        territory = known.get(_key(wish))
        if territory is None:
            territory = Territory(kind=wish.kind, official_code=wish.official_code)
            known[_key(wish)] = territory
        elif not _differs(wish, territory):
            continue
        if wish.name is not None:
            territory.name = wish.name
        if wish.parent is not None:
            territory.parent = known[PARENT_KIND[wish.kind].value, wish.parent]
        if wish.outline is not None:
            territory.outline = wish.outline
        territory.save()
        if wish.also_in is not None:
            kind = TerritoryKind.MUNICIPALITY.value
            territory.also_in.set([known[kind, code] for code in wish.also_in])
