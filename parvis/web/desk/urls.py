"""The addresses of the desk, each feature's in its package."""

from __future__ import annotations

from django.urls import include, path

from parvis.web.desk.journal.urls import everything as journal
from parvis.web.desk.sign_in.views import sign_in_link

app_name = "desk"

urlpatterns = [
    path("", include("parvis.web.desk.home.urls")),
    path("", include("parvis.web.desk.minutes.urls")),
    path("", include("parvis.web.desk.moderation.urls")),
    path("lien/<str:token>/", sign_in_link, name="sign_in_link"),
    path("mon-acces/", include("parvis.web.desk.my_access.urls")),
    path("courrier/", include("parvis.web.desk.mailbox.urls")),
    path("courriels/", include("parvis.web.desk.mails.urls")),
    path("territoires/", include("parvis.web.desk.territories.urls")),
    path("concertations/", include("parvis.web.desk.consultations.urls")),
    path("rencontres/", include("parvis.web.desk.meetings.urls")),
    path("glossaire/", include("parvis.web.desk.glossary.urls")),
    path("intertitres/", include("parvis.web.desk.heading_words.urls")),
    path("agents/", include("parvis.web.desk.agents.urls")),
    path("journal/", include(journal)),
]
