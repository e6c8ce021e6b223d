import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0004_logo'),
        ('core', '0002_outgoing_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='mail',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='core.outgoingmail', verbose_name='dernier courriel'),
        ),
    ]
