"""The two official tables: QPVs (with their communes and agglomérations), and communes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.spreadsheets import Grid, columns
from parvis.territories.enums import TerritoryKind
from parvis.territories.readers import codes
from parvis.territories.readers.entries import OfficialFile, TerritoryEntry

_QPV_COLUMNS: Final = {
    "code": ("code_qp",),
    "name": ("lib_qp",),
    "towns": ("insee_com",),
    "town_names": ("lib_com",),
    "epcis": ("siren_epci",),
    "epci_names": ("lib_epci",),
}
_TOWN_COLUMNS: Final = {
    "code": ("insee_com", "code_insee", "insee", "codgeo", "code_commune", "com", "code"),
    "name": ("lib_com", "nom", "libgeo", "nom_commune", "commune", "libelle"),
    "epci": ("siren_epci", "epci", "code_epci", "siren"),
    "epci_name": ("lib_epci", "nom_epci", "libepci", "libelle_epci", "agglomeration"),
}
_LONGEST_NAME: Final = 120
_MOST_FAULTS: Final = 200

Row = dict[str, str]


def read_official_table(grid: Grid) -> OfficialFile:
    """A table of QPVs or of communes, recognised by its titles.

    Raises `RefusedInput` for everything that is wrong at once, with a sentence for each faulty line.
    """
    _refuse_cells_without_a_title(grid)
    table = _Table()
    if "code" in columns(grid, {"code": _QPV_COLUMNS["code"]}).columns:
        for line, row in _rows(grid, _QPV_COLUMNS):
            _read_qpv(table, line, row)
    elif {"code", "name"} <= columns(grid, _TOWN_COLUMNS).columns.keys():
        for line, row in _rows(grid, _TOWN_COLUMNS):
            _read_town(table, line, row)
    else:
        raise RefusedInput(
            "Les colonnes de ce fichier ne sont pas reconnues : il faut « code_qp, lib_qp, insee_com, lib_com, "
            "siren_epci, lib_epci » pour des quartiers, ou « code_insee, nom, siren_epci » pour des communes."
        )
    return table.finished(grid.warnings)


def _rows(grid: Grid, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, Row]]:
    """Each line with the wanted cells, on one line of text each; a cell whose column is missing is empty."""
    mapped = columns(grid, wanted)
    for row in grid.rows:
        yield row.line, {field: " ".join(mapped.value(row, field).split()) for field in wanted}


def _refuse_cells_without_a_title(grid: Grid) -> None:
    """A separator inside a name, without quotation marks, shifts all that follows: the line is refused."""
    titled = max((place for place, title in enumerate(grid.header, start=1) if title), default=0)
    for row in grid.rows:
        if any(row.cells[titled:]):
            raise RefusedInput(
                f"La ligne {row.line} a plus de colonnes que l'en-tête : mettez entre guillemets "
                "le texte qui contient le séparateur."
            )


class _Table:
    """What the lines read so far say; the first line to speak of a territory gives its number."""

    def __init__(self) -> None:
        self.epcis: dict[str, TerritoryEntry] = {}
        self.towns: dict[str, TerritoryEntry] = {}
        self.qpvs: dict[str, tuple[int, str, list[str]]] = {}
        self.faults: list[str] = []

    def fault(self, line: int, sentence: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(f"Ligne {line} : {sentence}")

    def add_epci(self, line: int, cell: str, name: str) -> str | None:
        """Add an agglomération; its code, or None when the line is faulty."""
        code = codes.siren(cell)
        if code is None:
            self.fault(line, f"« {cell} » n'est pas un SIREN d'agglomération, il faut 9 chiffres.")
            return None
        self._add(self.epcis, TerritoryEntry(line, TerritoryKind.INTERCOMMUNALITY, code, name or None))
        return code

    def add_town(self, line: int, cell: str, name: str, epci: str | None) -> str | None:
        """Add a commune; its code, or None when the line is faulty."""
        code = codes.town_code(cell)
        if code is None:
            self.fault(line, f"« {cell} » n'est pas un code INSEE de commune, il faut 5 caractères.")
            return None
        self._add(self.towns, TerritoryEntry(line, TerritoryKind.MUNICIPALITY, code, name or None, epci))
        return code

    def _add(self, known: dict[str, TerritoryEntry], entry: TerritoryEntry) -> None:
        code = entry.official_code
        if entry.name is not None and len(entry.name) > _LONGEST_NAME:
            self.fault(entry.line, f"le nom de {code} dépasse {_LONGEST_NAME} caractères, raccourcissez-le.")
            return
        first = known.setdefault(code, entry)
        if entry.name and first.name and entry.name != first.name:
            self.fault(entry.line, f"{code} s'appelle « {entry.name} » ici et « {first.name} » ligne {first.line}.")
        if entry.parent and first.parent and entry.parent != first.parent:
            self.fault(entry.line, f"{code} est dans {entry.parent} ici et dans {first.parent} ligne {first.line}.")
        if (entry.name and not first.name) or (entry.parent and not first.parent):
            known[code] = TerritoryEntry(
                first.line, entry.kind, code, first.name or entry.name, first.parent or entry.parent
            )

    def finished(self, remarks: tuple[str, ...]) -> OfficialFile:
        """What was read, or the refusal of all that was faulty."""
        if self.faults:
            raise RefusedInput("Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", self.faults)
        qpvs = [
            TerritoryEntry(line, TerritoryKind.NEIGHBOURHOOD, code, name, towns[0], tuple(towns[1:]))
            for code, (line, name, towns) in self.qpvs.items()
        ]
        entries = (*self.epcis.values(), *self.towns.values(), *qpvs)
        if not entries:
            raise RefusedInput("Ce fichier n'a que son en-tête : ajoutez les lignes de vos territoires.")
        return OfficialFile(entries, remarks)


def lost_letters(entries: Sequence[TerritoryEntry]) -> list[str]:
    """A remark for each name that seems to have lost a letter."""
    damaged = sorted({entry.name for entry in entries if entry.name and codes.looks_damaged(entry.name)})
    return [
        f"« {name} » semble avoir perdu une lettre dans le fichier (œ peut-être) : importé tel quel."
        for name in damaged
    ]


def _read_qpv(table: _Table, line: int, row: Row) -> None:
    code = codes.qpv_code(row["code"])
    if code is None:
        table.fault(line, f"« {row['code']} » n'est pas un code de quartier, par exemple QN09106M.")
        return
    name = row["name"]
    if not name or len(name) > _LONGEST_NAME:
        table.fault(
            line, f"le quartier {code} a besoin d'un nom de {_LONGEST_NAME} caractères au plus (colonne lib_qp)."
        )
        return
    towns = _read_towns_of_qpv(table, line, row)
    if not towns:
        return
    first_line, first_name, known_towns = table.qpvs.setdefault(code, (line, name, []))
    if first_name != name:
        table.fault(line, f"{code} s'appelle « {name} » ici et « {first_name} » ligne {first_line}.")
    known_towns.extend(town for town in towns if town not in known_towns)


def _read_towns_of_qpv(table: _Table, line: int, row: Row) -> list[str]:
    town_cells = codes.split_list(row["towns"])
    if not town_cells:
        table.fault(line, "il manque le code INSEE de la commune (colonne insee_com).")
        return []
    town_names = _as_many(row["town_names"], len(town_cells))
    epci_cells = codes.split_list(row["epcis"])
    epci_names = _as_many(row["epci_names"], len(epci_cells))
    if town_names is None or epci_names is None or len(epci_cells) not in (0, 1, len(town_cells)):
        table.fault(line, "il faut autant de noms que de codes, dans le même ordre.")
        return []
    epcis = [table.add_epci(line, cell, name) for cell, name in zip(epci_cells, epci_names, strict=True)]
    towns = []
    for place, (cell, name) in enumerate(zip(town_cells, town_names, strict=True)):
        epci = epcis[place if len(epcis) > 1 else 0] if epcis else None
        town = table.add_town(line, cell, name, epci)
        if town is not None:
            towns.append(town)
    return towns


def _as_many(cell: str, count: int) -> list[str] | None:
    """`count` names: one keeps its commas and slashes, several are parted; None when they do not match."""
    if count <= 1:
        return [cell][:count]
    if not cell:
        return [""] * count
    names = codes.split_list(cell)
    return names if len(names) == count else None


def _read_town(table: _Table, line: int, row: Row) -> None:
    if not row["name"]:
        table.fault(line, "il manque le nom de la commune.")
        return
    epci = table.add_epci(line, row["epci"], row["epci_name"]) if row["epci"] else None
    table.add_town(line, row["code"], row["name"], epci)
