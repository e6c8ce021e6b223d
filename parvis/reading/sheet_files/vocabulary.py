"""The labels that an action sheet may have, field by field, without accents, case, articles or final plurals.

A label is a head ("date demarrage") alone or followed by words of `QUALIFIERS` ("de l'action", "prévisionnel"). The
lists are ordered: in a field that holds one value, the first group wins and the others are kept aside.
"""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.sheet_files.model import FieldName
from parvis.reading.word_match import key_of


def _words(text: str, sign: str | None = None) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(sign))


LABELS: Final[dict[FieldName, tuple[str, ...]]] = {
    "title": (
        "intitule projet, titre action, titre projet, objet demande, objet subvention,"
        "intitule, titre, nom action, nom projet, denomination, denomination action, libelle action, libelle projet,"
        " libelle, nom dispositif, intitule action,"
        " nom operation, nom initiative, nom evenement, designation, designation action, nom idee, titre"
        " court, intitule exact, intitule exact action",
        "action, projet, objet action, action phare, nom fiche, operation, sujet",
    ),
    "summary": (
        "en bref, resume, synthese, resume action, presentation synthetique, presentation courte, essentiel,"
        " projet en quelques mots, projet en quelques ligne, projet en bref,"
        " action en quelques mots, action en quelques ligne, action en bref, en quelques mots, en quelques ligne,"
        " en une phrase, en deux phrase, accroche, presentation succincte, description courte, description synthetique,"
        " resume en, presentation resumee, action en une phrase, pitch, resume court, en resume,"
        " chapo",
    ),
    "lead": (
        "nom denomination, denomination sociale, denomination association, denomination structure,"
        " nom denomination sociale,"
        " association demandeuse, structure demandeuse, organisme demandeur,"
        " nom association demandeuse, beneficiaire subvention, resp,"
        "porteur, structure porteuse, porteur projet, porteur action, organisme porteur, maitre ouvrage, pilote,"
        " structure pilote, pilotage, maitrise ouvrage, association porteuse, nom structure, nom structure porteuse,"
        " nom porteur, nom organisme, nom organisme porteur, nom association, service pilote, chef file, portage,"
        " structure responsable, organisme responsable, responsable action, responsable projet, pilote action,"
        " service chef file,"
        " porteuse, qui porte action, qui porte projet, qui porte, porte par, action portee par, portee par,"
        " porteur pilote, identite porteur, structure, organisme, organisme gestionnaire, association, qui,"
        " pilote structure porteuse, service porteur, nom porteur projet, raison sociale, demandeur,"
        " qui pilote, qui pilote action, maitre ouvrage action,"
        " organisateur, organisation porteuse, organisme beneficiaire, structure employeuse, acteur pilote,"
        " initiateur, structure initiative, entite porteuse, direction pilote, collectivite porteuse, porteur"
        " juridique, etablissement porteur",
        "operateur, maitre oeuvre, maitrise oeuvre, structure operatrice, mise oeuvre par, gestionnaire, realise par,"
        " etablissement",
    ),
    "partners": (
        "autre partenaire financier ou non, part, parten,"
        "partenaire, partenariat, partenaire associe, autre partenaire, partenaire mobilise, partenaire operationnel,"
        " structure partenaire, acteur mobilise, acteur associe, acteur impliques, avec qui, partenaire local,"
        " partenaire projet, en partenariat avec, partenaire technique, acteur partenaire, acteur,"
        " structure associee, organisme associe, partenaire institutionnel, reseau partenarial, avec,"
        " partie prenante, co construit avec,"
        " reseau mobilise,"
        " partenaire engage, partenaire autour, nos partenaire, travail partenarial, partenaire acteur,"
        " acteur associer, liste partenaire, intervenant, service associe, collaboration, mobilisation"
        " partenariale, partenaire pressenti, partenaire mobiliser, en lien avec, partenaire technique"
        " financier",
        "copilote, copilotage, co pilote, co pilotage, co porteur",
    ),
    "themes": (
        "them, thematique action,"
        "thematique, theme, axe, pilier, thematique contrat ville, axe contrat ville, pilier contrat ville,"
        " champ intervention, domaine, domaine intervention, domaine action, volet, axe thematique,"
        " axe strategique, thematique principale, thematique prioritaire, priorite thematique, champ,"
        " enjeu contrat ville, orientation contrat ville, pilier thematique, axe thematique, programme,"
        " orientation, orientation strategique, priorite, priorite contrat ville, rattachement contrat ville,"
        " politique publique, categorie, dans quel axe inscrit action",
    ),
    "territories": (
        "terr, territ, lieu realisation action, territoire realisation, territoire concerne,"
        "territoire, quartier, qpv, quartier prioritaire, territoire intervention, lieu, lieu action, commune, ville,"
        " localisation, perimetre, lieu intervention, lieu realisation, perimetre intervention, territoire action,"
        " site, implantation, secteur, quartier cible, quartier qpv, secteur geographique, zone geographique,"
        " geographie,"
        " perimetre geographique, territoire quartier, commune quartier, territoire qpv, lieu mise oeuvre, ou,"
        " lieu deroulement, quartier beneficiaire, ville quartier, zone intervention, ou se passe action, ou cela,"
        " ou se deroule action, qpv commune, commune qpv, quartier couvert, quartier prioritaire politique ville,"
        " ou action se deroule elle, localisation geographique, adresse action, territoire d action",
    ),
    "public": (
        "pub, benef, public beneficiaire action, beneficiaire direct, public et beneficiaire,"
        "qui concerne, qui est concerne, qui beneficie, qui en beneficie, tranche age, personne touchee,"
        " personne visee,"
        " nombre personne touchee, public, beneficiaire, public vise, public cible, population cible, public"
        " concerne, qui s adresse action,"
        " habitant concerne, cible, public beneficiaire, public destinataire, destinataire, population,"
        " population visee, typologie public, pour qui, usager, qui s adresse, qui est elle destinee, profil public,"
        " public touche, beneficiaire vise, nombre beneficiaire, public accueilli, type public, action destinee,"
        " habitant, qui est destinee action, qui action s adresse elle, public attendu, public accompagne,"
        " nombre et profil beneficiaire, nombre profil beneficiaire, personne concernee, public prioritaire, effectif,"
        " quel ete nombre approximatif personne beneficiaire,"
        " ciblage, nombre age et sexe jeune, nombre et age jeune, nombre jeune, age et sexe jeune, nombre age et sexe,"
        " femme concernee, jeune concerne, famille concernee, enfant concerne, eleve concerne, senior concerne,"
        " profil beneficiaire,"
        " profil participant, profil public, caracteristique public, participant, destination,"
        " nature public, nombre profil"
        " participant, population beneficiaire",
    ),
    "since": (
        "si non depuis quand, sinon depuis quand,"
        " date debut, date demarrage, depuis, date lancement, date creation, date mise oeuvre, debut, demarrage,"
        " lancement, annee creation, annee demarrage, annee lancement, depuis quand, creation, annee debut,"
        " date debut action, date mise place, existe depuis, action menee depuis, anciennete, mise place,"
        " premiere annee, mise oeuvre depuis, debut action, depuis quand action existe elle, action lancee en,"
        " date ouverture, ouverture, annee premiere edition, depuis annee, entree en vigueur, date de premiere action",
        "date ou periode realisation, periode realisation action, date mise oeuvre prevue, cal,"
        " calendrier, periode, echeancier, duree, date, periode realisation, calendrier realisation, planning, quand,"
        " periodicite, echeance, calendrier prevu, date action, date realisation, phasage, temporalite, annee,"
        " calendrier mise oeuvre, frequence, periode mise oeuvre, horaire, date et duree, duree action, rythme,"
        " calendrier previsionnel, periode execution, delai, jour et horaire, date periode, etape,"
        " quel ont ete date et lieu realisation votre action, quel ont ete date realisation,"
        " date fin, fin, date debut fin, date debut et fin, debut et fin,"
        " horizon, deploiement, agenda",
        "action nouvelle, action est elle nouvelle, nouvelle action, action est nouvelle, projet nouveau",
    ),
    "budget": (
        "budget previsionnel action, bud, total charge,"
        "cout reel, cout reel action, budget realise, cout final, cout, budget, cout total, montant, budget"
        " total, montant total, cout action, budget action, cout projet,"
        " budget previsionnel, cout annuel, budget annuel, depense, total depense, enveloppe, moyen financier,"
        " cout complet, budget global, cout global, combien cela coute, combien coute action, combien,"
        " enveloppe budgetaire, cout estime, montant projet, budget cout, budget projet, cout estimatif,"
        " charge, cout previsionnel, combien ca coute, total budget, estimation financiere, montant action,"
        " estimation cout, besoin financier, chiffrage",
    ),
    "funding": (
        "montant demande, montant sollicite, montant accorde, aide sollicitee, aide demandee, montant aide,"
        " subvention demandee au titre, montant subvention, montant subvention demandee, montant subvention sollicitee,"
        "financement, plan financement, financeur, cofinancement, cofinanceur, source financement, ressource,"
        " ressource financiere, subvention, recette, financement acquis, financement obtenu, financement mobilise,"
        " partenaire financier, financement sollicite, qui finance, qui finance action, origine financement, produit,"
        " financement demande, repartition financement, budget et financement, cout et financement, tour table,"
        " plan financement previsionnel, repartition budget, co financement, co financeur, finance par, contributeur,"
        " subvention demandee, subvention obtenue, subvention sollicitee, montant financement, detail financement,"
        " disposition financiere, condition financiere, modalite financiere, engagement financier, element financier,"
        " partenaire financeur, credit mobilise, participation financiere,"
        " participation financeur, modalite financement, sollicitation financiere, part financement",
    ),
    "indicators": (
        "evaluation et indicateur propose, indicateur propose, "
        " evaluation et indicateur propose regard objectif ci dessus, indicateur propose regard objectif ci dessus,"
        " indicateur evaluation propose regard objectif ci dessus, ind, indic, eval,"
        "indicateur, evaluation, indicateur evaluation, indicateur suivi, critere evaluation, mode evaluation,"
        " modalite evaluation, suivi evaluation, critere reussite, indicateur resultat, comment mesurez reussite,"
        " mesure impact, comment mesurer, comment mesure t on reussite, suivi et evaluation, evaluation et indicateur,"
        " comment sait on que ca marche, quoi verra t on que ca marche, indicateur impact, indicateur performance,"
        " methode evaluation,"
        " moyen evaluation, indicateur realisation, outil evaluation, evaluation action, comment evaluer,"
        " indicateur quantitatif, indicateur qualitatif, impact attendu et indicateur, comment mesure t on,"
        " indicateur evaluation suivi, comment saurons si action reussi, comment evaluez action, evaluation resultat,"
        " comment on mesure, ce que nous regardons, ce que nous mesurons, ce que on regarde, ce que on mesure,"
        " ce qu on regardera, ce qu on mesurera, ce qu on regarde, ce qu on mesure, ce qu on suit,"
        " on mesure, nous mesurons, on regarde, ce que on suit, indicateur cle, suivi evaluation,"
        " a quoi on voit que ca marche, nos repere, comment mesurons, comment on evalue, repere,"
        " mesure resultat, suivi action, dispositif evaluation, indicateur moyen",
    ),
    "text": (
        "obj, descr, desc, moyen humain et materiel, moyen materiel et humain, moyen mis oeuvre,"
        "description, objectif, contenu, contexte, constat, diagnostic, deroulement, modalite, finalite, enjeu,"
        " presentation, resultat attendu, pourquoi, comment, methode, effet attendu, impact attendu, but, besoin,"
        " descriptif, description action, presentation action, objectif general, objectif specifique, resultat,"
        " objectif operationnel, modalite mise oeuvre, mise oeuvre, contexte et enjeu, origine action, demarche,"
        " modalite intervention, contenu action, deroule, deroule action, problematique, plus value, bilan,"
        " etat lieu, besoin identifie, problematique identifiee, ambition, objectif poursuivi, methodologie, activite,"
        " action menee, action realisee, action mise oeuvre, modalite pratique, resultat obtenu, bilan action,"
        " principe, fonctionnement, en quoi consiste action, quoi sert action, quoi ca sert, quoi cela sert, quoi,"
        " description detaillee, bilan qualitatif, principaux resultat, ce que fait action, que fait t on,"
        " modalite organisation, modalite realisation, constat partage, detail action, activite prevue,"
        " comment se deroule action, pourquoi cette action, constat diagnostic, contexte diagnostic, bilan annee,"
        " objectif vise, objectif strategique, objectif principaux, motif, raison etre, impact, operation prevue,"
        " concretement, comment ca marche, comment ca se passe, ce qui est fait, realisation, premier resultat,"
        " c est quoi, c est quoi idee, notre idee, idee,"
        " quoi s agit il, element diagnostic, element contexte, intention, histoire, declencheur, plan action,"
        " decrire precisement mise oeuvre action, objectif action ont ils ete atteint regard indicateur utilise,"
        " moyen mise oeuvre, texte, programme action, action concrete, changement attendu, comment cela fonctionne,"
        " genese, genese projet, origine projet, etape realisation, argumentaire, motivation, justification,"
        " description besoin, action prevue, diagnostic prealable, qui prevu, qui fait",
    ),
    "contact": (
        "personne joindre, qui joindre, pour joindre, nous contacter, pour contacter, personne contact,"
        " personne chargee dossier, personne charge dossier, responsable dossier,"
        " personne chargee presente demande, personne chargee presente demande subvention,"
        " identification personne chargee presente demande,"
        " identification personne chargee presente demande subvention,"
        " contact, personne contacter, coordonnee, referent, contact referent, nom contact, personne referente,"
        " telephone, mail, courriel, adresse mail, e mail, adresse electronique, tel, interlocuteur, correspondant,"
        " referente, interlocutrice, coordinatrice, coordinateur, coordonnateur,"
        " responsable, nom responsable, contact porteur, contact structure, personne ressource, coordonnee contact,"
        " nom et coordonnee, referent action, referent projet, personne charge action, nom referent, renseignement,"
        " contact pour en savoir plus, en savoir plus, pour en savoir plus, qui contacter, nom prenom, suivi par,"
        " affaire suivie par, chef projet, charge mission, personne responsable, contact utile, contact projet,"
        " coordonnee referent, coordonnee porteur, fonction, nom et prenom, nom prenom responsable, dossier suivi par,"
        " nous joindre, prendre contact, nom et fonction, redacteur, fiche redigee par, redige par, bilan redige par,"
        " qui adresser,"
        " charge projet, chargee projet, chargee mission, personne charge projet, animateur referent, ref,"
        " responsable contacter, mel, contact presse, referent technique, coordonnee personne referente",
        "representant legal, representant, represente par, represente",
    ),
    "other": (
        "siret, n siret, numero siret, siren, n siren, rna, n rna, numero rna, numero tahiti, sigle, adresse,"
        " siege social, adresse siege, adresse siege social, adresse postale, code postal, site internet, site"
        " web, statut, statut juridique, forme juridique, reference, reference administrative, n dossier,"
        " numero dossier, code projet, code action, n fiche, numero fiche, n action, n, numero, type action,"
        " nature action, nature demande, type projet, nature projet, type demande, moyen humain, moyen"
        " materiel, moyen technique, etat avancement, avancement, observation, observation cotech, remarque,"
        " commentaire, avis, avis cotech, avis comite, suite donnee, suite donner, suite envisagee, suite,"
        " perspective, difficulte, difficulte rencontree, difficulte pressentie, frein, point vigilance, elu"
        " referent, benevole actif, nombre benevole, heure benevolat, nombre salarie, communication,"
        " objet statutaire, objet association, president, presidente, nombre adherent, iban, agrement,"
        " responsable legal, date mise jour, mise jour",
    ),
}

