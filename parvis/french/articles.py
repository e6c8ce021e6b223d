"""The article a body takes in a sentence: « la Ville de Lisandre », « le CCAS », « Plaine Commune » takes none."""

from __future__ import annotations

import re
from typing import Final

_FEMININE: Final = frozenset(
    {
        *("agence", "agglomération", "association", "banque", "caf", "caisse", "carsat", "chambre", "collectivité"),
        *("commune", "communauté", "coordination", "cpam", "croix-rouge", "ddets", "ddt", "délégation", "direction"),
        *("dreets", "fédération", "fondation", "école", "équipe", "intercommunalité", "mairie", "maison", "métropole"),
        *("mission", "msa", "police", "préfecture", "protection", "régie", "région", "société", "sous-préfecture"),
        *("unité", "ville"),
    }
)
_MASCULINE: Final = frozenset(
    {
        *("bailleur", "bureau", "cabinet", "ccas", "centre", "cias", "club", "collectif", "collège", "comité"),
        *("conseil", "département", "dispositif", "établissement", "foyer", "groupe", "groupement", "hôpital"),
        *("institut", "lycée", "ministère", "office", "parquet", "point", "pôle", "rectorat", "relais", "réseau"),
        *("secrétariat", "secours", "service", "syndicat", "territoire", "tribunal"),
    }
)
_VOWEL: Final = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]|hôpital", re.IGNORECASE)
_ITS_OWN: Final = re.compile(r"(les|le|la|l['’])\s*(?=\S)", re.IGNORECASE)
_CONTRACTED: Final = {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux "}


def with_article(name: str) -> str:
    """« la Ville de Lisandre », « l'Association des habitants »; a proper name, or one that has its article, as it is.

    An article that begins the name loses its capital: « Le Grand Lisandre » is « le Grand Lisandre ».
    """
    own = _ITS_OWN.match(name)
    if own and (own[0] != own[1] or own[1][-1] in "'’"):
        return name[0].lower() + name[1:]
    first = name.split(" ", 1)[0].casefold()
    if first not in _FEMININE | _MASCULINE:
        return name
    # « la CAF », « la CPAM » are read letter by letter or as words that begin with a consonant.
    if elides(first):
        return f"l'{name}"
    return f"{'la' if first in _FEMININE else 'le'} {name}"


def after(preposition: str, name: str) -> str:
    """« par la Ville », « du Service », « à l'Association », « d'Orée Métropole »; `preposition`: de, à, par…"""
    phrase = f"{preposition} {with_article(name)}"
    for written, contracted in _CONTRACTED.items():
        if phrase.startswith(written):
            return contracted + phrase[len(written) :]
    if phrase == f"de {name}" and elides(name):
        return f"d'{name}"
    return phrase


def elides(word: str) -> bool:
    """Whether « le » or « de » loses its vowel before it; most names that begin with an h keep it (HLM)."""
    return bool(_VOWEL.match(word))


def opening(name: str) -> str:
    """The same at the beginning of a sentence: « La Ville de Lisandre », « L'Association »."""
    return capital(with_article(name))


def capital(name: str) -> str:
    """The name as a line of its own: « la communauté » begins with a capital, the rest is as written."""
    return name[:1].upper() + name[1:]
