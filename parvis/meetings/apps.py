from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "parvis.meetings"
    label = "meetings"
    verbose_name = "Rencontres"