QUALIFIERS: Final = _words(
    """action actions projet dispositif operation concerne concernee vise visee cible previsionnel previsionnelle
    prevu prevue envisage envisagee mobilise mobilisee associe associee principal principale principaux global globale
    total totale annuel annuelle detaille detaillee synthetique prioritaire contrat ville politique place oeuvre
    intervention eventuel eventuelle attendu attendue euro ttc ht structure reussite general generaux generale
    operationnel operationnelle specifique poursuivi poursuivie presente presentee propose proposee existant mise
    implique impliquee mis financier financiere an annee mois retenu retenue identifie identifiee local locaux
    quantitatif
    qualitatif quantitative qualitative 2019 2020 2021 2022 2023 2024 2025 2026 2027 brut estime estimee indicatif
    sollicite obtenu acquis acquise porteur porteuse fiche phare notre nos votre vos pour cette ce qpv quartier
    habitant partenaire realise realisee demande demandee social sociale agglomeration ciblee deja
    rattachement reference referent principalement
    depart initial finance financee manifestation evenement animation initiative seance"""
)
"""Words that may follow the head of a label without changing what it names."""

ARTICLES: Final = _words("de du des d l la le les un une a au aux en dans sur par s est ce t il elle ou y vous nous")
"""Left out of labels, on both sides."""

