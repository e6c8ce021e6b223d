from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0013_reminders_join_the_queue'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='attendance',
            name='mail_state',
        ),
    ]
