from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class PeopleConfig(AppConfig):
    name = "parvis.people"
    label = "people"
    verbose_name = "Personnes"

    def ready(self) -> None:
        """A role mistyped in the settings would require nothing of anyone: it stops the program instead."""
        from parvis.core.mailing.purposes import Purpose, register
        from parvis.people.adapter import CODE_MAIL
        from parvis.people.enums import RoleKind
        from parvis.people.operations.agents import WELCOME_MAIL
        from parvis.people.operations.daily_digest import DIGEST
        from parvis.people.operations.second_factor import NOTICE_MAIL

        unknown = set(settings.REQUIRE_SECOND_FACTOR) - set(RoleKind.values)
        if unknown:
            raise ImproperlyConfigured(
                f"PARVIS_REQUIRE_SECOND_FACTOR : rôle inconnu {', '.join(sorted(unknown))}. "
                f"Les rôles sont {', '.join(RoleKind.values)}."
            )
        register(CODE_MAIL, Purpose("Code de connexion"))
        register(WELCOME_MAIL, Purpose("Accès d'un agent"))
        register(DIGEST, Purpose("Résumé du jour"))
        register(NOTICE_MAIL, Purpose("Avis de sécurité"))