SECTIONS: Final = frozenset(
    """identification|identite|contenu|moyen|organisme|action|structure|projet|information|information generale|
    presentation structure|presentation projet|caracteristique|cadre|annexe|signature|budget|descriptif|porteur|
    identification action|identification projet|identification porteur|carte identite|volet financier|
    identification structure|moyen mobilise|projet objet demande|objet demande|budget projet|projet n° 1|
    tableau synthese|
    presentation association|presentation action|demande subvention|
    mise oeuvre|suivi|rubrique|reponse|element|volet""".replace("\n    ", "").split("|")
)
"""Titles of parts of a sheet: alone above other labels, they name no field."""

HEAD: Final = re.compile(
    r"(?:(?:fiche[ -]action|fiche|formulaire|dossier|annexe|action[ -]phare|feuille)\b|"
    r"(?:action|projet|fiche)\s+(?:n\s?[°ºo]\.?\s*)?\d{1,3}(?:\.\d{1,2}){0,3}\b)"
    r"(?:\s+(?:d['’ ]|de\s|du\s|des\s|une?\s|l['’ ])*"
    r"(?:actions?|projets?|phares?|présentation|presentation|descriptives?|descriptifs?|synthétiques?|synthetiques?|"
    r"techniques?|dispositifs?|identité|identite|politique|ville|contrat|la|de|opération|operation|bilan|navette|"
    r"signalétique|(?:n°|no|numéro)\s*\d+(?:[.-]\d{1,2}){0,3}|n°|\d{1,3}(?:[.-]\d{1,2}){0,3}|[A-Z]?\d{1,3})\b)*"
    r"(?:\s*n\s?[°ºo]\.?\s*[\w.-]{1,6})?",
    re.IGNORECASE,
)
"""How a document announces a sheet: « Fiche action n° 3 – … », « Formulaire de présentation d'une action »."""

