"""What an invented room says, for a rehearsal: notes as partners write them, by family; some organisations."""

from __future__ import annotations

from typing import Final

from parvis.consultations.enums import Kind

NOTES: Final[dict[str, tuple[tuple[Kind, str], ...]]] = {
    "Se déplacer": (
        (Kind.CHALLENGE, "Le dernier bus part à 19 h 30 : impossible de rentrer d'une formation du soir."),
        (Kind.CHALLENGE, "Le permis coûte trop cher pour un premier emploi."),
        (Kind.STRENGTH, "Le garage solidaire répare à petit prix."),
        (Kind.PROPOSAL, "Une navette à la demande le soir, partagée entre les deux communes."),
        (Kind.PROPOSAL, "Prêter des vélos électriques le temps d'une période d'essai."),
    ),
    "Savoir ce qui existe": (
        (Kind.CHALLENGE, "Les habitants ne savent pas à qui s'adresser, et nous non plus."),
        (Kind.CHALLENGE, "Chaque structure a son dépliant : personne ne les lit."),
        (Kind.STRENGTH, "Les gardiens d'immeuble connaissent tout le monde."),
        (Kind.STRENGTH, "Le marché du samedi : on y rencontre ceux qu'on ne voit nulle part."),
        (Kind.PROPOSAL, "Un annuaire commun, tenu à jour, avec des noms et des horaires."),
    ),
    "Aller vers": (
        (Kind.CHALLENGE, "Nos permanences ferment à 17 h, quand les gens sortent du travail."),
        (Kind.STRENGTH, "Le bus itinérant est attendu chaque semaine."),
        (Kind.STRENGTH, "Les médiatrices parlent six langues."),
        (Kind.PROPOSAL, "Tenir une permanence commune en pied d'immeuble, un soir par mois."),
        (Kind.PROPOSAL, "Former des habitants relais, et les payer."),
    ),
    "Travailler ensemble": (
        (Kind.CHALLENGE, "Trois réunions sur le même sujet la même semaine."),
        (Kind.CHALLENGE, "Quand une collègue part, le réseau part avec elle."),
        (Kind.STRENGTH, "On se connaît, on s'appelle : les situations urgentes avancent."),
        (Kind.PROPOSAL, "Une réunion par trimestre, préparée, avec un relevé d'une page."),
        (Kind.PROPOSAL, "Se visiter : une demi-journée chez chaque partenaire dans l'année."),
    ),
}
"""Family → its notes."""

FROM_PHONES: Final[tuple[tuple[Kind, str], ...]] = (
    (Kind.CHALLENGE, "Trop de démarches en ligne, pas assez de gens pour aider."),
    (Kind.PROPOSAL, "Ouvrir le gymnase le dimanche."),
    (Kind.STRENGTH, "Les associations ont les clés de la maison de quartier."),
    (Kind.CHALLENGE, "Les jeunes de 16 à 18 ans ne vont nulle part."),
)

ORGANISATIONS: Final = ("CAF", "France Travail", "Mission locale", "CCAS", "Bailleur social", "Centre social")
