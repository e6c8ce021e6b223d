"""What the leads are shown is frozen when it is opened to them.

Results that are published give the figures of their edition. Those that were only opened moved until now: they are opened
again by the project team, and the replies stay.
"""

import django.db.models.deletion
from django.db import migrations, models


def freeze_what_is_published(apps, schema_editor):
    figures = apps.get_model('sheets', 'FrozenFigures').objects
    sheets = apps.get_model('sheets', 'ActionSheet').objects
    releases = apps.get_model('sheets', 'ResultsRelease').objects
    for release in releases.exclude(edition=None).order_by('pk'):
        lines = apps.get_model('publishing', 'EditionLine').objects.filter(edition=release.edition_id, role='figures')
        tables = {line.content['sheet']: line.content['table'] for line in lines if line.content is not None}
        rows = sheets.filter(code__in=tables).order_by('pk').values_list('pk', 'code')
        figures.bulk_create(figures.model(release=release, sheet_id=pk, table=tables[code]) for pk, code in rows)
    opened = releases.filter(edition=None).exclude(shared_with_leads_at=None)
    subjects = [f'results:{code}' for code in opened.order_by().values_list('consultation__code', flat=True)]
    apps.get_model('publishing', 'StepPassed').objects.filter(subject__in=subjects).delete()
    opened.update(shared_with_leads_at=None, reply_until=None, state='draft')


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_kinds_of_flags'),
        ('sheets', '0004_results_are_validated'),
    ]

    operations = [
        migrations.CreateModel(
            name='FrozenFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.JSONField(verbose_name='tableau')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='sheets.resultsrelease')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='frozen_figures', to='sheets.actionsheet')),
            ],
            options={
                'verbose_name': 'chiffres arrêtés',
                'verbose_name_plural': 'chiffres arrêtés',
                'constraints': [models.UniqueConstraint(fields=('release', 'sheet'), name='frozen_figures_once')],
            },
        ),
        migrations.RunPython(freeze_what_is_published, migrations.RunPython.noop),
    ]