FURNITURE: Final = re.compile(
    r"contrats? de ville|politique de la ville|appel à projets?|programmation|cohésion (?:sociale|urbaine)|préfecture|"
    r"communauté (?:d['’]agglomération|de communes|urbaine)|à retourner|date limite|^ville d|^commune d|^annexe|"
    r"république française|^mairie|^département d|^page \d|conseil départemental|^version|^mise? à jour|^m[aà]j|"
    r"quartiers? 2030|^logo|^édition|^session|^année|^exercice|^\d{4}|"
    r"document de travail|concertation|^modèle|^service|^direction|^mission ville",
    re.IGNORECASE,
)
"""Lines above a sheet that are not its title."""

INSTRUCTION: Final = re.compile(
    r"[\s(\[«*→]*(?:"
    r"cliquez|cliquer|caractéristiques sociales|choisissez|choisir|"
    r"sélectionnez|sélectionner|saisir|saisissez|indiquer|indiquez|préciser|précisez|"
    r"décrire|décrivez|décliner|détailler|détaillez|à compléter|à préciser|à renseigner|à remplir|compléter|complétez|"
    r"renseigner|renseignez|remplir|remplissez|cocher|cochez|merci de|lister|listez|nommer|nommez|expliquer|expliquez|"
    r"présenter|présentez|rappeler|rappelez|énumérer|mentionner|mentionnez|joindre|insérer|insérez|citer|citez|"
    r"ne pas dépasser|supprimer|rayer|consigne|exemples? ?:|ex\. ?:|par exemple|"
    r"\d+ (?:lignes?|mots|caractères|signes)|"
    r"maximum|en quelques|en euros|une (?:seule|ligne)|"
    r"(?:nom|qui|quoi|quels?|quelles?|combien|comment|pourquoi)\b.*\?|"
    r"tapez|entrez|écrire|écrivez|faire|mettre|donner|donnez|distinguer|quantifier|chiffrer|"
    r"plusieurs (?:choix|réponses)"
    r")",
    re.IGNORECASE,
)
"""How an instruction begins (it is one when in brackets, in italics or in a field left as it was)."""

