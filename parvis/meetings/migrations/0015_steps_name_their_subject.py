"""Steps passed will be those of anything published: they name its subject instead of pointing at minutes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0014_remove_attendance_mail_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='steppassed',
            name='subject',
            field=models.CharField(default='', max_length=40, verbose_name='objet'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='steppassed',
            name='minutes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='steps_passed', to='meetings.minutes'),
        ),
    ]
