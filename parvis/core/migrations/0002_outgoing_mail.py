import django.db.models.deletion
import parvis.core.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=parvis.core.codes.new_code, editable=False, max_length=12, unique=True)),
                ('lane', models.CharField(choices=[('urgent', 'Tout de suite'), ('bulk', 'À son tour')], default='bulk', max_length=6, verbose_name='file')),
                ('purpose', models.CharField(help_text='Un nom inscrit dans `mailing.purposes`.', max_length=30, verbose_name='nature')),
                ('about', models.CharField(blank=True, db_index=True, help_text='Code de ce par quoi une app sait qui peut voir ce courriel.', max_length=12, verbose_name='concerne')),
                ('recipient', models.EmailField(blank=True, max_length=254, verbose_name='destinataire')),
                ('state', models.CharField(choices=[('waiting', 'En attente'), ('sending', "En cours d'envoi"), ('sent', 'Parti'), ('refused', 'Refusé'), ('cut', "Coupé pendant l'envoi"), ('set_aside', 'Mis de côté')], default='waiting', max_length=9, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('next_attempt_at', models.DateTimeField(verbose_name='prochain essai')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='inutile après')),
                ('claim', models.CharField(blank=True, db_index=True, help_text="Qui l'envoie en ce moment.", max_length=12)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, help_text='En français, sans adresse.', max_length=160, verbose_name='pourquoi')),
                ('created_at', models.DateTimeField(verbose_name='écrit le')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='parti le')),
            ],
            options={
                'verbose_name': 'courriel',
                'verbose_name_plural': 'courriels',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MailContent',
            fields=[
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='core.outgoingmail')),
                ('sealed', models.TextField(verbose_name='contenu chiffré')),
            ],
            options={
                'verbose_name': "contenu d'un courriel",
                'verbose_name_plural': 'contenus de courriels',
            },
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(fields=['state', 'lane', 'next_attempt_at'], name='mail_due'),
        ),
    ]
