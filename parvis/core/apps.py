from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "parvis.core"
    label = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from parvis.core.mailing.threads import register_threads
        from parvis.core.outages.embedded_file import watch_file
        from parvis.core.public_version import complete_triggers
        from parvis.core.word_index import complete_indexes

        watch_file()
        register_threads()
        post_migrate.connect(complete_triggers, sender=self, dispatch_uid="core.complete_triggers")
        post_migrate.connect(complete_indexes, sender=self, dispatch_uid="core.complete_indexes")
