from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "parvis.core"
    label = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from parvis.core.mailing.threads import register_threads

        register_threads()
