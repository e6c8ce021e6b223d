"""How a letter addresses someone: by her function where custom wants it, else by civility and name.

« Monsieur le Préfet », « Madame la Maire », « Madame Durand », « Bonjour Anne Durand », « Madame, Monsieur ».
"""

from __future__ import annotations

import re
from typing import Final

from parvis.french.articles import elides

MADAME: Final = "Madame"
MONSIEUR: Final = "Monsieur"
TO_ANYONE: Final = "Madame, Monsieur"

_CIVILITIES: Final = {
    "madame": MADAME, "mme": MADAME, "melle": MADAME, "mlle": MADAME, "mademoiselle": MADAME,
    "monsieur": MONSIEUR, "m": MONSIEUR, "mr": MONSIEUR,
}  # fmt: skip
_FUNCTIONS: Final = (
    ("préfet", "préfète"), ("sous-préfet", "sous-préfète"), ("maire", "maire"), ("président", "présidente"),
    ("vice-président", "vice-présidente"), ("directeur", "directrice"), ("sous-directeur", "sous-directrice"),
    ("recteur", "rectrice"), ("inspecteur d'académie", "inspectrice d'académie"), ("procureur", "procureure"),
    ("commissaire", "commissaire"), ("principal", "principale"), ("proviseur", "proviseure"),
    ("député", "députée"), ("sénateur", "sénatrice"), ("ministre", "ministre"),
    ("délégué du préfet", "déléguée du préfet"), ("secrétaire général", "secrétaire générale"),
    ("adjoint au maire", "adjointe au maire"), ("conseiller municipal", "conseillère municipale"),
    ("conseiller départemental", "conseillère départementale"), ("conseiller régional", "conseillère régionale"),
)  # fmt: skip
"""Functions by which custom addresses, masculine and feminine; the longest that begins a title is the one."""
_RANKS: Final = (("général", "générale"), ("adjoint", "adjointe"), ("délégué", "déléguée"))
"""What follows a function and belongs to its address: « Directrice générale adjointe »."""
_ARTICLE: Final = re.compile(r"(?:l['’]|(?:le|la)\s+)", re.IGNORECASE)
_INCLUSIVE: Final = re.compile(r"(?<=\w)(?:[·.‧]e\b|\(e\)|[·.‧]rice\b|/\w+)", re.IGNORECASE)


def salutation(name: str, position: str = "") -> str:
    """The first line of a letter, without its comma. `name` may begin by a civility, `position` by « Madame la ».

    A directory that knows no names writes functions in their place.
    """
    civility, bare_name = split_civility(name)
    of_position, title = split_civility(position or ("" if civility else name))
    function = _address_of(title, civility or of_position)
    if function:
        return function
    if civility:
        return f"{civility} {_family_name(bare_name)}".strip()
    return f"Bonjour {bare_name}" if bare_name else TO_ANYONE


def split_civility(text: str) -> tuple[str, str]:
    """« Mme Anne Durand » → Madame, « Anne Durand »; what names both or none leaves the text as it is."""
    words = text.split()
    civility = _CIVILITIES.get(words[0].rstrip(".").lower(), "") if words else ""
    return civility, " ".join(words[1:] if civility else words)


def _address_of(title: str, civility: str) -> str:
    """« Monsieur le Préfet », nothing when custom does not address by this title, or when nobody knows which form.

    A title written for both (« préfet·e ») tells no civility: that of the name, or none.
    """
    plain = _INCLUSIVE.sub("", title)
    for_both = plain != title
    spoken = " ".join(_ARTICLE.sub("", plain, count=1).split() if _ARTICLE.match(plain) else plain.split())
    key = spoken.replace("’", "'").lower()
    match = max(
        ((forms, form) for forms in _FUNCTIONS for form in forms if re.match(rf"{re.escape(form)}\b", key)),
        key=lambda pair: len(pair[1]), default=None,
    )  # fmt: skip
    if match is None:
        return ""
    forms, written = match
    if not civility and not for_both and forms[0] != forms[1]:
        civility = MADAME if written == forms[1] else MONSIEUR
    if not civility:
        return TO_ANYONE
    feminine = civility == MADAME
    words = [forms[feminine]]
    for word in key[len(written) :].split():
        rank = next((rank for rank in _RANKS if word in rank), None)
        if rank is None:
            break
        words.append(rank[feminine])
    address = " ".join(words)
    article = "l'" if elides(address) else "la " if feminine else "le "
    return f"{civility} {article}{address[0].upper()}{address[1:]}"


def _family_name(name: str) -> str:
    """« Anne Durand » → « Durand », « Anne de La Tour » → « de La Tour »; a name in capitals is told by them."""
    words = name.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals:
        return " ".join(capitals)
    return " ".join(words[1:]) if len(words) > 1 else name
