"""The gallery, mounted by the project under the desk."""

from __future__ import annotations

from django.urls import path

from parvis.web.components.views import gallery

app_name = "components"
urlpatterns = [path("", gallery, name="gallery")]