PLAIN_INSTRUCTION: Final = re.compile(
    r"[\s(\[]*(?:cliquez ici|cliquez ou appuyez|choisissez un élément|tapez ici|"
    r"entrez (?:du|votre) texte|caractéristiques sociales, dont|texte à saisir|"
    r"à compléter|à préciser|à renseigner|à remplir|saisissez (?:ici|du|votre|le))\b.{0,200}$",
    re.IGNORECASE,
)
"""Instructions whatever their letters."""

FILLER: Final = re.compile(r"[\s._…–—\-/\\*:|·]*")
"""Dots and dashes to write on."""

VOID: Final = _words(
    "neant,ras,sans objet,so,s o,nc,n c,non renseigne,non communique,aucun,aucune,non concerne,na,n a,rien,a venir,"
    "non defini,a definir,a determiner",
    ",",
)

COLUMNS: Final = _words(
    "rubrique rubriques champ champs intitule element information reponse reponses question questions contenu valeur a"
    " completer saisie vos votre"
)
GUIDANCE: Final = _words(
    "consigne consignes renseignement renseignements attendu attendus indication indications aide precisions precision"
    " explication explications exemple exemples"
)
"""Titles of the columns of a form: those of its fields, and those of the instructions to fill them."""

MONEY_SOURCES: Final = _words(
    """financeur financeurs source sources origine organisme organismes partenaire partenaires recette recettes
    produit produits ressource ressources financement financements cofinanceur cofinanceurs contributeur subvention
    subventions"""
)
MONEY_AMOUNTS: Final = _words(
    """montant montants somme euro euros part total prevu previsionnel realise reel execute obtenu acquis sollicite
    participation contribution apport prevision previsions realisation realisations"""
)
MONEY_DONE: Final = _words(
    "realise realisee realises reel reelle execute executee verse versee constate constatee realisation realisations"
)
MONEY_SPENT: Final = _words("depense depenses charge charges poste postes nature emploi emplois")
QUESTION: Final = re.compile(
    r"(?:ce qu|comment|pourquoi|de quoi|qu['’]|quels?\b|quelles?\b|en quoi|à quoi|l['’]idée|l['’]action\b)",
    re.IGNORECASE,
)
"""How a label that is a question or a sentence begins: « Ce qui nous a conduits là »."""

