from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "parvis.territories"
    label = "territories"
    verbose_name = "Territoires"

    def ready(self) -> None:
        from parvis.core.public_version import watch
        from parvis.territories.models import Territory, TerritoryAncestry

        watch(Territory, TerritoryAncestry)
