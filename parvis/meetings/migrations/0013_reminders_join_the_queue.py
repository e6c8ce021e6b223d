from django.db import migrations
from django.utils import timezone

_STATES = {"queued": "waiting", "sending": "cut", "failed": "refused"}


def join_the_queue(apps, schema_editor):
    """One mail for all that a person is told together: same consultation, same state."""
    Attendance = apps.get_model("meetings", "Attendance")
    OutgoingMail = apps.get_model("core", "OutgoingMail")
    moment, mails = timezone.now(), {}
    unsettled = Attendance.objects.filter(mail_state__in=_STATES, contact__erased_at=None)
    for attendance in unsettled.select_related("meeting__consultation").order_by("pk"):
        consultation = attendance.meeting.consultation
        together = (attendance.contact_id, consultation.pk, attendance.mail_state)
        if together not in mails:
            mails[together] = OutgoingMail.objects.create(
                purpose="meeting_reminder", about=consultation.code, state=_STATES[attendance.mail_state],
                created_at=moment, next_attempt_at=moment,
                reason="" if attendance.mail_state == "queued" else "avant la mise à jour",
            )
        attendance.mail = mails[together]
        attendance.save(update_fields=["mail"])


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0012_attendance_mail'),
    ]

    operations = [
        migrations.RunPython(join_the_queue, migrations.RunPython.noop),
    ]
