"""Flags name kinds of the registry: a paragraph by the code of its line, figures by that of their sheet."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Substr

PREFIX = 'line:'


def name_kinds(apps, schema_editor):
    flags = apps.get_model('publishing', 'Flag').objects
    prefixed = flags.filter(target_kind='edition_line', target_code__startswith=PREFIX)
    prefixed.update(target_code=Substr('target_code', len(PREFIX) + 1))
    flags.filter(target_kind='edition_line').update(target_kind='paragraph')
    flags.filter(target_kind='results').update(target_kind='figures')


def name_targets(apps, schema_editor):
    flags = apps.get_model('publishing', 'Flag').objects
    flags.filter(target_kind='figures').update(target_kind='results')
    paragraphs = flags.filter(target_kind='paragraph')
    paragraphs.update(target_kind='edition_line', target_code=Concat(Value(PREFIX), 'target_code'))


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0002_rename_tables'),
    ]

    operations = [migrations.RunPython(name_kinds, name_targets)]
