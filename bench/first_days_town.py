"""An agglomeration as an agent's spreadsheets tell it: 25 partners and 14 actions. Every name is invented."""

from __future__ import annotations

import csv
import io
from pathlib import Path

EPCI = "paris-saclay"
AGENT = ("claire.aubrun@agglo.example", "Claire Aubrun")
COLLEAGUE = ("hugo.lestrade@agglo.example", "Hugo Lestrade")
TITLE = "Contrat de ville 2027-2030"
INTRODUCTION = (
    "L'agglomération prépare son prochain contrat de ville avec celles et ceux qui agissent dans ses quartiers "
    "prioritaires. Elle demande d'abord aux partenaires ce qu'ils pensent des actions menées depuis trois ans."
)
INVITATION = """{salutation},

{La_collectivite} prépare son prochain contrat de ville. Avant d'écrire quoi que ce soit, nous souhaitons savoir ce \
que vous pensez de quatorze actions menées dans nos quartiers.

Comptez dix minutes. « Je ne connais pas » est une réponse utile. Vous pouvez répondre {date_limite} :
{lien}

Qui verra votre nom ?
{qui_voit_mon_nom}

Je reste à votre disposition.

{signature}
"""
REPLY = (
    "Merci de ces avis. Nous tiendrons deux permanences de plus par mois à la rentrée, dont une le samedi, et nous "
    "irons présenter l'action aux équipes qui ne la connaissent pas encore."
)
_PARTNERS = """
Préfecture de l'Essonne|Préfecture|Anne Valmer|Préfète déléguée
DDETS de l'Essonne|DDETS|Bruno Hasquet|Chef de service
ARS, délégation de l'Essonne|ARS|Carole Imbrenne|Chargée de mission
Région|Région|David Quessard|Chargé de mission
Département|Département|Élise Tormont|Directrice de l'insertion
Ville de Massy|Commune|Fabien Roncourt|Directeur de la cohésion
Ville des Ulis|Commune|Gaëlle Nautier|Maire
Ville de Longjumeau|Commune|Hervé Landois|Chef de projet
CCAS de Massy|CCAS|Inès Pallandre|Directrice
CCAS des Ulis|CCAS|Joël Camberlin|Directeur
CAF de l'Essonne|CAF|Karine Doussart|Conseillère technique
CPAM de l'Essonne|CPAM|Luc Verneret|Responsable prévention
Habitat des Deux Vallées|Bailleur social|Maud Erquelin|Responsable de secteur
Logis du Plateau|Bailleur social|Nicolas Brévin|Directeur d'agence
France Travail Massy|France Travail|Odile Sarrasset|Directrice d'agence
Mission locale des Vallées|Mission locale|Paul Guérancy|Directeur
Collège Blaise|Éducation nationale|Quitterie Hamblain|Principale
Commissariat de Massy|Justice, police|Rémi Jolivard|Délégué à la cohésion
Prévention Plateau|Prévention spécialisée|Sonia Batelier|Cheffe de service
Les Jardins partagés|Association|Thomas Vignerel|Coordinateur
Lire ensemble|Association|Ursule Mondory|Présidente
Femmes du Mail|Association|Violette Carmin|Directrice
Sport pour tous|Association|Wilfried Danjon|Éducateur
Centre social du Port|Centre social|Xavière Louvel|Directrice
Régie des quartiers|Entreprise|Yann Pétrus|Directeur
"""
_SHEETS = """
Accompagner vers l'emploi les habitants des quartiers|Emploi|Mission locale des Vallées|France Travail Massy|48 000
Le chantier d'insertion des espaces verts|Emploi|Régie des quartiers|Département|120 000
Le forum des métiers|Emploi|France Travail Massy|Région|9 500
Le point d'accès au droit|Accès au droit|CCAS de Massy|Préfecture de l'Essonne|31 000
Aider aux démarches en ligne|Numérique|Femmes du Mail|CAF de l'Essonne|22 000
Le programme de réussite éducative|Éducation|Ville de Massy|Préfecture de l'Essonne|160 000
Les ateliers de lecture du mercredi|Éducation|Lire ensemble|CAF de l'Essonne|14 000
L'accueil des collégiens exclus|Éducation|Collège Blaise|Département|18 500
L'atelier santé ville|Santé|Ville des Ulis|ARS, délégation de l'Essonne|40 000
Bouger après soixante ans|Santé|Sport pour tous|CPAM de l'Essonne|7 800
Embellir les pieds d'immeuble|Cadre de vie|Habitat des Deux Vallées|Ville de Massy|65 000
Les jardins partagés du Mail|Cadre de vie|Les Jardins partagés|Logis du Plateau|12 000
Les médiateurs de soirée|Sécurité|Prévention Plateau|Commissariat de Massy|90 000
Les cafés des parents|Parentalité|Centre social du Port|CAF de l'Essonne|11 000
"""


def partners() -> list[list[str]]:
    """Organisation, type, name, function, address: a row for each."""
    rows = []
    for number, line in enumerate(_PARTNERS.strip().splitlines()):
        rows.append([*line.split("|"), f"contact{number:02}@partenaire.example"])
    return rows


def sheets() -> list[list[str]]:
    """Title, theme, lead, funder and budget of each action."""
    return [line.split("|") for line in _SHEETS.strip().splitlines()]


def partners_table(folder: Path) -> Path:
    """The directory as she keeps it, one person a row."""
    rows = [[*row, f"01 69 00 00 {rank:02}", "oui"] for rank, row in enumerate(partners())]
    return _table(
        folder / "partenaires.csv",
        ["Organisme", "Type", "Contact", "Fonction", "Courriel", "Téléphone", "Référent"],
        rows,
    )


def sheets_table(folder: Path) -> Path:
    """The actions, one a row."""
    rows = [
        [
            title,
            theme,
            f"{lead} mène cette action depuis 2023, avec deux rendez-vous par mois dans le quartier.",
            lead,
            "2023",
            f"{budget} €",
            f"{funder} : {budget} €",
            "Nombre de personnes reçues dans l'année",
            "Une équipe de deux personnes reçoit sans rendez-vous, et va à la rencontre de ceux qui ne viennent pas.",
        ]
        for title, theme, lead, funder, budget in sheets()
    ]
    titles = ["Intitulé", "Thématique", "Résumé", "Porteur", "Depuis", "Budget", "Financeurs", "Indicateurs"]
    return _table(folder / "fiches.csv", [*titles, "Description"], rows)


def neighbourhoods_table(folder: Path) -> Path:
    """The official file of priority neighbourhoods, reduced to two."""
    columns = ["code_qp", "lib_qp", "insee_com", "lib_com", "siren_epci", "lib_epci"]
    rows = [
        ["QN09190X", "Le Mail", "91377", "Massy", "200056232", "Saclay"],
        ["QN09191X", "Le Port", "91692", "Les Ulis", "200056232", "Saclay"],
    ]
    return _table(folder / "quartiers.csv", columns, rows)


def _table(path: Path, titles: list[str], rows: list[list[str]]) -> Path:
    written = io.StringIO()
    csv.writer(written).writerows([titles, *rows])
    path.write_text(written.getvalue(), encoding="utf-8")
    return path
