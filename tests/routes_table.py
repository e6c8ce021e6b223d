# ruff: noqa: E501 - one row a line: it is a table
"""What opens for whom. A route that is not here, or that opens for one more, fails the tests.

Each row: method and route, then an address of it (empty when the route has no part to fill), then who passes its door.
"""

from __future__ import annotations

ACTORS = {
    "anyone": "", "stranger": "personne", "reader": "luc", "elected": "édith", "moderator": "chloé",
    "facilitator": "bob", "coordinator": "alice", "administrator": "irene", "elsewhere": "dan",
}  # fmt: skip
"""Who asks, and the agent of the scene who plays it. `elsewhere` coordinates another agglomération."""

EVERYONE = frozenset(ACTORS)
SIGNED_IN = EVERYONE - {"anyone"}
READ = SIGNED_IN - {"stranger", "elsewhere"}
WRITE = frozenset({"facilitator", "coordinator", "administrator"})
PREPARE = frozenset({"coordinator", "administrator"})
MODERATE = PREPARE | {"moderator"}
ADMINISTER = frozenset({"administrator"})
TEAM = frozenset({"coordinator"})
"""The agent of the scene who is named in the project team."""
NOBODY: frozenset[str] = frozenset()
"""Pages of the demonstration and of an identity provider, when there is none."""

