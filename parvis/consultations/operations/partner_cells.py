"""One row of a table of partners, under the titles that agents give its columns: a person, an address, a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from parvis.core.text import fold
from parvis.french.salutations import split_civility
from parvis.people.eaten_numbers import restore_phone, restore_postcode
from parvis.reading.spreadsheets import Grid, GridRow, Mapped

COLUMNS: Final = {
    "organisation": ("Organisme", "Structure", "Nom de l'organisme", "Nom de la structure", "Partenaire",
                     "Nom du partenaire", "Institution", "Organisation", "Organisme partenaire",
                     "Nom de l'organisme partenaire", "Structure partenaire", "Nom de l'organisation", "Employeur"),
    "type": ("Type", "Catégorie", "Type d'organisme", "Type de structure", "Type de partenaire", "Nature"),
    "siret": ("SIRET", "N° SIRET", "Numéro SIRET"),
    "civility": ("Civilité", "Civ", "Mme / M.", "M. / Mme", "Mme ou M.", "Titre de civilité"),
    "first_name": ("Prénom", "Prénom du contact", "Prénom du représentant", "Prénom du référent"),
    "last_name": ("Nom", "Nom de famille", "Nom du contact", "Nom d'usage", "Nom du représentant",
                  "Nom du référent"),
    "name": ("Contact", "Interlocuteur", "Nom prénom", "Prénom nom", "Nom et prénom", "Prénom et nom",
             "Personne contact", "Personne à contacter", "Correspondant"),
    "position": ("Fonction", "Poste", "Qualité", "Fonction du contact", "Intitulé du poste", "Titre", "Rôle",
                 "Fonction au sein de l'organisme", "Fonction dans l'organisme", "Fonction dans la structure"),
    "email": ("Courriel", "E-mail", "Mail", "Adresse mail", "Adresse e-mail", "Adresse électronique",
              "Courriel du contact", "Mail du contact", "Adresse courriel", "Messagerie", "Adresse de messagerie",
              "E-mail professionnel"),
    "phone": ("Téléphone", "Tél", "Numéro de téléphone", "N° de téléphone", "Téléphone fixe", "Tél fixe", "Fixe",
              "Ligne directe", "Téléphone du contact"),
    "mobile": ("Portable", "Mobile", "Téléphone portable", "Téléphone mobile", "Tél portable", "Tél mobile"),
    "address": ("Adresse postale", "Adresse", "Rue", "Voie"),
    "postcode": ("Code postal", "CP"),
    "town": ("Commune", "Ville"),
    "referent": ("Référent", "Référent de l'organisme", "Est référent"),
    "themes": ("Thématiques", "Thèmes", "Thématique", "Thème"),
    "territories": ("Territoires", "QPV", "Quartiers", "Périmètre", "Territoire", "Quartier prioritaire",
                    "Commune d'intervention", "Commune concernée", "Territoire d'intervention",
                    "Périmètre d'intervention"),
    "college": ("Collège",),
    "reason": ("Raison", "À corriger"),
}  # fmt: skip
"""The last is written in files that are taken away, and not read; a college tells a type that nothing else does."""
YES: Final = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes"})
_NO: Final = frozenset({"", "non", "n", "0", "faux", "false", "no"})
_KEEP_LINES: Final = ("themes", "territories", "address", "phone", "mobile")
_MAY_BE_NOTHING: Final = ("email", "phone", "mobile", "siret", "postcode", "position")
_NOTHING: Final = re.compile(
    r"|neant|aucune?|sans|n ?c|n ?a|inconnue?|non (?:communiquee?|renseignee?|connue?)|pas (?:de|d) .*|sans (?:e )?mail"
)
"""What is written where there is nothing to write; a dash or a dot folds to nothing."""
_SPACES: Final = re.compile(r"\s+")


def read_cells(grid: Grid, mapped: Mapped, row: GridRow) -> tuple[dict[str, str], list[str]]:
    """What a row says, by field, its person, address and telephone put together; and what is wrong with its numbers."""
    cells = {name: _SPACES.sub(" ", mapped.value(row, name)).strip() for name in COLUMNS}
    cells |= {name: mapped.value(row, name).strip() for name in _KEEP_LINES}
    cells |= {name: "" for name in _MAY_BE_NOTHING if _NOTHING.fullmatch(fold(cells[name]))}
    if "town" in mapped.columns and "communes" in fold(grid.header[mapped.columns["town"]]):
        # « Communes », several: where the partner works, and no longer where it is written to.
        cells["territories"] = cells["territories"] or cells["town"]
        cells["town"] = ""
    if fold(cells["referent"]) not in YES | _NO and not any(cells[name] for name in ("name", "last_name")):
        cells["name"], cells["referent"] = cells["referent"], ""  # the column names her, instead of saying yes
    phone, phone_fault = restore_phone("\n".join(filter(None, (cells["phone"], cells["mobile"]))))
    postcode, postcode_fault = restore_postcode(cells["postcode"])
    place = f"{postcode} {cells['town']}".strip()
    address = cells["address"] if fold(place) in fold(cells["address"]) else f"{cells['address']}\n{place}".strip()
    cells |= {"name": full_name(cells), "phone": phone, "street": cells["address"], "address": address}
    return cells, [fault for fault in (phone_fault, postcode_fault) if fault]


def full_name(cells: Mapping[str, str]) -> str:
    """« Mme Awa Diop », whether the table gives it in one cell or in three. Nothing when it gives a civility only."""
    first, last = cells["first_name"], cells["last_name"]
    known = cells["name"] if not (first and last) else ""  # the whole name, in its own column
    if known:
        name = known if set(fold(first).split()) <= set(fold(known).split()) else f"{first} {known}"
    else:
        name = f"{first} {last}".strip()
    civility = "" if split_civility(name)[0] else cells["civility"]
    return f"{civility} {name}".strip() if name else ""


def name_key(name: str) -> str:
    """A name as two tables may write it: without its civility, its first name before or after.

    >>> name_key("Mme DIOP Awa") == name_key("Awa Diop")
    True
    """
    return " ".join(sorted(fold(split_civility(name)[1]).split()))
