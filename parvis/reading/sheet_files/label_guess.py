"""The field that an unknown label most likely names: by what it asks, or by the noun it begins with.

A guess is told to be checked; a label of the vocabulary wins over it.
"""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.sheet_files.model import FieldName
from parvis.reading.word_match import key_of

_MOST_WORDS: Final = 10

_ASKED: Final[tuple[tuple[FieldName, str], ...]] = (
    (
        "contact",
        r"(?:a |vers )?qui .*(?:appeler|contacter|joindre|adresser|tourner)|comment .*(?:contacter|joindre)|"
        r"(?:pour )?(?:nous|me) (?:joindre|contacter|ecrire)|.*\b(?:redigee?|remplie?|etablie?) par",
    ),
    (
        "lead",
        r"(?:nom|service|structure|organisme|association|collectivite|direction|identite|entite)\b.*"
        r"\b(?:porteu|pilote|demandeu|maitre d ouvrage)",
    ),
    ("indicators", r"ce qu(?:e l on|e| on|e nous) .*\b(?:regard|mesur|compt|suiv|suit|observ|evalu)"),
    ("title", r".*\bs appelle\b|comment .*appel|quel(?: est)?(?: le| son| votre)? (?:nom|titre)"),
    ("partners", r"avec (?:qui|quels partenaires)|qui (?:nous |vous |l |y )?(?:aide|accompagne|participe)"),
    ("funding", r"qui (?:paie|paye|finance)|(?:avec|par) quels? (?:argent|financ)|comment .*financ"),
    (
        "public",
        r"(?:pour|a|vers) qui|(?:pour|vers) quels? (?:public|habitant)|qui (?:peut|vient|viendra|participera)|"
        r"qui (?:est|sont|sera|seront|serait|seraient) (?:concern|invit|vis|accueilli|destin)|"
        r"quels? (?:public|habitant|beneficiaire)|"
        r"combien de (?:personne|participant|habitant|jeune|enfant|famille|femme)",
    ),
    ("lead", r"(?:par )?qui\b"),
    ("territories", r"ou\b|a quel endroit|(?:dans|sur) quels? (?:quartier|lieu|territoire|ville|commune|endroit)"),
    (
        "since",
        r"(?:depuis |jusqu a |a partir de |pour )?quand\b|a quel moment|(?:depuis |pendant |pour )?combien de temps|"
        r"(?:a )?quelles? (?:date|periode|duree|saison)",
    ),
    ("budget", r"combien\b|ce que (?:ca|cela|l action|le projet) cout|quel (?:budget|cout|est le (?:budget|cout))"),
    (
        "indicators",
        r"(?:comment|a quoi|qu est ce qui) .*(?:saur|savoir|savez|verr|voir\b|voit|mesur|evalu|reussi|marche\b)",
    ),
    (
        "text",
        r"(?:a |de |par )?quels? (?:besoin|probleme|objectif|constat|changement|effet)|"
        r".* a quels? (?:besoin|probleme|objectif)",
    ),
    (
        "text",
        r"quoi\b|c est quoi|(?:a|de|en) quoi|qu\b|que\b|comment\b|pourquoi\b|quelles? est (?:l|votre) (?:idee|action)",
    ),
)
_QUESTIONS: Final = tuple((name, re.compile(pattern)) for name, pattern in _ASKED)
_NOUNS: Final[dict[FieldName, str]] = {
    "title": "intitule titre",
    "summary": "resume synthese",
    "lead": "porteur porteuse pilote pilotage",
    "partners": "partenaire partenariat copilote",
    "themes": "thematique theme axe pilier volet",
    "territories": "territoire quartier qpv perimetre localisation",
    "public": "public beneficiaire population destinataire",
    "since": "calendrier periode duree echeancier planning",
    "budget": "budget cout",
    "funding": "financement financeur cofinancement cofinanceur subvention",
    "indicators": "indicateur evaluation",
    "text": "description descriptif presentation deroulement contenu objectif contexte constat diagnostic besoin"
    " modalite demarche methode enjeu finalite effet",
    "contact": "contact referent referente coordonnee correspondant interlocuteur telephone courriel",
}  # fmt: skip
_MEASURED: Final = ("evalu", "indicateur")
_BY_NOUN: Final[dict[str, FieldName]] = {noun: name for name, nouns in _NOUNS.items() for noun in nouns.split()}


def guessed_field(label: str) -> FieldName | None:
    """The field that a label most likely names, None when nothing tells it.

    >>> guessed_field("Qui s’en charge ?"), guessed_field("Axe de la cité éducative"), guessed_field("Avancement")
    ('lead', 'themes', None)
    """
    words = key_of(re.sub(r"\([^)]*\)?", "", label)).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    asked = " ".join(words)
    for name, question in _QUESTIONS:
        if question.match(asked):
            return name
    noun = words[0]
    named = _BY_NOUN.get(noun) or _BY_NOUN.get(noun.rstrip("sx"))
    return named or ("indicators" if any(word.startswith(_MEASURED) for word in words) else None)
