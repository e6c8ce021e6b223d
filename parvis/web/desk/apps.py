from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "parvis.web.desk"
    label = "desk"
    verbose_name = "Bureau"

    def ready(self) -> None:
        from django.urls import reverse

        from parvis.core import addresses, background
        from parvis.web.desk.digests import DigestThread

        addresses.register("desk", lambda: reverse("desk:home"))
        background.register(DigestThread)
