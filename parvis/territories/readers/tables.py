"""The two official tables: QPVs (with their communes and agglomérations), and communes."""

from __future__ import annotations

from parvis.core.errors import RefusedInput
from parvis.territories.enums import TerritoryKind
from parvis.territories.readers import cells
from parvis.territories.readers.wish import Reading, Wish

_TOWN_HEADERS = ("insee_com", "code_insee", "insee", "codgeo", "code_commune", "com", "code")
_TOWN_NAMES = ("lib_com", "nom", "libgeo", "nom_commune", "commune", "libelle")
_EPCI_HEADERS = ("siren_epci", "epci", "code_epci", "siren")
_EPCI_NAMES = ("lib_epci", "nom_epci", "libepci", "libelle_epci", "agglomeration")
_NAME = 120
_MOST_FAULTS = 200


class _Gathering:
    """What the lines read so far say; the first line to speak of a territory gives its number."""

    def __init__(self) -> None:
        self.epcis: dict[str, Wish] = {}
        self.towns: dict[str, Wish] = {}
        self.qpvs: dict[str, tuple[int, str, list[str]]] = {}
        self.faults: list[str] = []

    def fault(self, line: int, sentence: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(f"Ligne {line} : {sentence}")

    def epci(self, line: int, code: str, name: str) -> str | None:
        """Keep an agglomération; its code, or None when the line is faulty."""
        found = cells.siren(code)
        if found is None:
            self.fault(line, f"« {code} » n'est pas un SIREN d'agglomération, il faut 9 chiffres.")
            return None
        self._keep(self.epcis, Wish(line, TerritoryKind.INTERCOMMUNALITY, found, name or None))
        return found

    def town(self, line: int, code: str, name: str, epci: str | None) -> str | None:
        """Keep a commune; its code, or None when the line is faulty."""
        found = cells.town_code(code)
        if found is None:
            self.fault(line, f"« {code} » n'est pas un code INSEE de commune, il faut 5 caractères.")
            return None
        self._keep(self.towns, Wish(line, TerritoryKind.MUNICIPALITY, found, name or None, epci))
        return found

    def _keep(self, known: dict[str, Wish], wish: Wish) -> None:
        if wish.name is not None and len(wish.name) > _NAME:
            self.fault(wish.line, f"le nom de {wish.official_code} dépasse {_NAME} caractères, raccourcissez-le.")
            return
        before = known.setdefault(wish.official_code, wish)
        if wish.name and before.name and wish.name != before.name:
            self.fault(
                wish.line,
                f"{wish.official_code} s'appelle « {wish.name} » ici et « {before.name} » ligne {before.line}.",
            )
        if wish.parent and before.parent and wish.parent != before.parent:
            self.fault(
                wish.line,
                f"{wish.official_code} est dans {wish.parent} ici et dans {before.parent} ligne {before.line}.",
            )
        if (wish.name and not before.name) or (wish.parent and not before.parent):
            known[wish.official_code] = Wish(
                before.line, wish.kind, wish.official_code, before.name or wish.name, before.parent or wish.parent
            )

    def reading(self) -> Reading:
        if self.faults:
            raise RefusedInput("Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", self.faults)
        qpvs = [
            Wish(line, TerritoryKind.NEIGHBOURHOOD, code, name, towns[0], tuple(towns[1:]))
            for code, (line, name, towns) in self.qpvs.items()
        ]
        wishes = (*self.epcis.values(), *self.towns.values(), *qpvs)
        if not wishes:
            raise RefusedInput("Ce fichier n'a que son en-tête : ajoutez les lignes de vos territoires.")
        damaged = sorted({wish.name for wish in wishes if wish.name and cells.looks_damaged(wish.name)})
        remarks = [
            f"« {name} » semble avoir perdu une lettre dans le fichier (œ peut-être) : importé tel quel."
            for name in damaged
        ]
        return Reading(wishes, tuple(remarks))


def read_table(text: str) -> Reading:
    """A table of QPVs or of communes, told by its header. Refuses everything at once, one sentence a faulty line."""
    gathering = _Gathering()
    for line, row in cells.rows(text):
        if "code_qp" in row:
            _read_qpv(gathering, line, row)
        elif _first(row, _TOWN_HEADERS) is not None and _first(row, _TOWN_NAMES) is not None:
            _read_town(gathering, line, row)
        else:
            raise RefusedInput(
                "Les colonnes de ce fichier ne sont pas reconnues : il faut « code_qp, lib_qp, insee_com, lib_com, "
                "siren_epci, lib_epci » pour des quartiers, ou « code_insee, nom, siren_epci » pour des communes."
            )
    return gathering.reading()


def _first(row: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((row[name] for name in names if name in row), None)


def _read_qpv(gathering: _Gathering, line: int, row: dict[str, str]) -> None:
    code = cells.qpv_code(row["code_qp"])
    if code is None:
        gathering.fault(line, f"« {row['code_qp']} » n'est pas un code de quartier, par exemple QN09106M.")
        return
    name = row.get("lib_qp", "")
    if not name or len(name) > _NAME:
        gathering.fault(line, f"le quartier {code} a besoin d'un nom de {_NAME} caractères au plus (colonne lib_qp).")
        return
    towns = _read_towns_of_qpv(gathering, line, row)
    if not towns:
        return
    first_line, first_name, known = gathering.qpvs.setdefault(code, (line, name, []))
    if first_name != name:
        gathering.fault(line, f"{code} s'appelle « {name} » ici et « {first_name} » ligne {first_line}.")
    known.extend(town for town in towns if town not in known)


def _read_towns_of_qpv(gathering: _Gathering, line: int, row: dict[str, str]) -> list[str]:
    codes = cells.parts(row.get("insee_com", ""))
    if not codes:
        gathering.fault(line, "il manque le code INSEE de la commune (colonne insee_com).")
        return []
    names = _as_many(row.get("lib_com", ""), len(codes))
    epci_codes = cells.parts(row.get("siren_epci", ""))
    epci_names = _as_many(row.get("lib_epci", ""), len(epci_codes))
    if names is None or epci_names is None or len(epci_codes) not in (0, 1, len(codes)):
        gathering.fault(line, "il faut autant de noms que de codes, dans le même ordre.")
        return []
    epcis = [gathering.epci(line, epci, name) for epci, name in zip(epci_codes, epci_names, strict=True)]
    found = []
    for place, (town, name) in enumerate(zip(codes, names, strict=True)):
        epci = epcis[place if len(epcis) > 1 else 0] if epcis else None
        kept = gathering.town(line, town, name, epci)
        if kept is not None:
            found.append(kept)
    return found


def _as_many(cell: str, count: int) -> list[str] | None:
    """`count` names: one keeps its commas and slashes, several are parted; None when they do not match."""
    if count <= 1:
        return [cell][:count]
    if not cell:
        return [""] * count
    names = cells.parts(cell)
    return names if len(names) == count else None


def _read_town(gathering: _Gathering, line: int, row: dict[str, str]) -> None:
    name = _first(row, _TOWN_NAMES)
    if not name:
        gathering.fault(line, "il manque le nom de la commune.")
        return
    epci_code = _first(row, _EPCI_HEADERS)
    epci = gathering.epci(line, epci_code, _first(row, _EPCI_NAMES) or "") if epci_code else None
    gathering.town(line, _first(row, _TOWN_HEADERS) or "", name, epci)
