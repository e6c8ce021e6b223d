"""The type of an organisation, from the words agents use for it: those of a column of types, else those of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final

from parvis.core.text import fold
from parvis.people.enums import OrganisationType as Type

_Words = tuple[tuple[Type, tuple[str, ...]], ...]

_SPECIFIC: Final[_Words] = (
    (Type.PREFECTURE, ("prefecture", "sous prefecture", "delegue du prefet", "sous prefet", "anct", "ddt", "drac",
                       "drajes", "secretariat general pour les affaires regionales")),
    (Type.DDETS, ("ddets", "drieets", "dreets", "ddcs", "direccte", "ddetspp", "direction departementale de l emploi")),
    (Type.ARS, ("ars", "agence regionale de sante")),
    (Type.EDUCATION, ("education nationale", "rectorat", "inspection academique", "dsden", "academie",
                      "region academique")),
    (Type.JUSTICE_POLICE, ("justice", "police nationale", "commissariat", "gendarmerie", "dipn", "ddsp", "parquet",
                           "tribunal", "pjj", "spip", "service penitentiaire", "cdad",
                           "protection judiciaire de la jeunesse",
                           "maison de la justice et du droit")),
    (Type.REGION, ("conseil regional",)),
    (Type.DEPARTEMENT, ("conseil departemental", "conseil general", "service departemental", "maison des solidarites")),
    (Type.CCAS, ("ccas", "cias", "centre communal d action sociale", "centre intercommunal d action sociale")),
    (Type.MUNICIPAL_SERVICE, ("service municipal", "service communal", "service de la ville", "service de la mairie",
                              "police municipale",
                              "mediatheque")),
    (Type.INTERCOMMUNALITY, ("epci", "communaute d agglomeration", "communaute de communes", "communaute urbaine",
                             "etablissement public territorial")),
    (Type.CAF, ("caf", "caisse d allocations familiales")),
    (Type.CPAM, ("cpam", "assurance maladie", "securite sociale", "msa", "mutualite sociale agricole")),
    (Type.PREVENTION, ("prevention specialisee", "club de prevention", "educateur de rue")),
    (Type.LANDLORD, ("bailleur", "oph", "opac", "esh", "hlm", "office public de l habitat",
                     "cdc habitat", "immobiliere 3f", "adoma", "action logement", "icf habitat", "vilogia", "batigere",
                     "podeliha", "clesence", "noalis", "domofrance", "partenord", "polylogis", "seqens", "neolia",
                     "promologis", "vivest")),
    (Type.FRANCE_TRAVAIL, ("france travail", "pole emploi", "cap emploi")),
    (Type.MISSION_LOCALE, ("mission locale", "plie", "maison de l emploi", "mlej")),
    (Type.BANQUE_DES_TERRITOIRES, ("banque des territoires", "caisse des depots")),
    (Type.CHAMBER, ("chambre consulaire", "chambre de commerce", "chambre de metiers", "chambre des metiers",
                    "chambre d agriculture", "cci", "cma")),
    (Type.CITIZENS_COUNCIL, ("conseil citoyen", "table de quartier", "conseil de quartier")),
    (Type.CENTRE_SOCIAL, ("centre social", "centre socioculturel", "centre socio culturel", "espace de vie sociale",
                          "espace social", "mjc", "maison de quartier", "maison pour tous", "csc")),
    (Type.ASSOCIATION, ("association", "asso", "associatif", "associative", "collectif", "amicale", "federation",
                        "club", "ligue", "udaf",
                        "cidff", "fcpe", "cnl", "clcv", "afev", "unis cite", "secours populaire", "secours catholique",
                        "resto du coeur", "restaurant du coeur", "croix rouge", "emmaus", "planning familial",
                        "atd quart monde", "compagnons batisseurs", "francas", "compagnie theatrale",
                        "compagnie du theatre", "petit debrouillard", "parent d eleve")),
    (Type.COMPANY, ("entreprise", "scop", "siae", "club d entreprises", "sas", "sarl", "eurl", "sasu", "keolis",
                    "transdev", "ratp", "sncf")),
)  # fmt: skip
"""Words that tell a type wherever they stand."""
_BROAD: Final[_Words] = (
    (Type.PREFECTURE, ("etat", "service de l etat")),
    (Type.EDUCATION, ("college", "lycee", "ecole", "education")),
    (Type.JUSTICE_POLICE, ("police",)),
    (Type.REGION, ("region",)),
    (Type.DEPARTEMENT, ("departement",)),
    (Type.INTERCOMMUNALITY, ("agglomeration", "agglo", "communaute", "metropole", "intercommunalite")),
    (Type.INTERCOMMUNALITY, ("ca", "cc", "cu")),
    (Type.MUNICIPAL_SERVICE, ("service",)),
    (Type.MUNICIPALITY, ("commune", "mairie", "ville", "municipalite")),
    (Type.PREVENTION, ("prevention",)),
    (Type.LANDLORD, ("bailleur social", "logement social")),
    (Type.COMPANY, ("societe",)),
    (Type.OTHER, ("societe civile",)),
)
"""Words of places and fields: they tell the type of a name only where it begins by them (« Les amis de la ville »)."""
_LAST_WORDS: Final[_Words] = (
    (Type.LANDLORD, ("habitat",)),
    (Type.INTERCOMMUNALITY, ("agglomeration", "agglo", "communaute", "metropole")),
)


class Cue(IntEnum):
    """What tells the type of an organisation, the least sure first."""

    NOTHING = 0
    PART = 1
    """The title under which it stands: « Bailleurs »."""
    BROAD_WORD = 2
    """A word of its name that others bear too: « Ville », « École », « Habitat »."""
    NAME = 3
    COLUMN = 4


_ARTICLES: Final = frozenset({"la", "le", "les", "l", "un", "une"})
_SHORTEST_PLURAL: Final = 5


def type_from_words(words: str) -> Type | None:
    """The type that a cell of types names: its own label, else the first of its words that tell one."""
    key = _key(words)
    for kind in Type:
        if key in (_key(kind.label), _key(kind.value)):
            return kind
    return _earliest(key, _SPECIFIC) or _earliest(key, _BROAD)


def type_from_name(name: str) -> Type | None:
    """The type that the name of an organisation tells.

    >>> [str(type_from_name(name)) for name in ("Mission locale de la ville", "Ville de Lisandre", "Amis de la ville")]
    ['mission_locale', 'municipality', 'None']
    """
    key = _key(name)
    first, _, rest = key.partition(" ")
    start = rest if first in _ARTICLES else key
    begun = next((kind for place, _, kind in sorted(_places(start, _BROAD)) if place == 0), None)
    return _earliest(key, _SPECIFIC) or begun or _from_last_word(key)


def _from_last_word(key: str) -> Type | None:
    """« Val d'Exemple Habitat », « Val d'Exemple Agglomération »."""
    return next((kind for kind, words in _LAST_WORDS if key.rpartition(" ")[2] in words and " " in key), None)


def guess_type(name: str, part: str = "") -> tuple[Type | None, Cue]:
    """The type of an organisation of this name, that stands under this title, and what tells it.

    >>> guess_type("CAF de Lisandre")[1].name, guess_type("Ville de Lisandre")[1].name
    ('NAME', 'BROAD_WORD')
    >>> guess_type("Jeunes Pousses"), [str(kind) for kind in guess_type("Jeunes Pousses", "ASSOCIATIONS")]
    ((None, <Cue.NOTHING: 0>), ['association', '1'])
    """
    kind = type_from_name(name)
    if kind is not None:
        return kind, Cue.NAME if _earliest(_key(name), _SPECIFIC) else Cue.BROAD_WORD
    under = type_from_words(part)
    return under, Cue.NOTHING if under is None else Cue.PART


def _earliest(key: str, words: _Words) -> Type | None:
    return next((kind for _, _, kind in sorted(_places(key, words))), None)


def _places(key: str, words: _Words) -> Iterator[tuple[int, int, Type]]:
    """Where each type is named: the earliest first when sorted, then the longest name."""
    padded = f" {key} "
    for kind, names in words:
        for name in names:
            place = padded.find(f" {_singular(name.split())} ")
            if place >= 0:
                yield place, -len(name), kind


def _key(words: str) -> str:
    return _singular(fold(words).split())


def _singular(words: Iterable[str]) -> str:
    return " ".join(word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word for word in words)
