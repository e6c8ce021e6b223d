from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "parvis.web.public"
    label = "public"
    verbose_name = "Pages publiques"
