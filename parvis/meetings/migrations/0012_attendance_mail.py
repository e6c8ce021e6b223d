import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_outgoing_mail'),
        ('meetings', '0011_give_row_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='mail',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attendances', to='core.outgoingmail', verbose_name='courriel de rappel'),
        ),
    ]
