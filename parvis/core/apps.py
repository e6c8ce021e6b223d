from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "parvis.core"
    label = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from parvis.core.public_version import complete_triggers

        post_migrate.connect(complete_triggers, sender=self, dispatch_uid="core.complete_triggers")
