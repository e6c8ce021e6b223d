from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "parvis.sheets"
    label = "sheets"
    verbose_name = "Fiches et avis"

    def ready(self) -> None:
        from parvis.consultations import outbox
        from parvis.core.signals import person_erased
        from parvis.publishing.registry import register
        from parvis.sheets.operations.forget_comments import forget_comments
        from parvis.sheets.operations.record_opinions import accept_late_opinion, record_opinions
        from parvis.sheets.publishing import FIGURES, LEAD_REPLY, RESULTS

        outbox.register("opinion", record_opinions, accept_late_opinion, invited_only=True)
        for kind in (RESULTS, FIGURES, LEAD_REPLY):
            register(kind)
        person_erased.connect(forget_comments, dispatch_uid="sheets.forget_comments")
