"""Editions and flags are tables of `publishing` from now on (its migration 0001 takes them over, 0002 renames them)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0007_remove_invitation_mail_state'),
        ('publishing', '0001_take_over_tables'),
        ('sheets', '0003_edition_of_publishing'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='EditionLine'),
                migrations.DeleteModel(name='Edition'),
                migrations.DeleteModel(name='Flag'),
            ]
        ),
    ]