# fmt: off
TABLE: dict[str, tuple[str, frozenset[str]]] = {
    "GET /": ("", EVERYONE),
    "GET /accessibilite/": ("", EVERYONE),
    "GET /concertations/<slug:slug>/": ("/concertations/{slug}/", EVERYONE),
    "GET /contributions/<str:code>/": ("/contributions/{contribution}/", EVERYONE),
    "GET /donnees-personnelles/": ("", EVERYONE),
    "GET /favicon.ico": ("", EVERYONE),
    "GET /gestion/": ("", SIGNED_IN),
    "GET /gestion/agents/": ("", ADMINISTER),
    "POST /gestion/agents/<str:user>/<str:territory>/<str:kind>/retirer/": ("/gestion/agents/{user}/{territory}/facilitator/retirer/", ADMINISTER),
    "GET /gestion/agents/<str:user>/deux-etapes/": ("/gestion/agents/{user}/deux-etapes/", ADMINISTER),
    "GET /gestion/composants/": ("", SIGNED_IN),
    "GET /gestion/comptes-rendus/<str:code>/": ("/gestion/comptes-rendus/{minutes}/", READ),
    "GET /gestion/comptes-rendus/<str:code>/apercu/": ("/gestion/comptes-rendus/{minutes}/apercu/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/envoyer/": ("/gestion/comptes-rendus/{minutes}/envoyer/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/etape/": ("/gestion/comptes-rendus/{minutes}/etape/", READ),
    "GET /gestion/comptes-rendus/<str:code>/publier/": ("/gestion/comptes-rendus/{minutes}/publier/", PREPARE),
    "GET /gestion/comptes-rendus/<str:code>/relecture/": ("/gestion/comptes-rendus/{minutes}/relecture/", WRITE),
    "GET /gestion/comptes-rendus/<str:code>/relecture/<str:line>/": ("/gestion/comptes-rendus/{minutes}/relecture/{line}/", WRITE),
    "GET /gestion/comptes-rendus/<str:code>/relecture/ajouter/": ("/gestion/comptes-rendus/{minutes}/relecture/ajouter/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/relecture/geste/": ("/gestion/comptes-rendus/{minutes}/relecture/geste/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/rencontres/": ("/gestion/comptes-rendus/{minutes}/rencontres/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/rouvrir/": ("/gestion/comptes-rendus/{minutes}/rouvrir/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/titre/": ("/gestion/comptes-rendus/{minutes}/titre/", WRITE),
    "GET /gestion/concertations/": ("", SIGNED_IN),
    "GET /gestion/concertations/<str:code>/": ("/gestion/concertations/{consultation}/", READ),
    "GET /gestion/concertations/<str:code>/equipe/": ("/gestion/concertations/{consultation}/equipe/", PREPARE),
    "POST /gestion/concertations/<str:code>/equipe/<str:user>/retirer/": ("/gestion/concertations/{consultation}/equipe/{member}/retirer/", PREPARE),
    "GET /gestion/concertations/<str:code>/etapes/": ("/gestion/concertations/{consultation}/etapes/", PREPARE),
    "GET /gestion/concertations/<str:code>/modifier/": ("/gestion/concertations/{consultation}/modifier/", PREPARE),
    "GET /gestion/concertations/<str:code>/rencontres/nouvelle/": ("/gestion/concertations/{consultation}/rencontres/nouvelle/", WRITE),
    "GET /gestion/concertations/<str:code>/thematiques/": ("/gestion/concertations/{consultation}/thematiques/", PREPARE),
    "GET /gestion/concertations/<str:code>/thematiques/<str:theme>/": ("/gestion/concertations/{consultation}/thematiques/{theme}/", PREPARE),
    "POST /gestion/concertations/<str:code>/thematiques/<str:theme>/changer/": ("/gestion/concertations/{consultation}/thematiques/{theme}/changer/", PREPARE),
    "GET /gestion/concertations/<str:code>/validation/": ("/gestion/concertations/{consultation}/validation/", PREPARE),
    "GET /gestion/concertations/nouvelle/": ("", SIGNED_IN),
    "GET /gestion/connexion/": ("", EVERYONE),
    "GET /gestion/connexion/code/": ("", EVERYONE),
    "GET /gestion/connexion/compte-ferme/": ("", EVERYONE),
    "GET /gestion/connexion/deux-etapes/": ("", EVERYONE),
    "GET /gestion/connexion/fournisseur/": ("", NOBODY),
    "GET /gestion/connexion/fournisseur/retour/": ("", NOBODY),
    "GET /gestion/connexion/quitter/": ("", SIGNED_IN),
    "GET /gestion/courrier/": ("", NOBODY),
    "GET /gestion/glossaire/": ("", SIGNED_IN),
    "GET /gestion/glossaire/<str:code>/": ("/gestion/glossaire/{entry}/", WRITE),
    "POST /gestion/glossaire/<str:code>/retirer/": ("/gestion/glossaire/{entry}/retirer/", WRITE),
    "GET /gestion/glossaire/coller/": ("", SIGNED_IN),
    "GET /gestion/lien/<str:token>/": ("/gestion/lien/{token}/", EVERYONE),
    "GET /gestion/mon-acces/": ("", SIGNED_IN),
    "GET /gestion/mon-acces/deux-etapes/activer/": ("", SIGNED_IN),
    "GET /gestion/mon-acces/deux-etapes/retirer/": ("", SIGNED_IN),
    "POST /gestion/mon-acces/compte/delier/": ("", SIGNED_IN),
    "GET /gestion/mon-acces/codes-de-secours/": ("", SIGNED_IN),
    "GET /gestion/mon-acces/codes-de-secours.txt": ("", SIGNED_IN),
    "GET /gestion/mon-acces/codes-de-secours/nouveaux/": ("", SIGNED_IN),
    "GET /gestion/moderation/": ("", SIGNED_IN),
    "GET /gestion/moderation/<str:kind>/<str:code>/": ("/gestion/moderation/contribution/{contribution}/", MODERATE),
    "POST /gestion/moderation/<str:kind>/<str:code>/masquer/": ("/gestion/moderation/contribution/{contribution}/masquer/", MODERATE),
    "POST /gestion/moderation/<str:kind>/<str:code>/retablir/": ("/gestion/moderation/contribution/{contribution}/retablir/", MODERATE),
    "GET /gestion/moderation/comptes-rendus/<str:code>/": ("/gestion/moderation/comptes-rendus/{minutes}/", MODERATE),
    "POST /gestion/moderation/contribution/<str:code>/effacer/": ("/gestion/moderation/contribution/{contribution}/effacer/", MODERATE),
    "GET /gestion/moderation/signalements/<str:code>/": ("/gestion/moderation/signalements/{flag}/", MODERATE),
    "GET /gestion/rencontres/": ("", SIGNED_IN),
    "GET /gestion/rencontres/<str:code>/": ("/gestion/rencontres/{meeting}/", READ),
    "GET /gestion/rencontres/<str:code>/annuler/": ("/gestion/rencontres/{meeting}/annuler/", WRITE),
    "GET /gestion/rencontres/<str:code>/compte-rendu/": ("/gestion/rencontres/{meeting}/compte-rendu/", SIGNED_IN),
    "POST /gestion/rencontres/<str:code>/compte-rendu/commencer/": ("/gestion/rencontres/{meeting}/compte-rendu/commencer/", WRITE),
    "GET /gestion/rencontres/<str:code>/importer/": ("/gestion/rencontres/{meeting}/importer/", WRITE),
    "GET /gestion/rencontres/<str:code>/modifier/": ("/gestion/rencontres/{meeting}/modifier/", WRITE),
    "GET /gestion/territoires/": ("", SIGNED_IN),
    "GET /gestion/territoires/import/": ("", ADMINISTER),
    "GET /gestion/intertitres/": ("", SIGNED_IN),
    "POST /gestion/intertitres/<str:code>/decider/": ("/gestion/intertitres/{word}/decider/", WRITE),
    "GET /glossaire/": ("", EVERYONE),
    "GET /mentions-legales/": ("", EVERYONE),
    "GET /rencontres/": ("", EVERYONE),
    "GET /rencontres/<str:code>/": ("/rencontres/{meeting}/", EVERYONE),
    "GET /rencontres/<str:code>/compte-rendu.<str:extension>": ("/rencontres/{meeting}/compte-rendu.csv", EVERYONE),
    "GET /rencontres/<str:code>/edition-<int:number>/": ("/rencontres/{meeting}/edition-1/", EVERYONE),
    "GET /rencontres/<str:code>/rencontre.ics": ("/rencontres/{meeting}/rencontre.ics", EVERYONE),
    "GET /rencontres/agenda.ics": ("", EVERYONE),
    "GET /rencontres/atom.xml": ("", EVERYONE),
    "GET /robots.txt": ("", EVERYONE),
    "GET /sante": ("", EVERYONE),
    "GET /signalements/<str:code>/": ("/signalements/{flag}/", EVERYONE),
    "GET /signaler/<str:kind>/<str:code>/": ("/signaler/contribution/{contribution}/", EVERYONE),
    # --- invited partners: without an invitation, what answers sends back to the page that says how to come in
    "GET /partenaires/": ("", EVERYONE),
    "GET /partenaires/invitation/<str:token>/": ("/partenaires/invitation/{invitation}/", EVERYONE),
    "GET /partenaires/transmettre/": ("", EVERYONE),
    "GET /partenaires/quitter/": ("", EVERYONE),
    "GET /partenaires/fiches/": ("", EVERYONE),
    "GET /partenaires/fiches/<str:code>/": ("/partenaires/fiches/{sheet}/", EVERYONE),
    "POST /partenaires/fiches/<str:code>/avis/": ("/partenaires/fiches/{sheet}/avis/", EVERYONE),
    "POST /partenaires/fiches/<str:code>/presenter/": ("/partenaires/fiches/{sheet}/presenter/", EVERYONE),
    "GET /partenaires/fiches/<str:code>/fichiers/<str:file>/": ("/partenaires/fiches/{sheet}/fichiers/x/", EVERYONE),
    "GET /partenaires/contributions/": ("", EVERYONE),
    "GET /partenaires/contributions/<uuid:reference>/": ("/partenaires/contributions/5b0f6e3e-3c7a-4a52-8a3b-1d2c3b4a5f60/", EVERYONE),
    "GET /partenaires/qui-voit-mon-nom/": ("", EVERYONE),
    "GET /partenaires/sw.js": ("", EVERYONE),
    "GET /partenaires/hors-connexion/": ("", EVERYONE),
    "GET /partenaires/position/": ("", EVERYONE),
    "GET /partenaires/mes-actions/": ("", EVERYONE),
    "POST /partenaires/mes-actions/<str:code>/": ("/partenaires/mes-actions/{sheet}/", EVERYONE),
    # --- a room: without a place in it, what answers sends back to the door
    "GET /atelier/": ("", EVERYONE),
    "GET /atelier/<str:room>/": ("/atelier/{room}/", EVERYONE),
    "POST /atelier/<str:room>/gommettes/": ("/atelier/{room}/gommettes/", EVERYONE),
    "GET /atelier/<str:room>/quitter/": ("/atelier/{room}/quitter/", EVERYONE),
    "GET /atelier/<str:room>/etat": ("/atelier/{room}/etat", NOBODY),
    # --- desk: before a workshop
    "GET /gestion/rencontres/<str:code>/salle/": ("/gestion/rencontres/{meeting}/salle/", WRITE),
    "GET /gestion/rencontres/<str:code>/salle/inscriptions/": ("/gestion/rencontres/{meeting}/salle/inscriptions/", WRITE),
    "GET /gestion/rencontres/<str:code>/salle/inscriptions/ajouter/": ("/gestion/rencontres/{meeting}/salle/inscriptions/ajouter/", WRITE),
    "GET /gestion/rencontres/<str:code>/salle/inscriptions/rappel/": ("/gestion/rencontres/{meeting}/salle/inscriptions/rappel/", WRITE),
    "GET /partenaires/rencontres/": ("", EVERYONE),
    "POST /partenaires/rencontres/<str:code>/": ("/partenaires/rencontres/{meeting}/", EVERYONE),
    "GET /partenaires/rencontres/<str:code>/rencontre.ics": ("/partenaires/rencontres/{meeting}/rencontre.ics", EVERYONE),
    "POST /gestion/rencontres/<str:code>/salle/repetition/": ("/gestion/rencontres/{meeting}/salle/repetition/", WRITE),
    "GET /atelier/<str:room>/ecran/": ("/atelier/{room}/ecran/", NOBODY),
    "GET /atelier/<str:room>/table/": ("/atelier/{room}/table/", WRITE),
    "POST /atelier/<str:room>/table/animer/": ("/atelier/{room}/table/animer/", WRITE),
    "POST /atelier/<str:room>/table/conduire/": ("/atelier/{room}/table/conduire/", NOBODY),
    "POST /atelier/<str:room>/table/geste/": ("/atelier/{room}/table/geste/", WRITE),
    # --- drafts checked by those present
    "GET /partenaires/relectures/<str:code>/": ("/partenaires/relectures/x/", EVERYONE),
    "GET /atelier/<str:room>/compte-rendu/": ("/atelier/{room}/compte-rendu/", EVERYONE),
    "GET /gestion/comptes-rendus/<str:code>/participants/": ("/gestion/comptes-rendus/{minutes}/participants/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/participants/terminer/": ("/gestion/comptes-rendus/{minutes}/participants/terminer/", WRITE),
    "POST /gestion/comptes-rendus/<str:code>/participants/<str:comment>/": ("/gestion/comptes-rendus/{minutes}/participants/x/", NOBODY),
    # --- desk: directory
    "GET /gestion/concertations/<str:code>/annuaire/": ("/gestion/concertations/{consultation}/annuaire/", READ),
    "GET /gestion/concertations/<str:code>/annuaire/importer/": ("/gestion/concertations/{consultation}/annuaire/importer/", PREPARE),
    "GET /gestion/concertations/<str:code>/annuaire/<str:organisation>/": ("/gestion/concertations/{consultation}/annuaire/{organisation}/", PREPARE),
    # --- desk: sheets
    "GET /gestion/concertations/<str:code>/fiches/": ("/gestion/concertations/{consultation}/fiches/", READ),
    "GET /gestion/concertations/<str:code>/fiches/nouvelle/": ("/gestion/concertations/{consultation}/fiches/nouvelle/", PREPARE),
    "GET /gestion/concertations/<str:code>/fiches/importer/": ("/gestion/concertations/{consultation}/fiches/importer/", PREPARE),
    "GET /gestion/concertations/<str:code>/fiches/<str:sheet>/": ("/gestion/concertations/{consultation}/fiches/{sheet}/", PREPARE),
    "POST /gestion/concertations/<str:code>/fiches/<str:sheet>/etat/": ("/gestion/concertations/{consultation}/fiches/{sheet}/etat/", PREPARE),
    # --- desk: invitations
    "GET /gestion/concertations/<str:code>/invitations/": ("/gestion/concertations/{consultation}/invitations/", PREPARE),
    "GET /gestion/concertations/<str:code>/invitations/liens.csv": ("/gestion/concertations/{consultation}/invitations/liens.csv", PREPARE),
    "GET /gestion/concertations/<str:code>/invitations/<str:invitation>/": ("/gestion/concertations/{consultation}/invitations/{invitation_code}/", PREPARE),
    # --- desk: results
    "GET /gestion/concertations/<str:code>/avis/": ("/gestion/concertations/{consultation}/avis/", READ),
    "GET /gestion/concertations/<str:code>/avis/diffusion/": ("/gestion/concertations/{consultation}/avis/diffusion/", TEAM),
    "GET /gestion/concertations/<str:code>/avis/avis-des-partenaires.<str:extension>": ("/gestion/concertations/{consultation}/avis/avis-des-partenaires.csv", TEAM),
    "GET /gestion/concertations/<str:code>/avis/<str:sheet>/": ("/gestion/concertations/{consultation}/avis/{sheet}/", TEAM),
    "POST /gestion/concertations/<str:code>/avis/<str:sheet>/commentaires/<str:opinion>/": ("/gestion/concertations/{consultation}/avis/{sheet}/commentaires/{opinion}/", TEAM),
    "POST /gestion/concertations/<str:code>/avis/<str:sheet>/reponse/": ("/gestion/concertations/{consultation}/avis/{sheet}/reponse/", TEAM),
    "GET /concertations/<slug:slug>/avis/": ("/concertations/{slug}/avis/", EVERYONE),
    "GET /concertations/<slug:slug>/avis-des-partenaires.<str:extension>": ("/concertations/{slug}/avis-des-partenaires.csv", EVERYONE),
    # --- desk: paper
    "GET /gestion/concertations/<str:code>/saisie/": ("/gestion/concertations/{consultation}/saisie/", WRITE),
    "GET /gestion/concertations/<str:code>/saisie/gommettes/": ("/gestion/concertations/{consultation}/saisie/gommettes/", WRITE),
    "GET /gestion/concertations/<str:code>/saisie/tardifs/": ("/gestion/concertations/{consultation}/saisie/tardifs/", PREPARE),
    # --- programs
    "GET /api/v1/": ("", NOBODY),
    "GET /api/v1/openapi.json": ("", EVERYONE),
    "POST /api/v1/outbox": ("", NOBODY),
}
# fmt: on
