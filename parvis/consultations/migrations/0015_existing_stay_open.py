"""What exists stays as it is: open, at its address, validated as it was until now."""

from typing import Any

from django.db import migrations
from django.db.models import F


def keep_as_they_are(apps: Any, schema_editor: Any) -> None:
    consultations = apps.get_model("consultations", "Consultation").objects
    addresses = apps.get_model("consultations", "ConsultationAddress").objects
    consultations.filter(opened_at=None).update(opened_at=F("created_at"), one_person_validates=True)
    addresses.bulk_create(
        addresses.model(slug=slug, consultation_id=pk) for pk, slug in consultations.values_list("pk", "slug")
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0014_lifecycle")]

    operations = [migrations.RunPython(keep_as_they_are, migrations.RunPython.noop)]
