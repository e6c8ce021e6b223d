"""Who pays for an action: the names that tell it, alone above a column of amounts or beside one."""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.word_match import key_of, words_of


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE: Final = _set(
    """
    part dont subv sub montant subvention financement aide apport participation contribution credit credits dotation
    cofinancement demande demandee accorde accordee sollicite sollicitee obtenu acquis verse de du des d l la
    le les a au aux
    """
)
"""Words that may come before the name: « Part de la Ville », « Montant demandé à la CAF »."""
_NAMES: Final = _set(
    """
    etat ville villes commune communes mairie caf msa region departement cd agglo agglomeration communaute
    epci cc ca metropole intercommunalite interco anct acse cget anru ars drac drajes ddets dreets ddcs fipd
    dsil dpv detr fse feder europe cpam carsat fondation mecenat bailleur bailleurs tfpb abattement
    autofinancement autre autres bop p147 147 pdv ccas prefecture cdc usagers familles adhesions cotisations
    participants fph sponsors dons prestations ademe
    """
)
_PHRASES: Final = (
    "conseil departemental", "conseil regional", "conseil general", "union europeenne", "fonds propres",
    "fonds europeens", "fonds social europeen", "politique de la ville", "contrat de ville", "droit commun",
    "cite educative", "banque des territoires", "france travail", "pole emploi",
)  # fmt: skip
_MOST_WORDS: Final = 8


_SHARE_OF: Final = re.compile(
    r"^(?:dont|parts?|subventions?|montant|financements?)\s+(?:de\s+la\s|de\s+l['’]|de\s|du\s|d['’])?(?=\S)",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"\s*\((?:en\s)?(?:k\s?)?(?:€|euros?)\)$", re.IGNORECASE)


def payer_of(label: str) -> str:
    """The name alone of who pays, where a label names one; else the label, without its unit.

    >>> payer_of("Subvention Etat (€)"), payer_of("Part de l’agglomération"), payer_of("Part variable")
    ('Etat', 'agglomération', 'Part variable')
    """
    label = _UNIT.sub("", label)
    name = _SHARE_OF.sub("", label)
    return name if set(words_of(name)[:1]) & _NAMES else label


def names_payer(label: str) -> bool:
    """Whether a label names a body that pays, and not what it is.

    >>> names_payer("Etat (P147)"), names_payer("Dont Ville"), names_payer("Effectif")
    (True, True, False)
    """
    words = words_of(label)
    if len(words) > _MOST_WORDS:
        return False
    rank = next((rank for rank, word in enumerate(words) if word not in _BEFORE), len(words))
    name = words[rank:]
    return bool(name) and (name[0] in _NAMES or key_of(" ".join(name)).startswith(_PHRASES))
