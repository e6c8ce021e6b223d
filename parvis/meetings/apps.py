from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "parvis.meetings"
    label = "meetings"
    verbose_name = "Rencontres"

    def ready(self) -> None:
        from parvis.core.mailing.purposes import Purpose, register
        from parvis.core.signals import content_hidden, person_erased
        from parvis.meetings.operations.checking import CHECK_MAIL
        from parvis.meetings.operations.forget_contribution import forget_erased_contribution
        from parvis.meetings.operations.forget_remarks import forget_remarks
        from parvis.meetings.operations.moderate_meeting import refresh_room
        from parvis.meetings.operations.remind_meeting import REMINDER, letter_of_reminder
        from parvis.meetings.operations.room.outbox_handlers import register_room

        register_room()
        register(REMINDER, Purpose("Rappel d'un atelier", letter_of_reminder))
        register(CHECK_MAIL, Purpose("Compte-rendu à relire"))
        content_hidden.connect(forget_erased_contribution, dispatch_uid="meetings.forget_erased_contribution")
        content_hidden.connect(refresh_room, dispatch_uid="meetings.refresh_room")
        person_erased.connect(forget_remarks, dispatch_uid="meetings.forget_remarks")
