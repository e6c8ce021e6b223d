from django.db import migrations
from django.utils import timezone

_STATES = {"queued": "waiting", "sending": "cut", "failed": "refused"}


def join_the_queue(apps, schema_editor):
    """What waited, what was cut and what was refused; a mail that left is told by `sent_at` alone."""
    Invitation = apps.get_model("consultations", "Invitation")
    OutgoingMail = apps.get_model("core", "OutgoingMail")
    moment = timezone.now()
    unsettled = Invitation.objects.filter(mail_state__in=_STATES, revoked_at=None).select_related("consultation")
    for invitation in unsettled.order_by("pk"):
        invitation.mail = OutgoingMail.objects.create(
            purpose="invitation" if invitation.reminded_at is None else "invitation_reminder",
            about=invitation.consultation.code, state=_STATES[invitation.mail_state], created_at=moment,
            next_attempt_at=moment, reason="" if invitation.mail_state == "queued" else "avant la mise à jour",
        )
        invitation.save(update_fields=["mail"])


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0005_invitation_mail'),
    ]

    operations = [
        migrations.RunPython(join_the_queue, migrations.RunPython.noop),
    ]
