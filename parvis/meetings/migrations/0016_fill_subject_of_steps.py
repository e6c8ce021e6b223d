"""Each step passed gets the subject of its minutes; backwards, the minutes of its subject.

Data alone: on PostgreSQL a table with pending checks cannot be altered in the same transaction.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat, Substr


def name_subjects(apps, schema_editor):
    Minutes = apps.get_model('meetings', 'Minutes')
    mine = Minutes.objects.filter(pk=OuterRef('minutes')).order_by()
    subject = mine.annotate(subject=Concat(Value('minutes:'), 'code')).values('subject')
    apps.get_model('meetings', 'StepPassed').objects.update(subject=Subquery(subject))


def find_minutes(apps, schema_editor):
    Minutes = apps.get_model('meetings', 'Minutes')
    mine = Minutes.objects.filter(code=Substr(OuterRef('subject'), len('minutes:') + 1)).order_by().values('pk')
    apps.get_model('meetings', 'StepPassed').objects.update(minutes=Subquery(mine))


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0015_steps_name_their_subject'),
    ]

    operations = [migrations.RunPython(name_subjects, find_minutes)]
