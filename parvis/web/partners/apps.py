from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "parvis.web.partners"
    label = "web_partners"
    verbose_name = "Espace des partenaires"
