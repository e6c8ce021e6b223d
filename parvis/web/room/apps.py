from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "parvis.web.room"
    label = "web_room"
    verbose_name = "Salle d'atelier"

    def ready(self) -> None:
        from django.urls import reverse

        from parvis.core.addresses import register

        register("room", lambda code: reverse("room:entrance") + (f"?code={code}" if code else ""))
        register("table", lambda token: reverse("room:table_link", args=[token]))
