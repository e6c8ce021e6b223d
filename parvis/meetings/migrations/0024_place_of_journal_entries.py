"""Entries of the journal are told what they belong to, so that those of one consultation can be read apart.

Here, since the apps whose rows they name are all below this one. What is gone by now keeps no place.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Substr

_PLACES = (
    ("territory", "territories", "Territory", "code"),
    ("user", "people", "User", "code"),
    ("organisation", "people", "Organisation", "territory__code"),
    ("contact", "people", "Contact", "organisation__territory__code"),
    ("mail", "core", "OutgoingMail", "about"),
    ("consultation", "consultations", "Consultation", "code"),
    ("participant", "consultations", "Participant", "consultation__code"),
    ("invitation", "consultations", "Invitation", "consultation__code"),
    ("contribution", "consultations", "Contribution", "consultation__code"),
    ("edition", "publishing", "Edition", "consultation__code"),
    ("flag", "publishing", "Flag", "consultation__code"),
    ("sheet", "sheets", "ActionSheet", "consultation__code"),
    ("sheet_source", "sheets", "SheetSource", "consultation__code"),
    ("waiting_sheet", "sheets", "WaitingSheet", "source__consultation__code"),
    ("opinion", "sheets", "Opinion", "sheet__consultation__code"),
    ("results", "consultations", "Consultation", "code"),
    ("meeting", "meetings", "Meeting", "consultation__code"),
    ("minutes", "meetings", "Minutes", "consultation__code"),
    ("board", "meetings", "Board", "meeting__consultation__code"),
    ("waiting_report", "meetings", "WaitingReport", "meeting__consultation__code"),
)  # fmt: skip
"""Kind of the subject, its model, and where the code of its place is."""


def give_places(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("core", "JournalEntry").objects.filter(place="")
    for kind, app, model, path in _PLACES:
        named = apps.get_model(app, model).objects.filter(code=Substr(OuterRef("subject"), len(kind) + 2))
        place = Coalesce(Subquery(named.order_by().values(path)[:1]), Value(""))
        entries.filter(subject__startswith=f"{kind}:").update(place=place)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0023_told_of_changes"),
        ("core", "0005_journal_place"),
        ("territories", "0001_initial"),
        ("people", "0006_alter_organisation_type"),
        ("consultations", "0013_electoral_period"),
        ("publishing", "0004_steps_due"),
        ("sheets", "0007_alter_tally_college"),
    ]

    operations = [migrations.RunPython(give_places, migrations.RunPython.noop)]
