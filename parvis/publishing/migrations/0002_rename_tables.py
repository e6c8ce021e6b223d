from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_take_over_tables'),
        ('consultations', '0008_editions_move_to_publishing'),
        ('meetings', '0018_steps_move_to_publishing'),
    ]

    operations = [
        migrations.AlterModelTable(name='edition', table=None),
        migrations.AlterModelTable(name='editionline', table=None),
        migrations.AlterModelTable(name='flag', table=None),
        migrations.AlterModelTable(name='steppassed', table=None),
    ]
