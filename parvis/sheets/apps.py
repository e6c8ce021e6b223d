from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "parvis.sheets"
    label = "sheets"
    verbose_name = "Fiches et avis"

    def ready(self) -> None:
        from parvis.consultations.outbox import register
        from parvis.core.signals import person_erased
        from parvis.sheets.operations.forget_comments import forget_comments
        from parvis.sheets.operations.record_opinions import record_opinions

        register("opinion", record_opinions)
        person_erased.connect(forget_comments, dispatch_uid="sheets.forget_comments")
