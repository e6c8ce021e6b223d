from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "parvis.web.api"
    label = "web_api"
    verbose_name = "Interface pour les programmes"
