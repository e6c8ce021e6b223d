from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "parvis.publishing"
    label = "publishing"
    verbose_name = "Publication"

    def ready(self) -> None:
        from parvis.core.public_version import watch
        from parvis.core.signals import person_erased
        from parvis.publishing.kinds.consultation import CONSULTATION
        from parvis.publishing.kinds.contribution import CONTRIBUTION
        from parvis.publishing.models import Edition, EditionLine
        from parvis.publishing.operations.erase_contribution import erase_contributions_of
        from parvis.publishing.registry import register

        watch(Edition, EditionLine)
        register(CONSULTATION)
        register(CONTRIBUTION)
        person_erased.connect(erase_contributions_of, dispatch_uid="publishing.erase_contributions_of")
