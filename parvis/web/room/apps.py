from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "parvis.web.room"
    label = "web_room"
    verbose_name = "Salle d'atelier"
