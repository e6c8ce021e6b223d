from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "parvis.web.partners"
    label = "web_partners"
    verbose_name = "Espace des partenaires"

    def ready(self) -> None:
        from django.urls import reverse

        from parvis.core.addresses import register
        from parvis.web.partners.destination import invitation_address

        register("invitation", invitation_address)
        register("sheet", lambda code: reverse("partners:sheet", args=[code]))
