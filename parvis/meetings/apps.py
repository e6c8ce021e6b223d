from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "parvis.meetings"
    label = "meetings"
    verbose_name = "Rencontres"

    def ready(self) -> None:
        from parvis.consultations import mail_kinds, merging
        from parvis.core import background
        from parvis.core.mailing import purposes
        from parvis.core.public_version import watch
        from parvis.core.signals import content_hidden, person_erased
        from parvis.meetings.models import Attendance, Meeting, Minutes
        from parvis.meetings.operations.checking import CHECK_MAIL, CHECK_TEXT
        from parvis.meetings.operations.forget_contribution import forget_erased_contribution
        from parvis.meetings.operations.forget_remarks import forget_remarks
        from parvis.meetings.operations.moderate_meeting import refresh_room
        from parvis.meetings.operations.remind_meeting import REMINDER, REMINDER_TEXT, letter_of_reminder
        from parvis.meetings.operations.room.accepting_late import accept_late_in_room
        from parvis.meetings.operations.room.outbox_handlers import register_room
        from parvis.meetings.operations.settle_attendances import settle_attendances
        from parvis.meetings.operations.tell_change import CHANGE_MAIL, CHANGE_TEXT
        from parvis.meetings.operations.waiting_reports import ReportThread
        from parvis.meetings.publishing import MEETING, MINUTES, PARAGRAPH
        from parvis.meetings.rules import closed_to_moderators, closed_to_readers
        from parvis.publishing.registry import register
        from parvis.publishing.rules import close_contributions

        watch(Meeting, turns=("starts_at", "ends_at", "embargo_until"))
        watch(Meeting.themes.through, Minutes, Minutes.meetings.through, Minutes.contributions.through)
        for kind in (MEETING, PARAGRAPH, MINUTES):
            register(kind)
        close_contributions("meetings", to_readers=closed_to_readers, to_moderators=closed_to_moderators)
        background.register(ReportThread)
        register_room(accept_late_in_room)
        purposes.register(REMINDER, purposes.Purpose("Rappel d'un atelier", letter_of_reminder, to_partners=True))
        purposes.register(CHECK_MAIL, purposes.Purpose("Compte-rendu à relire", to_partners=True))
        mail_kinds.register(REMINDER_TEXT)
        mail_kinds.register(CHECK_TEXT)
        purposes.register(CHANGE_MAIL, purposes.Purpose("Rencontre déplacée ou annulée", to_partners=True))
        mail_kinds.register(CHANGE_TEXT)
        merging.settle_with(Attendance, settle_attendances)
        content_hidden.connect(forget_erased_contribution, dispatch_uid="meetings.forget_erased_contribution")
        content_hidden.connect(refresh_room, dispatch_uid="meetings.refresh_room")
        person_erased.connect(forget_remarks, dispatch_uid="meetings.forget_remarks")
