"""The table is that of `publishing` from now on (its migration 0001 takes it over, 0002 renames it)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0017_steps_leave_their_minutes'),
        ('publishing', '0001_take_over_tables'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='StepPassed')]),
    ]
