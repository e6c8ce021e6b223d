"""Results pass the validation steps of their consultation before they are published."""

from django.db import migrations, models


def those_published_are(apps, schema_editor):
    apps.get_model('sheets', 'ResultsRelease').objects.exclude(edition=None).update(state='published')


class Migration(migrations.Migration):

    dependencies = [
        ('sheets', '0003_edition_of_publishing'),
    ]

    operations = [
        migrations.AddField(
            model_name='resultsrelease',
            name='state',
            field=models.CharField(choices=[('draft', 'Brouillon'), ('validation', 'En validation'), ('ready', 'Prêt à publier'), ('published', 'Publié')], default='draft', max_length=12, verbose_name='état'),
        ),
        migrations.RunPython(those_published_are, migrations.RunPython.noop),
    ]
