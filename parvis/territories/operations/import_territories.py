"""Import of official files (QPVs, communes, outlines) into the tree: all or nothing, previewed by `dry_run`, and the
same file twice changes nothing the second time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from parvis.core import journal
from parvis.core.bulk_write import replace_links, update_rows
from parvis.core.errors import RefusedInput
from parvis.core.journal import Named
from parvis.core.uniqueness import refusing_duplicates
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.link_ancestry import link_ancestry
from parvis.territories.readers.entries import PARENT_KIND, OfficialFile, TerritoryEntry
from parvis.territories.readers.files import read_official_file

Key = tuple[str, str]
_PARENTS_FIRST: Final = (TerritoryKind.INTERCOMMUNALITY, TerritoryKind.MUNICIPALITY, TerritoryKind.NEIGHBOURHOOD)


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


class _WholeTree:
    """All territories together, as the journal names them."""

    journal_name = "territories:all"
    journal_place = ""


def import_territories(
    actor: Named | None, content: bytes | str, *, within: Q | None = None, dry_run: bool = False
) -> ImportReport:
    """Make or change the territories that `content` names.

    `within` is the rule of the territories the actor may change: touching another one, or hanging a new one under it,
    is refused, because a right given on a territory holds on all that lies below. None (the command line) may all.
    """
    return import_official_file(actor, read_official_file(content), within=within, dry_run=dry_run)


def import_official_file(
    actor: Named | None, file: OfficialFile, *, within: Q | None = None, dry_run: bool = False
) -> ImportReport:
    """The same, of a file that was read. Compared with the tree before the transaction, and again in it: who is refused
    or only looks makes nobody wait."""
    report, _ = _compare(file, within)
    if dry_run or not report.changes:
        return report
    with refusing_duplicates():
        report, known = _compare(file, within)
        _write(file.entries, known)
        link_ancestry()
        journal.record(actor, "import_territories", _WholeTree(), created=sum(report.created.values()),
                       updated=sum(report.updated.values()))  # fmt: skip
    return report


def _compare(file: OfficialFile, within: Q | None) -> tuple[ImportReport, dict[Key, Territory]]:
    """What the file would do, and the territories it speaks of that are known. Raises `RefusedInput`."""
    known = _known(file.entries)
    faults = [*_missing(file.entries, known), *_out_of_reach(file.entries, known, within)]
    if faults:
        raise RefusedInput("Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", faults)
    return _report(file, known), known


def _key(entry: TerritoryEntry) -> Key:
    return entry.kind.value, entry.official_code


def _above(entry: TerritoryEntry) -> list[Key]:
    """The territories that an entry lies in."""
    if entry.parent is None:
        return []
    kind = PARENT_KIND[entry.kind].value
    return [(kind, code) for code in (entry.parent, *(entry.also_in or ()))]


def _known(entries: tuple[TerritoryEntry, ...]) -> dict[Key, Territory]:
    """The territories of the tree that the file speaks of. Two queries, whatever its size."""
    codes = {key[1] for entry in entries for key in (_key(entry), *_above(entry))}
    kept: list[Territory] = []
    ordered = sorted(codes)
    for start in range(0, len(ordered), 500):
        chunk = Territory.objects.filter(official_code__in=ordered[start : start + 500])
        kept.extend(chunk.select_related("parent").defer("parent__outline").prefetch_related("also_in"))
    return {(territory.kind, territory.official_code): territory for territory in kept}


def _differs(entry: TerritoryEntry, known: Territory) -> bool:
    """Whether the entry differs from what the tree holds."""
    towns = None if entry.also_in is None else set(entry.also_in)
    return (
        (entry.name is not None and entry.name != known.name and not known.renamed)
        or (entry.parent is not None and (known.parent is None or known.parent.official_code != entry.parent))
        or (towns is not None and towns != {town.official_code for town in known.also_in.all()})
        or (entry.outline is not None and entry.outline != known.outline)
    )


def _missing(entries: tuple[TerritoryEntry, ...], known: dict[Key, Territory]) -> list[str]:
    """Territories that must be made but have no name, and parents that nothing makes."""
    in_file = {_key(entry) for entry in entries}
    faults = []
    for entry in entries:
        if entry.name is None and _key(entry) not in known:
            label, code = TerritoryKind(entry.kind).label.lower(), entry.official_code
            faults.append(
                f"Ligne {entry.line} : {label} {code} inconnue ici et sans nom, importez-la d'abord."
                if entry.kind != TerritoryKind.NEIGHBOURHOOD
                else f"Contour {entry.line} : quartier {code} inconnu ici, importez d'abord les quartiers."
            )
        faults.extend(
            f"Ligne {entry.line} : {parent} n'est pas connu ici, importez-le d'abord."
            for kind, parent in _above(entry)
            if (kind, parent) not in known and (kind, parent) not in in_file
        )
    return faults


def _out_of_reach(entries: tuple[TerritoryEntry, ...], known: dict[Key, Territory], within: Q | None) -> list[str]:
    """What the actor may not touch: a known territory to change, or to hang something new under, out of `within`."""
    if within is None:
        return []
    mine = set(Territory.objects.filter(within).order_by().values_list("pk", flat=True))
    faults = []
    for entry in entries:
        territory = known.get(_key(entry))
        if territory is not None and not _differs(entry, territory):
            continue
        touched = [territory] if territory is not None else []
        touched += [known[key] for key in _above(entry) if key in known]
        for other in touched:
            if other.pk not in mine:
                faults.append(
                    f"Ligne {entry.line} : « {other.name} » est administré par d'autres, retirez cette ligne "
                    "ou demandez-leur l'import."
                )
                break
    return faults


def _report(file: OfficialFile, known: dict[Key, Territory]) -> ImportReport:
    created: Counter[str] = Counter()
    updated: Counter[str] = Counter()
    new_names, changed_names, unchanged = [], [], 0
    for entry in file.entries:
        territory = known.get(_key(entry))
        if territory is None:
            created[entry.kind.value] += 1
            new_names.append(entry.name or entry.official_code)
        elif _differs(entry, territory):
            updated[entry.kind.value] += 1
            changed_names.append(entry.name or territory.name)
        else:
            unchanged += 1
    return ImportReport(dict(created), dict(updated), unchanged, tuple(new_names), tuple(changed_names), file.remarks)


def _write(entries: tuple[TerritoryEntry, ...], known: dict[Key, Territory]) -> None:
    """Parents first, one kind after the other: a row must be there before another is hung under it."""
    for kind in _PARENTS_FIRST:
        new: list[Territory] = []
        changed: list[Territory] = []
        towns: dict[Key, tuple[str, ...]] = {}
        for entry in entries:
            territory = known.get(_key(entry))
            if entry.kind != kind or (territory is not None and not _differs(entry, territory)):
                continue
            if territory is None:
                territory = known[_key(entry)] = Territory(kind=entry.kind, official_code=entry.official_code)
                new.append(territory)
            else:
                changed.append(territory)
            _fill(territory, entry, known)
            if entry.also_in is not None:
                towns[_key(entry)] = entry.also_in
        Territory.objects.bulk_create(new)
        update_rows(changed, ["name", "parent", "outline"])
        of_kind = TerritoryKind.MUNICIPALITY.value
        replace_links(
            Territory.also_in,
            {known[key].pk: [known[of_kind, code].pk for code in codes] for key, codes in towns.items()},
        )


def _fill(territory: Territory, entry: TerritoryEntry, known: dict[Key, Territory]) -> None:
    """What the file does not say stays, and the name that an agent gave."""
    if entry.name is not None and not territory.renamed:
        territory.name = entry.name
    if entry.parent is not None:
        territory.parent = known[PARENT_KIND[entry.kind].value, entry.parent]
    if entry.outline is not None:
        territory.outline = entry.outline
