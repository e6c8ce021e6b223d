"""What an organisation says as such, and what its actions received, below `/partenaires/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.partners.views import organisation

urlpatterns = [
    path("position/", organisation.positions, name="positions"),
    path("mes-actions/", organisation.led_actions, name="lead"),
    path("mes-actions/<str:code>/", organisation.reply, name="reply"),
]
