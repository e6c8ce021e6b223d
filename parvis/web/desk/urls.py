"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from parvis.web.desk.views import (
    agents,
    consultations,
    cycle,
    glossary,
    heading_words,
    home,
    logo,
    mailbox,
    meetings,
    sign_in,
    territories,
    themes,
)

app_name = "desk"

_consultation: list[URLPattern | URLResolver] = [
    path("", consultations.consultation, name="consultation"),
    path("modifier/", consultations.edit_consultation, name="edit_consultation"),
    path("logo/", logo.logo, name="logo"),
    path("logo/logo.png", logo.logo_file, name="logo_file"),
    path("etapes/", cycle.phases, name="phases"),
    path("validation/", cycle.steps, name="steps"),
    path("equipe/", cycle.team, name="team"),
    path("equipe/<str:user>/retirer/", cycle.leave_team, name="leave_team"),
    path("thematiques/", themes.themes, name="themes"),
    path("thematiques/<str:theme>/", themes.edit_theme, name="edit_theme"),
    path("thematiques/<str:theme>/changer/", themes.change_theme, name="change_theme"),
    path("rencontres/nouvelle/", meetings.new_meeting, name="new_meeting"),
    path("annuaire/", include("parvis.web.desk.directory.urls")),
    path("fiches/", include("parvis.web.desk.sheets.urls")),
    path("invitations/", include("parvis.web.desk.invitations.urls")),
    path("avis/", include("parvis.web.desk.results.urls")),
    path("saisie/", include("parvis.web.desk.paper.urls")),
    path("imprimer/", include("parvis.web.desk.printing.urls")),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("parvis.web.desk.minutes.urls")),
    path("", include("parvis.web.desk.moderation.urls")),
    path("lien/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("mon-acces/", include("parvis.web.desk.my_access.urls")),
    path("courrier/", mailbox.mailbox, name="mailbox"),
    path("courriels/", include("parvis.web.desk.mails.urls")),
    path("territoires/", territories.territories, name="territories"),
    path("territoires/import/", territories.import_file, name="import_territories"),
    path("concertations/", consultations.consultations, name="consultations"),
    path("concertations/nouvelle/", consultations.new_consultation, name="new_consultation"),
    path("concertations/<str:code>/", include(_consultation)),
    path("rencontres/", meetings.meetings, name="meetings"),
    path("rencontres/<str:code>/", meetings.meeting, name="meeting"),
    path("rencontres/<str:code>/modifier/", meetings.edit_meeting, name="edit_meeting"),
    path("rencontres/<str:code>/annuler/", meetings.cancel, name="cancel_meeting"),
    path("rencontres/<str:code>/salle/", include("parvis.web.desk.workshop.urls")),
    path("glossaire/", glossary.glossary, name="glossary"),
    path("glossaire/coller/", glossary.paste_glossary, name="paste_glossary"),
    path("glossaire/<str:code>/", glossary.edit_entry, name="edit_entry"),
    path("glossaire/<str:code>/retirer/", glossary.remove_entry, name="remove_entry"),
    path("intertitres/", heading_words.heading_words, name="heading_words"),
    path("intertitres/<str:code>/decider/", heading_words.decide, name="decide_word"),
    path("agents/", agents.agents, name="agents"),
    path("agents/<str:user>/deux-etapes/", agents.reset, name="reset_second_factor"),
    path("agents/<str:user>/<str:territory>/<str:kind>/retirer/", agents.remove, name="remove_role"),
]
