"""The Django app of the shared template parts."""

from __future__ import annotations

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """No model: templates, tags and static files only."""

    name = "parvis.web.components"
    label = "components"
    verbose_name = "Composants"
