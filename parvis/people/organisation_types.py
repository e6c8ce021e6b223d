"""The type of an organisation, from the words agents use for it."""

from __future__ import annotations

from typing import Final

from parvis.core.text import fold
from parvis.people.enums import OrganisationType as Type

_WORDS: Final[tuple[tuple[Type, tuple[str, ...]], ...]] = (
    (Type.PREFECTURE, ("prefecture", "sous prefecture", "delegue du prefet", "etat", "anct", "ddt", "drac")),
    (Type.DDETS, ("ddets", "drieets", "dreets", "ddcs", "direccte")),
    (Type.ARS, ("ars", "agence regionale de sante")),
    (Type.EDUCATION, ("education nationale", "rectorat", "inspection academique", "college", "lycee", "ecole")),
    (Type.JUSTICE_POLICE, ("justice", "police", "gendarmerie", "parquet", "tribunal", "pjj", "spip", "cdad")),
    (Type.REGION, ("region", "conseil regional")),
    (Type.DEPARTEMENT, ("departement", "conseil departemental")),
    (Type.CCAS, ("ccas", "cias", "centre communal d action sociale")),
    (Type.MUNICIPAL_SERVICE, ("service municipal", "service communal", "service de la ville", "mediatheque")),
    (Type.INTERCOMMUNALITY, ("epci", "agglomeration", "communaute", "metropole", "intercommunalite")),
    (Type.MUNICIPALITY, ("commune", "mairie", "ville", "municipalite")),
    (Type.CAF, ("caf", "caisse d allocations familiales")),
    (Type.CPAM, ("cpam", "assurance maladie")),
    (Type.PREVENTION, ("prevention specialisee", "prevention", "educateurs de rue")),
    (Type.LANDLORD, ("bailleur", "oph", "esh", "hlm", "office public de l habitat")),
    (Type.FRANCE_TRAVAIL, ("france travail", "pole emploi", "cap emploi")),
    (Type.MISSION_LOCALE, ("mission locale", "plie")),
    (Type.CENTRE_SOCIAL, ("centre social", "espace de vie sociale", "mjc", "maison de quartier")),
    (Type.ASSOCIATION, ("association", "asso", "collectif", "conseil citoyen")),
    (Type.COMPANY, ("entreprise", "societe", "scop", "siae", "club d entreprises")),
)  # fmt: skip


def type_from_words(words: str) -> Type | None:
    """The type that `words` name: its own label, else the first whose words are among them. None when none is."""
    key = fold(words)
    for kind in Type:
        if key in (fold(kind.label), fold(kind.value)):
            return kind
    padded = f" {key} "
    return next((kind for kind, names in _WORDS if any(f" {name} " in padded or f" {name}s " in padded
                                                       for name in names)), None)  # fmt: skip
