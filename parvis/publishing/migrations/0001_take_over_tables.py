"""Editions, flags and steps passed were tables of `consultations` and `meetings`: nothing moves in the database yet."""

import django.db.models.deletion
import parvis.core.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('consultations', '0007_remove_invitation_mail_state'),
        ('meetings', '0017_steps_leave_their_minutes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=parvis.core.codes.new_code, editable=False, max_length=12, unique=True)),
                        ('subject', models.CharField(help_text='`<kind>:<code>`, for example `minutes:…`.', max_length=40, verbose_name='objet')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                        ('header', models.JSONField(help_text='What the hash covers beside the lines: title, date, place…', verbose_name='en-tête')),
                        ('note', models.TextField(blank=True, verbose_name='ce qui a changé')),
                        ('published_at', models.DateTimeField(verbose_name='publiée le')),
                        ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='consultations.consultation')),
                        ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'édition',
                        'verbose_name_plural': 'éditions',
                        'ordering': ['subject', 'number'],
                        'db_table': 'consultations_edition',
                        'constraints': [models.UniqueConstraint(fields=('subject', 'number'), name='edition_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EditionLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField(verbose_name='ordre')),
                        ('role', models.CharField(help_text='Given by the app that publishes: `item`, `figures`…', max_length=12, verbose_name='rôle')),
                        ('reference', models.CharField(db_index=True, max_length=40, verbose_name='référence')),
                        ('content', models.JSONField(help_text='None once erased.', null=True, verbose_name='contenu')),
                        ('salt', models.CharField(help_text='None once erased.', max_length=32, null=True, verbose_name='sel')),
                        ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='masquée le')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='publishing.edition')),
                    ],
                    options={
                        'verbose_name': "ligne d'édition",
                        'verbose_name_plural': "lignes d'édition",
                        'ordering': ['position'],
                        'db_table': 'consultations_editionline',
                        'constraints': [models.UniqueConstraint(fields=('edition', 'position'), name='edition_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Flag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=parvis.core.codes.new_code, editable=False, max_length=12, unique=True, verbose_name='numéro de suivi')),
                        ('target_kind', models.CharField(help_text='The name of a kind in `publishing.registry`.', max_length=14, verbose_name='nature')),
                        ('target_code', models.CharField(max_length=40, verbose_name='contenu signalé')),
                        ('reason', models.CharField(choices=[('person', 'Une personne est nommée ou reconnaissable'), ('offensive', 'Propos injurieux ou discriminatoire'), ('false', 'Information fausse'), ('illegal', 'Contenu illicite'), ('other', 'Autre raison')], max_length=12, verbose_name='raison')),
                        ('comment', models.TextField(blank=True, max_length=2000, verbose_name='précisions')),
                        ('state', models.CharField(choices=[('open', 'À traiter'), ('upheld', 'Contenu masqué'), ('dismissed', 'Contenu maintenu')], default='open', max_length=12, verbose_name='état')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='reçu le')),
                        ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='traité le')),
                        ('answer', models.TextField(blank=True, help_text='Lue par qui a signalé, avec son numéro de suivi.', verbose_name='réponse')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='consultations.consultation')),
                        ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'signalement',
                        'verbose_name_plural': 'signalements',
                        'ordering': ['-created_at', '-id'],
                        'db_table': 'consultations_flag',
                    },
                ),
                migrations.CreateModel(
                    name='StepPassed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(help_text='That of the editions: `minutes:…`, `results:…`.', max_length=40, verbose_name='objet')),
                        ('kind', models.CharField(choices=[('participants', 'Relecture des participants'), ('project_team', 'Équipe projet'), ('technical_committee', 'Comité technique'), ('steering_committee', 'Comité de pilotage')], max_length=20, verbose_name='étape')),
                        ('edition_number', models.PositiveSmallIntegerField(help_text='A correction starts again.', verbose_name='édition préparée')),
                        ('passed_at', models.DateTimeField(verbose_name='validée le')),
                        ('note', models.TextField(blank=True, max_length=2000, verbose_name='remarque')),
                        ('changed_lines', models.PositiveIntegerField(default=0, verbose_name="lignes changées depuis l'étape précédente")),
                        ('passed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'étape validée',
                        'verbose_name_plural': 'étapes validées',
                        'ordering': ['id'],
                        'db_table': 'meetings_steppassed',
                        'constraints': [models.UniqueConstraint(fields=('subject', 'edition_number', 'kind'), name='step_passed_once')],
                    },
                ),
            ],
        ),
    ]
