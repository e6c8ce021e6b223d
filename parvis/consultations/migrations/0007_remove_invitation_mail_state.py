from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0006_mails_join_the_queue'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='invitation',
            name='mail_state',
        ),
    ]
