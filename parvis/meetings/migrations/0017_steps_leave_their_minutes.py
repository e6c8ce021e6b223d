from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0016_fill_subject_of_steps'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='steppassed', name='step_passed_once'),
        migrations.RemoveField(model_name='steppassed', name='minutes'),
        migrations.AddConstraint(
            model_name='steppassed',
            constraint=models.UniqueConstraint(fields=('subject', 'edition_number', 'kind'), name='step_passed_once'),
        ),
    ]
