from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "parvis.sheets"
    label = "sheets"
    verbose_name = "Fiches et avis"

    def ready(self) -> None:
        from parvis.consultations import mail_kinds, merging, outbox
        from parvis.core.mailing import purposes
        from parvis.core.public_version import watch
        from parvis.core.signals import person_erased
        from parvis.publishing.registry import register
        from parvis.sheets.models import ActionSheet, Position, ResultsRelease
        from parvis.sheets.operations.forget_comments import forget_comments
        from parvis.sheets.operations.merge_guards import settle_positions, watch_figures
        from parvis.sheets.operations.record_opinions import accept_late_opinion, record_opinions
        from parvis.sheets.operations.tell_leads import LEADS_MAIL, LEADS_TEXT
        from parvis.sheets.publishing import FIGURES, LEAD_REPLY, RESULTS

        purposes.register(LEADS_MAIL, purposes.Purpose("Résultats ouverts aux porteurs", to_partners=True))
        mail_kinds.register(LEADS_TEXT)
        watch(ActionSheet, turns=("embargo_until",))
        watch(ActionSheet.themes.through, ResultsRelease)
        outbox.register("opinion", record_opinions, accept_late_opinion, invited_only=True)
        for kind in (RESULTS, FIGURES, LEAD_REPLY):
            register(kind)
        merging.settle_with(Position, settle_positions)
        merging.watch_merges(watch_figures)
        person_erased.connect(forget_comments, dispatch_uid="sheets.forget_comments")
