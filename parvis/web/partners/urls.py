"""The addresses of an invited partner."""

from __future__ import annotations

from django.urls import include, path

app_name = "partners"
urlpatterns = [
    path("", include("parvis.web.partners.entrance_urls")),
    path("", include("parvis.web.partners.sheets_urls")),
    path("", include("parvis.web.partners.results_urls")),
]
