"""Addresses of moderation, under /gestion/ and in the names of the desk."""

from django.urls import path

from parvis.web.components import published  # noqa: F401 - the converter of kinds in addresses
from parvis.web.desk.moderation import views

urlpatterns = [
    path("moderation/", views.flags, name="flags"),
    path("moderation/signalements/<str:code>/", views.flag, name="flag"),
    path("moderation/comptes-rendus/<str:code>/", views.minutes, name="moderate_minutes"),
    path("moderation/contribution/<str:code>/effacer/", views.erase, name="erase_contribution"),
    path("moderation/<published:kind>/<str:code>/", views.subject, name="moderate"),
    path("moderation/<published:kind>/<str:code>/masquer/", views.hide, name="moderate_hide"),
    path("moderation/<published:kind>/<str:code>/retablir/", views.restore, name="moderate_restore"),
]
