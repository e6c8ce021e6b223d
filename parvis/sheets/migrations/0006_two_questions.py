"""Figures are told as two questions, exact or in bounds; those published before keep their masked tables."""

from django.db import migrations, models


def name_old_tables(apps, schema_editor):
    figures = apps.get_model('sheets', 'FrozenFigures').objects
    for row in figures.order_by('pk').iterator():
        if isinstance(row.shown, list):
            row.shown = {'table': row.shown}
            row.save(update_fields=['shown'])


class Migration(migrations.Migration):

    dependencies = [
        ('sheets', '0005_frozen_figures'),
    ]

    operations = [
        migrations.RenameField('frozenfigures', 'table', 'shown'),
        migrations.AlterField('frozenfigures', 'shown', models.JSONField(verbose_name='ce qui en est dit')),
        migrations.AddField(
            model_name='resultsrelease',
            name='public_detail',
            field=models.CharField(choices=[('awareness', 'Qui connaît chaque action, rien de plus'), ('by_theme', "Qui connaît chaque action ; ce qu'on en pense, par thématique"), ('by_action', "Qui connaît chaque action, et ce qu'on en pense, action par action")], default='by_theme', max_length=12, verbose_name='tout le monde lira'),
        ),
        migrations.AddField(
            model_name='resultsrelease',
            name='leads_detail',
            field=models.CharField(choices=[('awareness', 'Qui connaît leurs actions'), ('both', "Qui connaît leurs actions, et ce qu'on en pense")], default='both', max_length=12, verbose_name='les porteurs liront'),
        ),
        migrations.AddField(
            model_name='resultsrelease',
            name='committees_detail',
            field=models.CharField(choices=[('awareness', 'Qui connaît chaque action'), ('both', "Qui connaît chaque action, et ce qu'on en pense"), ('full', 'Le détail : les quatre valeurs, par lien et par collège quand c\'est possible, le quadrant')], default='full', max_length=12, verbose_name='les comités liront'),
        ),
        migrations.RunPython(name_old_tables, migrations.RunPython.noop),
    ]
