"""The words a report is recognised by: its kinds, its themes, its neutral parts, its furniture. Data only.

Kinds are written as people write them. Every other list is of folded words: no case, no accent.
"""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.model import Kind


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, parted by white space."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of `text`, parted by bars; their inner white space is one space."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


KINDS: Final[dict[Kind, str]] = {
    "challenge": """constats négatifs, constat négatif,
        défi, défis, enjeu, enjeux, frein, freins, difficulté, difficultés, constat, constats, problème,
        problèmes, problématique, problématiques, faiblesse, faiblesses, point faible, points faibles, menace, menaces,
        obstacle, obstacles, manque, manques, besoin, besoins, points de vigilance, point de vigilance, points négatifs,
        points à améliorer, point à améliorer, axes à améliorer, à améliorer, ce qui ne fonctionne pas,
        ce qui ne marche pas, ce qui ne va pas, ce qui va mal, ce qui manque, dysfonctionnements, points de blocage,
        points noirs, limites, inquiétudes, préoccupations, risques, points de tension, ce qui bloque, ce qui coince,
        ce qui freine, ce qui pèche, déplaît, déplaisent, inquiète, inquiètent, gêne, gênent, posent problème,
        pose problème, insatisfaction, insatisfactions, attentes""",
    "strength": """constats positifs, constat positif,
        atout, atouts, force, forces, point fort, points forts, points positifs, point positif, levier,
        leviers, réussites, réussite, ce qui fonctionne, ce qui fonctionne bien, ce qui marche, ce qui marche bien,
        ce qui va bien, points d'appui, point d'appui, opportunités, opportunité, succès, acquis,
        ressources existantes, ressources du territoire, bonnes pratiques, ce qui existe, ce qui existe déjà,
        actions existantes, points de satisfaction, apprécie, apprécient, apprécié, plaît, plaisent, aiment, aime,
        satisfaction, satisfactions""",
    "proposal": """proposition, propositions, perspective, perspectives, piste, pistes, préconisation, préconisations,
        recommandation, recommandations, suggestion, suggestions, solution, solutions, idée, idées, action proposée,
        actions proposées, actions à mener, actions à développer, actions à engager, actions nouvelles,
        nouvelles actions, actions envisagées, ce qu'il faudrait, ce qu'il faudrait faire, ce que nous proposons,
        ce que l'on propose, améliorations proposées, projets proposés, mesures proposées, souhaits, à développer,
        proposent, souhaitent, demandent, voudraient, aimeraient, aimerait, voudrait, faudrait,
        attentes et propositions, axes de travail,
        axes d'amélioration, axes de progrès, pour aller plus loin""",
}
# Words that may stand beside a word of kind in a heading without changing what it is.
FILLERS: Final = word_set(
    """
    a action actions actuelles actuels amelioration atelier au autour aux avancees avec beaucoup bilan ce ces cet
    cette cinq collectif collectifs collectives commun communes communs concernant constatees constates cours d dans
    de deja des deux developpement du elles emises en entre est et evoquees evoques existant existantes existants
    exprimees exprimes externe externes formulees formules generales generaux grand grande grandes grands groupe
    habitant habitante habitantes habitants ici identifie identifiee identifiees identifies ils interne internes
    issues issus l la le les leur leurs liees lies liste majeur majeurs matiere me mis mises moins nos notre nous on
    ou par partage partagee partagees partages partenaires participants percus perçus plus possibles pour premier
    premiere premieres premiers principal principale principales principaux prioritaires propose proposee proposees
    proposes qu quartier quartiers que quel quelle quelles quels qui rappel recense recensees recenses reflexion
    relatif relatifs relatives releve relevees releves remonte remontees remontes rencontrees rencontres repere
    reperes ressortis retenues s selon sont soulevees souleves suite sur synthese table territoire thematique theme
    tour travail trois un une usagers vigilance ville vos votre vous vus
    """
)
# What is written where there is nothing to write.
VOID: Final = phrase_set("ras|neant|rien|nc|so|aucun|aucune|rien a signaler|sans objet")
# The letter of a part: "A - Insertion".
LETTERED: Final = re.compile(r"[A-H]\s?[-–—.)]\s{1,3}(?=\w{3})")
# Openings of a remark that goes with the contribution above it.
REMARK: Final = re.compile(
    r"(?:points? de vigilance|vigilance|attention|nb|n\.b\.|nota|remarques?|pr[eé]cisions?|ex|exemples?|d[eé]tails?|"
    r"commentaires?|à noter|a noter)\s?:\s?(?=\S)",
    re.IGNORECASE,
)
# Nouns among the fillers: beside a weak word of kind they make a sentence ("manque de participants"), no heading.
NOUNS: Final = word_set(
    """
    amelioration atelier commun communes communs developpement groupe participants partenaires quartier quartiers
    reflexion territoire table theme thematique tour travail vigilance ville
    """
)
WEAK: Final = word_set(
    """
    besoin besoins manque manques probleme problemes problematique problematiques difficulte difficultes risques
    limites inquietudes preoccupations obstacle obstacles reussite reussites succes acquis solution solutions idee
    idees souhaits opportunite opportunites menace menaces
    """
)
THEMES: Final = word_set(
    """
    acces agees aines alimentation amenagement associatif association associations associative attractivite bien
    cadre citoyennete climat cohesion commerce commerces commerciale contre culture culturel dechets delinquance
    deplacements developpement discriminations droit droits durable ecole ecoles ecologie ecologique economie
    economique economiques educatif educatifs education educative educatives egalite emploi emplois energie enfance
    ensemble entreprise entreprises environnement espace espaces etre famille familles femmes formation formations
    gouvernance habitat handicap hommes inclusion insertion jeunes jeunesse justice laicite lien liens locale
    locales logement logements loisirs lutte mediation mobilite mobilites numerique parentalite participation
    patrimoine personnes petite precarite prevention proprete public publics publique renouvellement renovation
    republique reussite sante scolaire securite seniors social sociale sociaux soin soins solidarite solidarites
    sport sportif sports tourisme tranquillite transition transitions transport transports urbain urbaine urbanisme
    valeurs vie vieillissement vivre
    """
)
JOINS: Final = word_set("et de du des la le les l d a au aux en pour par ou")
# A heading that opens neither a kind nor a theme: what follows it is no contribution.
NEUTRAL: Final = frozenset(
    tuple(words.split())
    for words in """ordre du jour|participants|personnes presentes|presents|etaient presents|excuses|absents|
    etaient excuses|
    introduction|contexte|preambule|conclusion|conclusions|suites|suites a donner|prochaines etapes|
    etapes suivantes|calendrier|annexe|annexes|questions diverses|informations diverses|divers|methode|
    methodologie|deroule|deroulement|releve de decisions|decisions|sommaire|table des matieres|objectifs
    de la rencontre|objectifs de l atelier|rappel du contexte|historique|documents joints|pieces jointes|
    liens utiles|contacts|remerciements|et apres|suites donnees|suite donnee|et maintenant|a suivre|
    evaluation|glossaire|sigles|mentions legales|feuille de presence|tour de table|mot d accueil|accueil|
    echanges|debat|debats|echanges avec la salle|restitution|synthese|synthese des echanges|compte rendu|
    compte rendu de la rencontre|compte rendu de l atelier|compte rendu de la reunion|suite de la demarche|
    la suite|historique des modifications|agenda""".replace("\n", " ").split("|")
)
DOCUMENT: Final = re.compile(
    r"\b(compte rendus?|comptes rendus|synthese|restitution|releve|reunion|rencontre|rencontres|concertation|seance|"
    r"comite|proces verbal|date|lieu|presents|version|redacteur|animateur|animatrice|\d{1,2} \d{1,2} (19|20)\d\d|"
    r"(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) (19|20)\d\d)\b"
)
CLOSING: Final = re.compile(
    r"(la )?(seance|reunion|rencontre) (est|a ete|s est) (levee|close|terminee|achevee|cloturee)|"
    r"fin de (la |l )?(seance|reunion|rencontre|soiree|matinee|atelier)|fin (vers|a) \d|on s est quittee?s|"
    r"(voila|bon|bref|bonne)( \w+){0,2} prochaine (seance|reunion|rencontre)|"
    r"(la )?prochaine (seance|reunion|rencontre|date)|"
    r"(merci|nous remercions|l equipe remercie) |(compte rendu )?(redige|etabli|valide) par |"
    r"(pour toute|pour plus) (question|information|d information)|(le )?(present )?compte rendu (sera|est) |"
    r"copie (a|pour) |(voir|cf|consultez) (le |la |les )?(fichier|document|piece|annexe|tableau)"
)
FOOT: Final = phrase_set(
    """partager|partager sur|signaler|signaler un contenu inapproprie|signaler un probleme|signaler ce contenu|
    ce contenu est il inapproprie|partager cette page|partager cet article|se connecter pour commenter|
    laisser un commentaire|ajouter un commentaire|lien de partage|copier le lien|integrer|code a integrer|
    retour en haut|haut de page|retour a la liste|retour|articles similaires|voir aussi|reference|numero de reference|
    s abonner|suivre|ne plus suivre"""
)
FURNITURE: Final = phrase_set(
    """imprimer|telecharger|telecharger le document|facebook|twitter|linkedin|whatsapp|instagram|x|e mail|
    accueil du site|menu|rechercher|se connecter|connexion|s inscrire|creer un compte|aller au contenu|
    passer au contenu principal|accepter les cookies|parametrer les cookies|tout accepter|tout refuser|fermer|
    afficher plus|voir plus|lire la suite|suivant|precedent|page suivante|page precedente|j aime|
    commentaires|0 commentaire|aucun commentaire|filtrer"""
)
_RANK: Final = (
    r"(?:(?:\d{1,2}\s?(?:er|[eè]re|e|[eè]me|nde?)|premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me|"
    r"cinqui[eè]me|sixi[eè]me)\s{1,3})"
)
_PART: Final = r"(?:th[eéè]mes?|th[eé]matiques?|ateliers?|axes?|piliers?|volets?|tables?|groupes?)"
_NUMBER: Final = r"(?:\s{1,3}(?:n\s?°\s?)?(?:\d{1,2}|[IVX]{1,5}|[A-H]))"
PREFIX: Final = re.compile(rf"{_RANK}?{_PART}{_NUMBER}?\s{{0,3}}(?:[:.–—-]|n°)\s{{0,3}}(?=\S)", re.IGNORECASE)
# A part of the meeting rather than a subject: "Table 2", "2e groupe", "Groupe des habitants".
PARTY: Final = re.compile(
    rf"(?:{_RANK}(?:sous-)?(?:table|groupe)|(?:sous-)?(?:table|groupe|[eé]quipe){_NUMBER}|"
    r"(?:groupe|table|coll[eè]ge|atelier)\s(?:d[eu]s?\s(?:la\s|l['’])?|d['’])"
    r"(?:habitant|professionnel|partenaire|[eé]lu|jeune|parent|femme|homme|a[iî]n[eé]|senior|association|acteur|"
    r"adulte|enfant|coll[eé]gien|lyc[eé]en|m[eè]re|p[eè]re|bailleur|technicien|institution|locataire|citoyen|"
    r"conseil citoyen)[\w\s.·()-]{0,60})\s?:?",
    re.IGNORECASE,
)
QUOTE: Final = re.compile(r"[«“\"][^«»“”\"]{3,600}[»”\"]\s?[.,]?\s?(?:\([^()]{2,80}\)|[–—-](?!>)\s?[^.>]{2,60})?\s?\.?")
# Minutes that report what someone said in the meeting: no contribution.
REPORTED_SPEECH: Final = re.compile(
    r"(?:M\.|MM\.|Mmes?|Mlle|Monsieur|Madame|Dr|(?:Le |La |L['’])(?:maire|pr[eé]fete?|pr[eé]fet|sous-pr[eé]fete?|"
    r"sous-pr[eé]fet|pr[eé]sidente?|vice-pr[eé]sidente?|adjointe?|[eé]lue?|animateur|animatrice|cheffe? de projet|"
    r"comit[eé]|directeur|directrice)|[A-ZÀ-Ý][a-zà-ÿ]{2,20}(?= \w+e (?:que|qu|pour)\b))"
    r"[^.;:!?]{0,90}?\b(?:indique|pr[eé]cise|rappelle|souligne|explique|pr[eé]sente|remercie|salue|insiste|ajoute|"
    r"r[eé]pond|regrette|informe|conclut|intervient|ouvre|prend acte|fait part|propose que|a (?:indiqu|pr[eé]cis|"
    r"rappel|soulign|expliqu|pr[eé]sent|remerci|salu|insist|ajout|r[eé]pond|regrett|inform)\w+)\b"
)
# What heads the columns of tables beside the kinds.
TABLE_HEADS: Final = word_set(
    """
    qui quand ou comment combien echeance echeances echeancier pilote pilotes porteur porteurs delai delais calendrier
    date theme themes thematique thematiques partenaires responsable responsables priorite statut budget cout
    observations observation commentaires commentaire remarques remarque public publics suite suites numero n votes
    voix gommettes quartier lieu axe
    """
)
# Nouns after which a number is a reference, not the next item: "voir l'axe 9. Puis".
REFERENCES: Final = word_set(
    """
    axe article action objectif point lot niveau phase page chapitre annexe atelier table groupe theme fiche n no
    numero alinea etape tome volet ligne bus route rue de a les des en sur et ou le la du plus moins environ ici
    entre jusqu au dans vers avant apres est sont pour par avec cycle zone secteur tranche
    """
)
# Openings after which a leading "à" is Word's arrow, printed as a letter.
ARROW_OPENINGS: Final = word_set("le la les un une des il elle on nous ce cette ces pas ne plus aucun")
LIST_VERB: Final = re.compile(r"[a-z]{2,30}(er|ir|re|ment|tion|age|ance)")

# Words that never end a sentence: after one of them, the next printed line goes on with it.
LINKS: Final = word_set(
    """
    a à au aux avec ce ces cet cette chez comme contre d dans de des du en entre et est la le les leur leurs l mais ni
    nos notre ou par pas plus pour qu que qui sa sans se ses son sont sous sur un une vers vos votre y
    """
)
# What stands before the hyphen of a compound word: there the hyphen is kept, elsewhere it only cut a word in two.
PREFIXES: Final = word_set(
    """
    anti apres arriere au auto avant ci co contre demi eco ex extra grand inter intra la micro mi mini multi non
    peri petit post pre presque quasi re rendez semi socio sous super sur tiers tout ultra vice vis
    """
)