BEFORE: Final = _words(
    """principal principaux autre autres nos notre votre vos bref breve courte different veuillez merci indiquer
    indiquez preciser precisez decrire decrivez citer citez lister listez presenter presentez renseigner rappel rappeler
    detailler quel quels quelle quelles est sont ete ont etait seront"""
)
"""Words that may come before the head of a label."""


CLOSING: Final = re.compile(
    r"(?:bien )?(?:cordialement|à vous)\b.{0,20}$|(?:très )?(?:cordialement|sincèrement)|"
    r"bonne (?:journée|réception|lecture)|(?:je|nous) (?:reste|restons|vous (?:pri|remerci|adress|assur))|"
    r"restant à|dites[- ]moi|n['’]hésitez pas|fait (?:à|en|le)\b|"
    r"(?:dans|en) (?:l['’]attente|vous remerciant)|veuillez (?:agréer|recevoir|croire)|recevez|sincères salutations|"
    r"merci (?:d['’]avance|de votre)|amicalement|(?:pour l['’]association|le président|la présidente),?$",
    re.IGNORECASE,
)
"""How a letter or a mail takes its leave."""

REACH: Final = re.compile(r"\S+@\S+|(?:\+33|0)\s?[1-9](?:[\s.\u00a0-]?\d\d){4}")
"""A telephone number or an address of mail."""


def is_void(text: str) -> bool:
    """ "Néant", "/": a value that means none."""
    return key_of(text) in VOID or FILLER.fullmatch(text) is not None
