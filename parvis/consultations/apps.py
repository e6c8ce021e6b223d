from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "parvis.consultations"
    label = "consultations"
    verbose_name = "Concertations"

    def ready(self) -> None:
        from parvis.consultations.operations.team import forget_member
        from parvis.core.signals import person_erased

        person_erased.connect(forget_member, dispatch_uid="consultations.forget_member")
